/// What a 7z archive starts with (7zFormat.txt, "Signature Header"): it tells where the directory is.
struct SevenZipStart {
  /// Bytes of it.
  static let length = 32
  /// Bytes between it and the directory, and bytes of the directory.
  let packedLength: Int
  let directoryLength: Int
  let directorySum: UInt
  /// Bytes of the archive.
  var total: Int { Self.length + packedLength + directoryLength }

  /// - Parameter bytes: as many as it has.
  init(_ bytes: HeldBytes) throws(SevenZipRefusal) {
    var cursor = SevenZipCursor(bytes, 8..<Self.length)
    let sum = try cursor.number(length: 4).magnitude
    packedLength = try cursor.number(length: 8)
    directoryLength = try cursor.number(length: 8)
    directorySum = try cursor.number(length: 4).magnitude
    var told = Checksum()
    // SAFETY: the bytes are used within the call only.
    unsafe told.add(bytes.bytes(12..<Self.length))
    guard bytes[6] == 0 else { throw SevenZipRefusal(reason: "it is of a version that is not known") }
    guard told.value == sum, max(packedLength, directoryLength) <= 1 << 60 else {
      throw SevenZipRefusal(reason: "the header it starts with is damaged")
    }
  }
}

/// The directory of a 7z archive, which stands behind the packed streams, and may be packed itself.
package final class SevenZipDirectory {
  /// What every archive starts with.
  package static let signature: [UInt8] = [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]
  /// Bytes of it at most, packed or not.
  private static let most = 32 << 20
  /// How often it may be packed.
  private static let mostRounds = 4

  /// Gives the bytes at an offset of the archive; `false` where they cannot be had.
  package typealias Fetch = (_ offset: Int, UnsafeMutableRawBufferPointer) -> Bool

  let start: SevenZipStart
  private(set) var streams: SevenZipStreams
  private(set) var files = SevenZipFiles()
  /// The directory as it is, unpacked: names and comments in it are searched too.
  let bytes: HeldBytes
  /// Whether each byte before the directory belongs to a packed stream, and to one only.
  let isCovered: Bool

  // SAFETY: what is fetched into is held for the time of the call.
  private init(_ memory: DecoderMemory, _ fetch: Fetch) throws(SevenZipRefusal) {
    func fetched(_ offset: Int, _ count: Int) throws(SevenZipRefusal) -> HeldBytes {
      let bytes = HeldBytes(memory)
      guard count <= Self.most else { throw .memory }
      guard unsafe bytes.fill(count, { unsafe fetch(offset, $0) }) else {
        throw SevenZipRefusal(reason: "it ends early")
      }
      return bytes
    }
    let start = try SevenZipStart(try fetched(0, SevenZipStart.length))
    var bytes = try fetched(SevenZipStart.length + start.packedLength, start.directoryLength)
    try Self.check(bytes, start.directorySum)
    var parts: [Range<Int>] = []
    while bytes.count > 0, bytes[0] == 0x17 {
      guard parts.count < Self.mostRounds else { throw .damaged }
      var cursor = SevenZipCursor(bytes, 1..<bytes.count)
      var streams = try SevenZipStreams(&cursor, most: start.packedLength)
      guard streams.folderCount == 1, let folder = try streams.nextFolder() else { throw .damaged }
      parts.append(streams.start..<streams.start + streams.packedLength)
      let packed = try fetched(SevenZipStart.length + streams.start, folder.packedLength)
      bytes = try Self.unpack(packed, folder, memory)
    }
    self.bytes = bytes
    self.start = start
    var cursor = SevenZipCursor(bytes, 0..<bytes.count)
    streams = SevenZipStreams(none: cursor)
    if bytes.count > 0 { (streams, files) = try Self.read(&cursor, most: start.packedLength) }
    parts.append(streams.start..<streams.start + streams.packedLength)
    var covered = 0
    for part in parts.sorted(by: { $0.lowerBound < $1.lowerBound }) where !part.isEmpty {
      covered = part.lowerBound == covered ? part.upperBound : Int.max
    }
    isCovered = covered == start.packedLength
  }

  // SAFETY: handed through; what is fetched into is held for the time of the call.
  /// The directory of what is a 7z archive, or why it cannot be read; `nil` where it is none.
  package static func of(
    _ memory: DecoderMemory, _ fetch: Fetch
  ) -> Result<SevenZipDirectory, SevenZipRefusal>? {
    let start = HeldBytes(memory)
    guard unsafe start.fill(signature.count, { unsafe fetch(0, $0) }),
      signature.indices.allSatisfy({ start[$0] == signature[$0] })
    else { return nil }
    return Result { () throws(SevenZipRefusal) in try unsafe SevenZipDirectory(memory, fetch) }
  }

  private static func check(_ bytes: HeldBytes, _ sum: UInt?) throws(SevenZipRefusal) {
    var own = Checksum()
    // SAFETY: the bytes are used within the call only.
    unsafe own.add(bytes.bytes(0..<bytes.count))
    guard sum == nil || sum == own.value else { throw .damaged }
  }

  private static func unpack(
    _ packed: HeldBytes, _ folder: SevenZipStreams.Folder, _ memory: DecoderMemory
  ) throws(SevenZipRefusal) -> HeldBytes {
    let length = folder.folder.length
    guard length <= most else { throw .memory }
    let bytes = HeldBytes(memory)
    let pipeline: SevenZipPipeline
    do throws(SevenZipRefusal) {
      pipeline = try SevenZipPipeline(folder.folder, memory)
    } catch {
      throw SevenZipRefusal(reason: "its directory: \(error.reason)")
    }
    // SAFETY: the bytes are used within the call only.
    let outcome = unsafe pipeline.decode(packed.bytes(0..<packed.count)) {
      unsafe $0.count <= length - bytes.count && bytes.append($0, most: length)
    }
    if case .failed(let reason) = outcome { throw SevenZipRefusal(reason: "its directory: \(reason)") }
    guard outcome == .more, bytes.count == length else { throw .damaged }
    try check(bytes, folder.sum)
    return bytes
  }

  /// 7zFormat.txt, "Header".
  private static func read(
    _ cursor: inout SevenZipCursor, most: Int
  ) throws(SevenZipRefusal) -> (SevenZipStreams, SevenZipFiles) {
    var streams = SevenZipStreams(none: cursor)
    var files = SevenZipFiles()
    guard try cursor.byte() == 0x01 else { throw .damaged }
    var last: UInt8 = 0
    while let part = try SevenZipStreams.part(&cursor, after: last) {
      last = part
      switch part {
      case 0x02: while try SevenZipStreams.part(&cursor) != nil { _ = try cursor.part(try cursor.number()) }
      case 0x03: throw SevenZipRefusal(reason: "a part of its directory stands elsewhere")
      case 0x04: streams = try SevenZipStreams(&cursor, most: most)
      case 0x05: files = try SevenZipFiles(&cursor)
      default: throw .damaged
      }
    }
    return (streams, files)
  }
}
