/// A folder of a 7z archive: one packed stream, what it was packed by, and the members it holds (7zFormat.txt, "Folder").
struct SevenZipFolder {
  /// One step of packing.
  struct Coder {
    let method: UInt64
    let properties: [UInt8]
    let inputs: Int
    let outputs: Int
  }

  /// Steps and streams a folder has at most, as in 7-Zip itself.
  private static let most = 32

  /// The steps in the order in which they are undone, each with the number of bytes that come of it; or why they are not.
  let steps: Result<[(coder: Coder, length: Int)], SevenZipRefusal>
  /// Number of packed streams.
  let packedCount: Int
  /// Number of bytes of its members together.
  let length: Int

  /// - Parameter lengths: the numbers of bytes that come of the steps of all folders.
  init(_ cursor: inout SevenZipCursor, lengths: inout SevenZipCursor) throws(SevenZipRefusal) {
    let (coders, bonds, packed) = try Self.read(&cursor)
    packedCount = packed
    var outputs: [Int] = []
    for _ in 0..<Self.outputs(of: coders) { outputs.append(try lengths.number()) }
    // What goes into no other step is what comes out in the end.
    guard let last = outputs.indices.first(where: { output in !bonds.contains { $0.output == output } }) else {
      throw .damaged
    }
    length = outputs[last]
    steps = Self.order(coders, bonds).map { $0.map { (coders[$0], outputs[$0]) } }
  }

  /// Reads over a folder; gives how many numbers tell what comes of its steps, and how many packed streams it has.
  static func skip(_ cursor: inout SevenZipCursor) throws(SevenZipRefusal) -> (outputs: Int, packed: Int) {
    let (coders, _, packed) = try read(&cursor)
    return (outputs(of: coders), packed)
  }

  private typealias Bond = (input: Int, output: Int)

  private static func outputs(of coders: [Coder]) -> Int { coders.reduce(0) { $0 + $1.outputs } }

  private static func read(
    _ cursor: inout SevenZipCursor
  ) throws(SevenZipRefusal) -> (coders: [Coder], bonds: [Bond], packed: Int) {
    func count(_ range: ClosedRange<Int>) throws(SevenZipRefusal) -> Int {
      let count = try cursor.number()
      guard range.contains(count) else { throw .damaged }
      return count
    }
    var coders: [Coder] = []
    for _ in 0..<(try count(1...most)) {
      let flags = try cursor.byte()
      // Another method for the same, and what is kept for later.
      guard flags & 0xC0 == 0, flags & 0x0F <= 8 else { throw .damaged }
      var method: UInt64 = 0
      for _ in 0..<(flags & 0x0F) { method = method << 8 | UInt64(try cursor.byte()) }
      let (inputs, outputs) = flags & 0x10 == 0 ? (1, 1) : (try count(1...most), try count(1...most))
      var properties: [UInt8] = []
      if flags & 0x20 != 0 {
        var part = try cursor.part(try cursor.number())
        properties = try part.rest()
      }
      coders.append(Coder(method: method, properties: properties, inputs: inputs, outputs: outputs))
    }
    let inputs = coders.reduce(0) { $0 + $1.inputs }
    let outputs = Self.outputs(of: coders)
    var bonds: [Bond] = []
    for _ in 0..<(outputs - 1) {
      bonds.append((try count(0...(inputs - 1)), try count(0...(outputs - 1))))
    }
    let packed = inputs - bonds.count
    guard packed > 0 else { throw .damaged }
    if packed > 1 { for _ in 0..<packed { _ = try count(0...(inputs - 1)) } }
    return (coders, bonds, packed)
  }

  /// The order in which steps are undone that each lead to one other.
  private static func order(_ coders: [Coder], _ bonds: [Bond]) -> Result<[Int], SevenZipRefusal> {
    // What is encrypted has no other reason to be told.
    let foreign = coders.first { $0.isCipher } ?? coders.first { !$0.isKnown }
    if let foreign { return .failure(SevenZipRefusal(reason: foreign.complaint)) }
    var order: [Int] = []
    var next = coders.indices.first { index in !bonds.contains { $0.input == index } }
    while let step = next, order.count < coders.count {
      order.append(step)
      next = bonds.first { $0.output == step }?.input
    }
    return next == nil && order.count == coders.count ? .success(order) : .failure(.damaged)
  }
}

extension SevenZipFolder.Coder {
  private enum Method {
    case copy, lzma, lzma2, deflate, bzip2, zstandard
    /// By its number in the .xz file format.
    case filter(UInt64)
  }

  /// Methods.txt: what it is undone by, where it can be.
  private var known: Method? {
    switch method {
    case 0x00: .copy
    case 0x21: .lzma2
    case 0x03_01_01: .lzma
    case 0x04_01_08: .deflate
    case 0x04_02_02: .bzip2
    case 0x04_F7_11_01: .zstandard
    // Differences, then jumps in programs for x86, PowerPC, IA-64, ARM, Thumb, SPARC, ARM64 and RISC-V.
    case 0x03...0x0B: .filter(method)
    // The older numbers of some.
    case 0x03_03_01_03: .filter(0x04)
    case 0x03_03_02_05: .filter(0x05)
    case 0x03_03_04_01: .filter(0x06)
    case 0x03_03_05_01: .filter(0x07)
    case 0x03_03_07_01: .filter(0x08)
    case 0x03_03_08_05: .filter(0x09)
    default: nil
    }
  }

  fileprivate var isCipher: Bool { method == 0x06_F1_07_01 }

  fileprivate var isKnown: Bool {
    guard inputs == 1, outputs == 1 else { return false }
    return switch known {
    case nil: false
    case .filter(let number): LZMADecoder.Filter(number: number, properties: []).isKnown
    default: true
    }
  }

  fileprivate var complaint: String {
    if isCipher { return "it is encrypted" }
    let name: String
    switch method {
    case 0x03_04_01: name = "PPMd"
    case 0x03_03_01_1B: name = "BCJ2"
    case 0x04_01_09: name = "Deflate64"
    default: name = "method " + String(method, radix: 16)
    }
    return "it is packed by \(name), which is not read"
  }

  /// What undoes it, and what has to be given to that first; `nil` where there is nothing to undo.
  ///
  /// - Parameter length: number of bytes that come of it.
  func decompressor(
    length: Int, _ memory: DecoderMemory
  ) throws(SevenZipRefusal) -> (decompressor: Decompressor, start: [UInt8])? {
    switch known {
    case nil: throw .damaged
    case .copy: return nil
    case .deflate: return (Decompressor(.deflate, memory: memory), [])
    case .bzip2: return (Decompressor(.bzip2, memory: memory), [])
    case .zstandard: return (Decompressor(.zstandard, memory: memory), [])
    case .lzma:
      guard properties.count == 5 else { throw .damaged }
      // The header of a .lzma file: these, and the length. No dictionary is longer than what it is for.
      let told = properties[1...].reversed().reduce(0) { $0 << 8 | Int($1) }
      let dictionary = min(told, max(length, 4096))
      let start = [properties[0]] + Self.bytes(of: dictionary, 4) + Self.bytes(of: length, 8)
      return (Decompressor(.lzma, memory: memory), start)
    case .lzma2:
      guard properties.count == 1, var size = properties.first else { throw .damaged }
      while size > 0, Self.dictionary(size - 1) >= length { size -= 1 }
      let filter = LZMADecoder.Filter(number: LZMADecoder.Filter.lzma2, properties: [size])
      return (Decompressor { LZMADecoder(.raw([filter]), memory) }, [])
    case .filter(let number):
      let filter = LZMADecoder.Filter(number: number, properties: properties)
      return (Decompressor { LZMAFilterDecoder(filter, length: length, memory) }, [])
    }
  }

  /// The .xz file format, section 5.3.1: bytes of LZMA2's dictionary, by its property.
  private static func dictionary(_ size: UInt8) -> Int { (2 | Int(size & 1)) << (Int(size) / 2 + 11) }

  private static func bytes(of number: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
  }
}
