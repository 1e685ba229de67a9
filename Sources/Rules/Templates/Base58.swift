/// Bytes as digits of base 58 (https://github.com/bitcoin/bips/blob/master/bip-0013.mediawiki, and the wiki page it cites).
///
/// The text is one great number; a zero byte at the front, which a number does not show, is written as a first digit.
struct Base58 {
  private let digits: [UInt8]

  /// - Parameter digits: the 58 digits, the one that stands for 0 first.
  init(digits: StaticString) { self.digits = Array(digits.description.utf8) }

  /// The text of the bytes.
  ///
  /// - Complexity: quadratic in their number.
  func encode(_ bytes: [UInt8]) -> [UInt8] {
    var reversed: [Int] = []
    for byte in bytes { Self.multiply(&reversed, from: 256, to: 58, adding: Int(byte)) }
    let zeros = bytes.prefix { $0 == 0 }.map { _ in digits[0] }
    return zeros + reversed.reversed().map { digits[$0] }
  }

  /// The bytes of a text; `nil` where it has other characters.
  ///
  /// - Complexity: quadratic in its length.
  func decode(_ text: [UInt8]) -> [UInt8]? {
    var reversed: [Int] = []
    for character in text {
      guard let digit = digits.firstIndex(of: character) else { return nil }
      Self.multiply(&reversed, from: 58, to: 256, adding: digit)
    }
    let zeros = text.prefix { $0 == digits[0] }.map { _ in UInt8(0) }
    return zeros + reversed.reversed().map { UInt8($0) }
  }

  /// Makes room for one more digit of the base `from` in a number of the base `to`, whose lowest digit comes first.
  private static func multiply(_ number: inout [Int], from: Int, to: Int, adding digit: Int) {
    var carry = digit
    for index in number.indices {
      carry += number[index] * from
      number[index] = carry % to
      carry /= to
    }
    while carry > 0 {
      number.append(carry % to)
      carry /= to
    }
  }
}
