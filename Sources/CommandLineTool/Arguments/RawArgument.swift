/// Carries arguments that are not UTF-8 through a parser of `String`s and back, without loss.
///
/// Names of files are bytes (path_resolution(7)); Swift would replace what is not UTF-8, and the file could not be found.
/// Such bytes travel as scalars of the last private-use block, U+10FF00 to U+10FFFF. A text that holds such a scalar
/// itself travels byte by byte too, so that every argument comes back as it was.
enum RawArgument {
  private static let base: UInt32 = 0x10FF00

  /// The text that stands for the bytes.
  static func text(_ bytes: [UInt8]) -> String {
    if let text = String(validating: bytes, as: UTF8.self), !text.unicodeScalars.contains(where: isCarrier) {
      return text
    }
    var text = String.UnicodeScalarView()
    var rest = bytes[...]
    while let first = rest.first {
      let length = min(rest.count, first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4)
      if let valid = String(validating: rest.prefix(length), as: UTF8.self),
        !valid.unicodeScalars.contains(where: isCarrier)
      {
        text.append(contentsOf: valid.unicodeScalars)
        rest = rest.dropFirst(length)
      } else {
        if let scalar = Unicode.Scalar(base + UInt32(first)) { text.append(scalar) }
        rest = rest.dropFirst()
      }
    }
    return String(text)
  }

  /// The bytes a text stands for.
  static func bytes(_ text: String) -> [UInt8] {
    text.unicodeScalars.flatMap { scalar in
      isCarrier(scalar) ? [UInt8(scalar.value - base)] : Array(String(scalar).utf8)
    }
  }

  private static func isCarrier(_ scalar: Unicode.Scalar) -> Bool { scalar.value >= base }
}
