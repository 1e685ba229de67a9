/// Bytes in base32, upper case and without padding (RFC 4648, section 6).
package enum Base32 {
  /// The text of the bytes.
  ///
  /// - Complexity: linear in their number.
  static func encode(_ bytes: [UInt8]) -> [UInt8] {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)
    return stride(from: 0, to: bytes.count, by: 5).flatMap { start in
      let group = bytes[start..<min(start + 5, bytes.count)]
      let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (5 - group.count))
      return (0..<(group.count * 8 + 4) / 5).map { digits[bits >> (35 - 5 * $0) & 31] }
    }
  }

  /// The bytes of a text, what does not fill a byte dropped; `nil` where it has other characters.
  ///
  /// - Complexity: linear in its length.
  package static func decode(_ text: some Sequence<UInt8>) -> [UInt8]? {
    var bytes: [UInt8] = []
    var bits = 0
    var count = 0
    for byte in text {
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): bits = bits << 5 | Int(byte - 0x41)
      case UInt8(ascii: "2")...UInt8(ascii: "7"): bits = bits << 5 | Int(byte - 0x32 + 26)
      default: return nil
      }
      bits &= 0xFFFF
      count += 5
      if count >= 8 {
        count -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> count))
      }
    }
    return bytes
  }
}
