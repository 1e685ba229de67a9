/// Reads a tar archive: ustar, pax (IEEE Std 1003.1, pax), and GNU's long names and sparse files (tar(5)).
///
/// Of a sparse file the parts that are stored are read; between them are zeros that nothing hides in. Headers with contents of their own
/// (pax, long names) are handed out as members without a name, and so is what stands where zeros fill a block.
package final class TarReader: ArchiveReader, ContainerReader {
  /// Bytes in a block.
  package static let blockLength = 512
  /// Bytes of a name, or of a pax header, at most.
  private static let greatestHeader = 1 << 20

  private enum State {
    case header
    /// The contents of a member go to the sink, or, where it is not nil, into a header of this type.
    case contents(left: Int, padding: Int, header: UInt8?)
    /// What fills the last block, and whether it is handed out because it is not zeros.
    case padding(left: Int, isOpen: Bool)
    /// The map of a sparse file goes on before its contents.
    case sparseMap
    /// Zeros were read.
    case end
    case failed
  }

  private var state = State.header
  private var extra: [UInt8] = []
  /// What a header before the next member says of it.
  private var nextName: [UInt8]?
  private var nextSize: Int?
  /// The member whose sparse map is being read.
  private var sparse: (name: [UInt8], size: Int)?
  private var zeroBlocks = 0

  package override init() {}

  /// Whether a block is a header whose checksum holds.
  package static func isHeader(_ block: [UInt8]) -> Bool {
    guard block.count >= blockLength, let sum = number(block, at: 148, length: 8) else { return false }
    var own = 0
    // Some writers took bytes for signed numbers.
    var signed = 0
    for (index, byte) in block[..<blockLength].enumerated() {
      let counted = (148..<156).contains(index) ? 32 : byte
      own += Int(counted)
      signed += Int(Int8(bitPattern: counted))
    }
    return (sum == own || sum == signed) && block[..<100].contains { $0 != 0 }
  }

  /// More may always follow: archives are put one behind the other.
  package var hasEnded: Bool { false }

  // SAFETY: pieces of the input are used within the call only.
  package func step(_ rest: UnsafeRawBufferPointer, to sink: any ContainerSink) -> Int? {
    let taken: Int
    switch state {
    case .header, .end:
      taken = unsafe gather(Self.blockLength, rest) { readHeader(sink) }
    case .contents(let left, let padding, let type):
      let piece = unsafe pass(left, rest)
      taken = piece.count
      unsafe give(piece, type, sink)
      if case .failed = state { return taken }
      state = .contents(left: left - taken, padding: padding, header: type)
      if taken == left { type.map { endHeader($0, padding, sink) } ?? endMember(padding: padding, sink) }
    case .padding(let left, let isOpen):
      let piece = unsafe pass(left, rest)
      taken = piece.count
      unsafe passPadding(piece, of: left, isOpen: isOpen, sink)
    case .sparseMap:
      taken = unsafe gather(Self.blockLength, rest) { readSparseMap(sink) }
    case .failed: return nil
    }
    return taken
  }

  package func finish(_ sink: any ContainerSink) {
    switch state {
    case .failed: break
    case .contents, .padding, .sparseMap: fail("it ends early", sink)
    // An archive ends with two blocks of zeros; of one alone no reader makes more than a remark.
    case .header, .end: if zeroBlocks == 0 || !header.bytes.isEmpty { fail("it ends early", sink) }
    }
  }

  private func give(_ bytes: UnsafeRawBufferPointer, _ type: UInt8?, _ sink: any ContainerSink) {
    // SAFETY: handed through for the time of the call.
    if type != nil { unsafe extra.append(contentsOf: bytes) }
    if unsafe !sink.take(bytes) { fail(nil, sink) }
  }

  // SAFETY: pieces of the bytes are used within the calls only.
  private func passPadding(_ bytes: UnsafeRawBufferPointer, of left: Int, isOpen: Bool, _ sink: any ContainerSink) {
    var (start, isOpen) = (0, isOpen)
    if !isOpen, let first = unsafe bytes.firstIndex(where: { $0 != 0 }) {
      (start, isOpen) = (first, true)
      guard open(nil, at: offset - bytes.count + first, sink) else { return fail(nil, sink) }
    }
    if isOpen, unsafe !sink.take(UnsafeRawBufferPointer(rebasing: bytes[start...])) { return fail(nil, sink) }
    state = bytes.count == left ? .header : .padding(left: left - bytes.count, isOpen: isOpen)
    if bytes.count == left { close(sink) }
  }

  private func fail(_ reason: String?, _ sink: any ContainerSink) {
    state = .failed
    abandon(reason, sink)
  }

  // MARK: Headers

  private func readHeader(_ sink: any ContainerSink) {
    let block = header.bytes
    header.clear()
    if block.allSatisfy({ $0 == 0 }) {
      zeroBlocks += 1
      state = .end
      return
    }
    guard Self.isHeader(block), let ownSize = Self.number(block, at: 124, length: 12), ownSize >= 0 else {
      return fail("a header of it is damaged at byte \(offset - Self.blockLength)", sink)
    }
    zeroBlocks = 0
    let type = block[156]
    switch type {
    // pax headers, for the next member and for all, and GNU's long names and link names.
    // Solaris writes a capital letter.
    case UInt8(ascii: "x"), UInt8(ascii: "X"), UInt8(ascii: "g"), UInt8(ascii: "L"), UInt8(ascii: "K"):
      guard ownSize <= Self.greatestHeader else { return fail("a header of it is too long", sink) }
      let padding = (Self.blockLength - ownSize % Self.blockLength) % Self.blockLength
      extra = []
      state = .contents(left: ownSize, padding: padding, header: type)
      guard open(nil, at: offset, sink) else { return fail(nil, sink) }
      if ownSize == 0 { endHeader(type, padding, sink) }
    // Links, devices, folders and pipes have no contents, whatever their size says.
    case UInt8(ascii: "1")...UInt8(ascii: "6"):
      if type <= UInt8(ascii: "2") {
        sink.link(nextName ?? Self.name(block), to: Array(block[157..<257].prefix { $0 != 0 }))
      }
      forgetNext()
      state = .header
    default:
      let name = nextName ?? Self.name(block)
      let size = nextSize ?? ownSize
      guard size >= 0 else { return fail("a header of it is damaged at byte \(offset - Self.blockLength)", sink) }
      forgetNext()
      // GNU: the map of a sparse file goes on in blocks of its own.
      if type == UInt8(ascii: "S"), block[482] != 0 {
        sparse = (name, size)
        state = .sparseMap
      } else {
        begin(name, size, sink)
      }
    }
  }

  private func readSparseMap(_ sink: any ContainerSink) {
    let goesOn = header.bytes[504] != 0
    header.clear()
    if !goesOn, let sparse { begin(sparse.name, sparse.size, sink) }
  }

  private func begin(_ name: [UInt8], _ size: Int, _ sink: any ContainerSink) {
    state = .contents(left: size, padding: (Self.blockLength - size % Self.blockLength) % Self.blockLength, header: nil)
    guard open(name, at: offset, sink) else { return fail(nil, sink) }
    if size == 0 { endMember(padding: 0, sink) }
  }

  private func endMember(padding: Int, _ sink: any ContainerSink) {
    close(sink)
    state = padding > 0 ? .padding(left: padding, isOpen: false) : .header
  }

  private func endHeader(_ type: UInt8, _ padding: Int, _ sink: any ContainerSink) {
    close(sink)
    switch type {
    case UInt8(ascii: "L"): nextName = Array(extra.prefix { $0 != 0 })
    case UInt8(ascii: "x"), UInt8(ascii: "X"): readPax()
    case UInt8(ascii: "g"):
      let own = (nextName, nextSize)
      readPax()
      // A length for all members is one that readers disagree on.
      if nextSize != own.1 { return fail("a header in it is for all members and tells their length", sink) }
      (nextName, nextSize) = own
    default: break
    }
    state = padding > 0 ? .padding(left: padding, isOpen: false) : .header
  }

  private func forgetNext() {
    nextName = nil
    nextSize = nil
  }

  /// Reads records of the form `length key=value\n`.
  private func readPax() {
    var rest = extra[...]
    while let blank = rest.firstIndex(of: 0x20), let length = Int(String(decoding: rest[..<blank], as: UTF8.self)),
      length > blank - rest.startIndex, length <= rest.count
    {
      let record = rest[(blank + 1)..<(rest.startIndex + length - 1)]
      if let equals = record.firstIndex(of: UInt8(ascii: "=")) {
        let value = record[(equals + 1)...]
        switch String(decoding: record[..<equals], as: UTF8.self) {
        case "path": nextName = Array(value)
        case "size": nextSize = Int(String(decoding: value, as: UTF8.self))
        case "GNU.sparse.name": nextName = Array(value)
        default: break
        }
      }
      rest = rest.dropFirst(length)
    }
  }

  /// The name in a header, the prefix of ustar before it.
  private static func name(_ block: [UInt8]) -> [UInt8] {
    let name = Array(block[..<100].prefix { $0 != 0 })
    let prefix = Array(block[345..<500].prefix { $0 != 0 })
    let isUStar = block[257..<263].elementsEqual(Array("ustar\0".utf8))
    return isUStar && !prefix.isEmpty ? prefix + [UInt8(ascii: "/")] + name : name
  }

  /// An octal number, or, where the first bit is set, a binary one.
  private static func number(_ block: [UInt8], at offset: Int, length: Int) -> Int? {
    let field = block[offset..<offset + length]
    if block[offset] & 0x80 != 0 {
      let value = field.dropFirst().suffix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      return Int(exactly: value)
    }
    let digits = field.drop { $0 == 0x20 }.prefix { $0 != 0x20 && $0 != 0 }
    return digits.isEmpty ? 0 : Int(String(decoding: digits, as: UTF8.self), radix: 8)
  }
}
