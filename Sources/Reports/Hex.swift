/// Digits of escapes.
enum Hex {
  /// Upper-case hex digits of a number, padded with zeros.
  static func digits(_ value: some BinaryInteger, width: Int) -> String {
    let text = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, width - text.count)) + text
  }
}
