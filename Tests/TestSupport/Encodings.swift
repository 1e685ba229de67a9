/// Encoders written for the tests, independently of the decoders they are held against.
package enum Encodings {
  /// Base64 of some kind, in lines of a width where one is given.
  package static func base64(
    _ bytes: [UInt8], url: Bool = false, padded: Bool = true, width: Int? = nil, end: String = "\n"
  )
    -> [UInt8]
  {
    let letters = Array(
      ("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789" + (url ? "-_" : "+/")).utf8)
    var bits = bytes.flatMap { byte in (0..<8).map { byte >> (7 - $0) & 1 } }
    while bits.count % 6 != 0 { bits.append(0) }
    var digits = stride(from: 0, to: bits.count, by: 6).map { start in
      letters[bits[start..<start + 6].reduce(0) { $0 << 1 | Int($1) }]
    }
    while padded, digits.count % 4 != 0 { digits.append(UInt8(ascii: "=")) }
    guard let width else { return digits }
    return Array(
      stride(from: 0, to: digits.count, by: width).map { digits[$0..<min(digits.count, $0 + width)] }
        .joined(separator: Array(end.utf8)))
  }

  /// Two hex digits for each byte, behind a prefix.
  package static func hex(_ bytes: [UInt8], prefix: String = "", upper: Bool = false) -> [UInt8] {
    bytes.flatMap { byte in
      let digits = String(byte, radix: 16, uppercase: upper)
      return Array((prefix + (digits.count < 2 ? "0" : "") + digits).utf8)
    }
  }

  /// An octal escape for each byte.
  package static func octal(_ bytes: [UInt8]) -> [UInt8] {
    bytes.flatMap { byte in
      let digits = String(byte, radix: 8)
      return Array(("\\" + String(repeating: "0", count: 3 - digits.count) + digits).utf8)
    }
  }

  /// A `\u` escape for each byte, taken as a character.
  package static func unicode(_ bytes: [UInt8], braces: Bool = false) -> [UInt8] {
    bytes.flatMap { Array((braces ? "\\u{\(String($0, radix: 16))}" : "\\u00" + twoDigits($0)).utf8) }
  }

  /// A numbered entity for each byte.
  package static func entities(_ bytes: [UInt8], hex: Bool) -> [UInt8] {
    bytes.flatMap { Array((hex ? "&#x\(String($0, radix: 16));" : "&#\($0);").utf8) }
  }

  /// Quoted-printable with soft line breaks.
  package static func quotedPrintable(_ bytes: [UInt8], width: Int) -> [UInt8] {
    var line = 0
    return bytes.flatMap { byte -> [UInt8] in
      let isPlain = byte > 0x20 && byte < 0x7F && byte != UInt8(ascii: "=")
      let written = isPlain ? [byte] : Array(("=" + twoDigits(byte).uppercased()).utf8)
      line += written.count
      guard line > width else { return written }
      line = written.count
      return Array("=\r\n".utf8) + written
    }
  }

  /// UTF-16 in one of its orders.
  package static func utf16(_ text: String, isBigEndian: Bool, hasMark: Bool = false) -> [UInt8] {
    ((hasMark ? [0xFEFF] : []) + Array(text.utf16)).flatMap { unit -> [UInt8] in
      let pair = [UInt8(unit >> 8), UInt8(unit & 0xFF)]
      return isBigEndian ? pair : pair.reversed()
    }
  }

  /// UTF-32 in one of its orders.
  package static func utf32(_ text: String, isBigEndian: Bool, hasMark: Bool = false) -> [UInt8] {
    ((hasMark ? [0xFEFF] : []) + text.unicodeScalars.map(\.value)).flatMap { scalar -> [UInt8] in
      let quad = [0, UInt8(scalar >> 16), UInt8(scalar >> 8 & 0xFF), UInt8(scalar & 0xFF)]
      return isBigEndian ? quad : quad.reversed()
    }
  }

  /// A JSON string of the text, quotes included.
  package static func json(_ bytes: [UInt8]) -> [UInt8] {
    let body = bytes.flatMap { byte -> [UInt8] in
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): [UInt8(ascii: "\\"), byte]
      case 0x0A: Array("\\n".utf8)
      case 0x0D: Array("\\r".utf8)
      default: [byte]
      }
    }
    return [UInt8(ascii: "\"")] + body + [UInt8(ascii: "\"")]
  }

  private static func twoDigits(_ byte: UInt8) -> String {
    (byte < 16 ? "0" : "") + String(byte, radix: 16)
  }
}
