/// Takes fields off the front of bytes that need not be what they seem.
struct ByteReader {
  private let all: [UInt8]
  private(set) var offset = 0

  init(_ bytes: [UInt8]) { all = bytes }

  var isAtEnd: Bool { offset == all.count }
  /// Bytes not yet taken.
  var left: Int { all.count - offset }

  mutating func byte() -> UInt8? {
    guard offset < all.count else { return nil }
    offset += 1
    return all[offset - 1]
  }

  mutating func bytes(_ count: Int) -> [UInt8]? {
    guard count >= 0, count <= left else { return nil }
    offset += count
    return Array(all[(offset - count)..<offset])
  }

  /// A big-endian number of up to seven bytes.
  mutating func number(_ count: Int) -> Int? {
    guard count <= 7, let bytes = bytes(count) else { return nil }
    return bytes.reduce(0) { $0 << 8 | Int($1) }
  }

  /// A number in groups of seven bits, the lowest first, up to 2^35.
  mutating func varint() -> Int? {
    var number = 0
    for shift in stride(from: 0, to: 35, by: 7) {
      guard let byte = byte() else { return nil }
      number |= Int(byte & 0x7F) << shift
      if byte < 0x80 { return number }
    }
    return nil
  }

  /// A string as SSH writes it: its length in four bytes, then its bytes (RFC 4251, section 5).
  mutating func sshString() -> [UInt8]? {
    guard let length = number(4) else { return nil }
    return bytes(length)
  }
}
