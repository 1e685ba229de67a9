/// CRC-32 as in ISO 3309 and RFC 1952 section 8 (reflected polynomial 0xEDB88320), and the forms tokens carry it in.
package enum CRC32 {
  private static let table: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
  }

  /// The digits of base 62: figures, upper case, lower case.
  private static let digits = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)

  /// Digits the greatest sum needs in base 62.
  package static let base62Width = 6

  /// The sum of the bytes.
  ///
  /// - Complexity: linear in their number.
  package static func checksum(_ bytes: some Sequence<UInt8>) -> UInt32 {
    ~bytes.reduce(~0) { sum, byte in sum >> 8 ^ table[Int(UInt8(truncatingIfNeeded: sum) ^ byte)] }
  }

  /// A sum in base 62, padded with 0 on the left to at least `width` digits.
  package static func base62(_ sum: UInt32, width: Int = base62Width) -> [UInt8] {
    var rest = sum
    var reversed: [UInt8] = []
    while rest > 0 || reversed.count < width {
      reversed.append(digits[Int(rest % 62)])
      rest /= 62
    }
    return reversed.reversed()
  }

  /// A sum in base 62, the least significant first, and yet padded with 0 on the left to at least `width` digits.
  package static func base62Reversed(_ sum: UInt32, width: Int = base62Width) -> [UInt8] {
    let digits = base62(sum, width: 1)
    return Array(repeating: UInt8(ascii: "0"), count: max(0, width - digits.count)) + digits.reversed()
  }

  /// A sum as eight lower-case hex digits, most significant first.
  package static func hex(_ sum: UInt32) -> [UInt8] {
    stride(from: 24, through: 0, by: -8).flatMap { UInt8(truncatingIfNeeded: sum >> UInt32($0)).hexDigits }
  }
  /// A sum as eight lower-case hex digits, its least significant byte first.
  package static func hexReversed(_ sum: UInt32) -> [UInt8] { hex(sum.byteSwapped) }
}
