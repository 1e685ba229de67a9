import CZlib

/// 7z archives, written by the format's description (7zFormat.txt) and as odd as a test wants them.
extension Packing {
  /// What a 7z archive is to look like.
  package struct SevenZip {
    /// A step of packing: its method's number, its properties, and what it makes of bytes.
    package struct Step {
      package let method: [UInt8]
      package let properties: [UInt8]
      package let pack: @Sendable ([UInt8]) -> [UInt8]

      package init(method: [UInt8], properties: [UInt8] = [], pack: @escaping @Sendable ([UInt8]) -> [UInt8]) {
        self.method = method
        self.properties = properties
        self.pack = pack
      }

      package static var copy: Step { Step(method: [0]) { $0 } }
      package static var deflate: Step { Step(method: [4, 1, 8]) { deflated($0, windowBits: -15) } }
      package static var bzip2: Step { Step(method: [4, 2, 2]) { Packing.bzip2($0) } }
      /// LZMA with an end marker, its five properties those of a .lzma file of the same preset.
      package static var lzma: Step {
        Step(method: [3, 1, 1], properties: Array(Packing.lzma([]).prefix(5))) { Array(Packing.lzma($0).dropFirst(13)) }
      }
      /// LZMA2 in one chunk that is stored as it is.
      package static var lzma2: Step {
        Step(method: [0x21], properties: [0]) { bytes in
          let length = UInt16(max(1, bytes.count) - 1)
          return (bytes.isEmpty ? [] : [1, UInt8(length >> 8), UInt8(length & 0xFF)] + bytes) + [0]
        }
      }
      /// Each byte less the one before it.
      package static var delta: Step {
        Step(method: [3], properties: [0]) { bytes in bytes.indices.map { bytes[$0] &- ($0 > 0 ? bytes[$0 - 1] : 0) } }
      }
      /// Known by its number alone.
      package static func foreign(_ method: [UInt8]) -> Step { Step(method: method) { $0 } }
    }

    /// Names and contents; a folder has none.
    package var files: [(name: String, bytes: [UInt8]?)]
    /// From what was there to what is packed.
    package var steps: [Step] = [.deflate]
    package var isSolid = true
    package var packsDirectory = false
    /// Bytes between what is packed and the directory.
    package var gap: [UInt8] = []
    /// Whether what is packed is at odds with its checksums.
    package var isDamaged = false
    /// Names of fewer files than there are.
    package var leavesOut = 0
    /// Changes the directory before its checksum is worked out.
    package var change: @Sendable (inout [UInt8]) -> Void = { _ in }

    package init(_ files: [(name: String, bytes: [UInt8]?)]) { self.files = files }
  }

  package static func sevenZip(_ files: [(name: String, bytes: [UInt8]?)]) -> [UInt8] { sevenZip(SevenZip(files)) }

  package static func sevenZip(_ archive: SevenZip) -> [UInt8] {
    let contents = archive.files.compactMap(\.bytes).filter { !$0.isEmpty }
    let folders = archive.isSolid ? (contents.isEmpty ? [] : [contents]) : contents.map { [$0] }
    let packed = folders.map { archive.steps.reduce(Array($0.joined())) { $1.pack($0) } }
    var body = Array(packed.joined()) + archive.gap
    var directory: [UInt8] = [1]
    if !folders.isEmpty {
      directory += [4] + streams(folders, packed, archive.steps, at: 0, hasMembers: true, isDamaged: archive.isDamaged)
    }
    directory += fileTable(archive.files.dropLast(archive.leavesOut)) + [0]
    archive.change(&directory)
    if archive.packsDirectory {
      let small = SevenZip.Step.deflate
      let packed = small.pack(directory)
      directory = [0x17] + streams([[directory]], [packed], [small], at: body.count, hasMembers: false)
      body += packed
    }
    let place = fixed(body.count, 8) + fixed(directory.count, 8) + sum(directory)
    return [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C, 0, 4] + sum(place) + place + body + directory
  }

  private static func streams(
    _ folders: [[[UInt8]]], _ packed: [[UInt8]], _ steps: [SevenZip.Step], at offset: Int, hasMembers: Bool,
    isDamaged: Bool = false
  ) -> [UInt8] {
    var bytes: [UInt8] = [6] + number(offset) + number(packed.count) + [9] + packed.flatMap { number($0.count) } + [0]
    bytes += [7, 0x0B] + number(folders.count) + [0]
    // Steps are told from the last one to be undone, each but the first fed by the one behind it.
    for _ in folders {
      bytes += number(steps.count)
      for step in steps {
        bytes += [UInt8(step.method.count) | (step.properties.isEmpty ? 0 : 0x20)] + step.method
        if !step.properties.isEmpty { bytes += number(step.properties.count) + step.properties }
      }
      for index in 1..<max(1, steps.count) { bytes += number(index - 1) + number(index) }
    }
    bytes += [0x0C]
    for folder in folders {
      // What comes of a step is what went into it.
      var text = Array(folder.joined())
      for step in steps {
        bytes += number(text.count)
        text = step.pack(text)
      }
    }
    let damage: UInt8 = isDamaged ? 0xFF : 0
    func sums(_ texts: [[UInt8]]) -> [UInt8] { [0x0A, 1] + texts.flatMap { sum($0).map { $0 ^ damage } } }
    guard hasMembers else { return bytes + sums(folders.map { Array($0.joined()) }) + [0, 0] }
    bytes += [0, 8, 0x0D] + folders.flatMap { number($0.count) }
    bytes += [9] + folders.flatMap { $0.dropLast().flatMap { number($0.count) } }
    return bytes + sums(Array(folders.joined())) + [0, 0]
  }

  private static func fileTable(_ files: some Collection<(name: String, bytes: [UInt8]?)>) -> [UInt8] {
    func property(_ kind: UInt8, _ bytes: [UInt8]) -> [UInt8] { [kind] + number(bytes.count) + bytes }
    let empty = files.filter { $0.bytes?.isEmpty ?? true }
    let names = Array(files.map { Array($0.name.utf16) + [0] }.joined()).flatMap { unit in fixed(Int(unit), 2) }
    return [5] + number(files.count) + property(0x0E, bits(files.map { $0.bytes?.isEmpty ?? true }))
      + property(0x0F, bits(empty.map { $0.bytes != nil })) + property(0x11, [0] + names) + [0]
  }

  private static func bits(_ flags: [Bool]) -> [UInt8] {
    stride(from: 0, to: flags.count, by: 8).map { start in
      (start..<min(start + 8, flags.count)).reduce(0) { $0 | (flags[$1] ? 0x80 >> UInt8($1 - start) : 0) }
    }
  }

  /// The first byte tells how many follow.
  private static func number(_ value: Int) -> [UInt8] {
    if value < 0x80 { return [UInt8(value)] }
    if value < 0x4000 { return [0x80 | UInt8(value >> 8), UInt8(value & 0xFF)] }
    return [0xF0] + fixed(value, 4)
  }

  private static func fixed(_ value: Int, _ length: Int) -> [UInt8] {
    (0..<length).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  // SAFETY: the bytes are used within the call only.
  private static func sum(_ bytes: [UInt8]) -> [UInt8] { fixed(Int(unsafe crc32_z(0, bytes, bytes.count)), 4) }
}
