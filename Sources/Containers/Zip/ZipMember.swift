/// A member of a zip archive, as its local header tells it (APPNOTE.TXT, section 4.3.7).
struct ZipMember {
  /// How a member may be compressed (section 4.4.5).
  enum Method: Equatable {
    case stored
    case compressed(Compression)
    case unknown(Int)

    init(_ number: Int) {
      switch number {
      case 0: self = .stored
      case 8: self = .compressed(.deflate)
      case 12: self = .compressed(.bzip2)
      case 14: self = .compressed(.lzma)
      case 20, 93: self = .compressed(.zstandard)
      case 95: self = .compressed(.xz)
      default: self = .unknown(number)
      }
    }
  }

  let name: [UInt8]
  let flags: Int
  let method: Method
  /// Where the header stands in the archive.
  let start: Int
  var checksum: Int
  /// Bytes it takes compressed, and as it is; `nil` where that is told behind it.
  var size: Int?
  var length: Int?
  var isOpen = false
  /// Bytes of its compressed form that were read, and bytes that came out.
  var taken = 0
  var written = 0
  var sum = Checksum()
  /// Whether its compressed form came to its own end.
  var hasEnded = false

  var isEncrypted: Bool { flags & 1 != 0 }
  var hasDescriptor: Bool { flags & 8 != 0 }
  /// Whether an LZMA stream tells its own end (section 4.4.4).
  var hasEndMarker: Bool { flags & 2 != 0 }
  /// A folder has a name alone.
  var isFolder: Bool { size == 0 && name.last == UInt8(ascii: "/") }

  static let headerLength = 30
  static let entryLength = 46

  /// - Parameter header: the whole local header, name and extra fields included.
  init(_ header: HeaderBuffer, at start: Int) {
    name = Array(header.bytes[Self.headerLength..<(Self.headerLength + header.number(at: 26, length: 2))])
    flags = header.number(at: 6, length: 2)
    method = Method(header.number(at: 8, length: 2))
    checksum = header.number(at: 14, length: 4)
    self.start = start
    guard !hasDescriptor else { return }
    let extra = header.bytes[(Self.headerLength + name.count)...]
    let long = LongFields(extra, counts: [header.number(at: 22, length: 4), header.number(at: 18, length: 4)])
    length = long.numbers[0]
    size = long.numbers[1]
  }

  /// What local header and directory must agree on: name, method, checksum, both lengths (FNV-1a of Fowler, Noll and Vo).
  static func digest(_ name: some Sequence<UInt8>, _ numbers: [Int]) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    func add(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    for byte in name { add(byte) }
    for number in numbers { for shift in 0..<8 { add(UInt8(truncatingIfNeeded: number >> (8 * shift))) } }
    return hash
  }

  /// The digest of this member, once it was read, and where its header stands.
  var account: (digest: UInt64, start: Int) {
    (Self.digest(name, [methodNumber, checksum, size ?? taken, length ?? written]), start)
  }

  private var methodNumber: Int {
    switch method {
    case .stored: 0
    case .compressed(let compression): compression == .deflate ? 8 : 1
    case .unknown(let number): number
    }
  }

  /// What a directory's entry says of a member.
  static func account(ofEntry entry: HeaderBuffer) -> (digest: UInt64, start: Int) {
    let name = entry.bytes[entryLength..<(entryLength + entry.number(at: 28, length: 2))]
    let rest = entry.bytes[(entryLength + name.count)...].prefix(entry.number(at: 30, length: 2))
    // The order of the long fields: length, compressed length, place of the local header (section 4.5.3).
    let long = LongFields(rest, counts: [24, 20, 42].map { entry.number(at: $0, length: 4) })
    let method =
      switch Method(entry.number(at: 10, length: 2)) {
      case .stored: 0
      case .compressed(let compression): compression == .deflate ? 8 : 1
      case .unknown(let number): number
      }
    let numbers = [method, entry.number(at: 16, length: 4), long.numbers[1], long.numbers[0]]
    return (digest(name, numbers), long.numbers[2])
  }

  /// Numbers of four bytes, those of which are all ones and told in eight bytes in the zip64 extra field.
  private struct LongFields {
    private(set) var numbers: [Int]

    init(_ extra: ArraySlice<UInt8>, counts: [Int]) {
      numbers = counts
      guard counts.contains(0xFFFF_FFFF) else { return }
      var rest = extra
      while rest.count >= 4 {
        let start = rest.startIndex
        let length = Int(rest[start + 2]) | Int(rest[start + 3]) << 8
        guard rest.count >= 4 + length else { return }
        if rest[start] == 1, rest[start + 1] == 0 {
          var field = rest[(start + 4)..<(start + 4 + length)]
          for index in numbers.indices where numbers[index] == 0xFFFF_FFFF && field.count >= 8 {
            numbers[index] = field.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) } & Int.max
            field = field.dropFirst(8)
          }
          return
        }
        rest = rest.dropFirst(4 + length)
      }
    }
  }
}
