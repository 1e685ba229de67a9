/// Text made safe for a terminal and fitted to its width.
///
/// What comes from an artifact (names, excerpts) may hold control sequences that would move the cursor, recolour or
/// rewrite what stands on the screen (ECMA-48), or reorder it (Unicode bidirectional overrides); none of it gets through.
package enum TerminalText {
  /// The bytes as text, what is not printable written as `\n`, `\t`, `\xHH` or `\u{HHHH}`.
  package static func escaped(_ bytes: [UInt8]) -> String {
    // Nearly all there is to show.
    if bytes.allSatisfy({ $0 >= 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "#") }) {
      return String(decoding: bytes, as: UTF8.self)
    }
    var text = ""
    let span = bytes.span
    var index = 0
    while index < span.count {
      let (element, length) = UTF8Reader.element(in: span, at: index)
      index += length
      switch element {
      case .invalid(let byte): text += "\\x" + Hex.digits(byte, width: 2)
      case .scalar(let scalar) where UTF8Reader.isUnsafe(scalar): text += escape(scalar)
      // The runner of GitHub Actions takes `##[…]` for a command wherever it stands in a line.
      case .scalar("[") where text.hasSuffix("##"): text += escape("[")
      case .scalar(let scalar): text.unicodeScalars.append(scalar)
      }
    }
    return text
  }

  /// The text with what is not printable written as an escape.
  package static func escaped(_ text: String) -> String { escaped(Array(text.utf8)) }

  private static func escape(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\n": "\\n"
    case "\r": "\\r"
    case "\t": "\\t"
    case _ where scalar.value < 0x100: "\\x" + Hex.digits(scalar.value, width: 2)
    default: "\\u{" + Hex.digits(scalar.value, width: 4) + "}"
    }
  }

  /// Columns the text takes on a terminal.
  ///
  /// Wide are the East Asian blocks and emoji (UAX #11, without its ambiguous characters); marks take none.
  package static func width(_ text: String) -> Int { text.unicodeScalars.reduce(0) { $0 + width($1) } }

  static func width(_ scalar: Unicode.Scalar) -> Int {
    let value = scalar.value
    if value < 0x300 { return 1 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return 0
    default: break
    }
    switch value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF, 0x1F300...0x1F64F, 0x1F680...0x1F6FF,
      0x1F900...0x1FAFF, 0x20000...0x3FFFD:
      return 2
    default:
      return scalar.properties.isEmojiPresentation ? 2 : 1
    }
  }

  /// The longest beginning of the text that takes at most `columns`.
  static func prefix(_ text: String, columns: Int) -> String {
    var used = 0
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      used += width(scalar)
      if used > columns { break }
      result.append(scalar)
    }
    return String(result)
  }

  /// The longest end of the text that takes at most `columns`.
  static func suffix(_ text: String, columns: Int) -> String {
    var used = 0
    var result: [Unicode.Scalar] = []
    for scalar in text.unicodeScalars.reversed() {
      used += width(scalar)
      if used > columns { break }
      result.append(scalar)
    }
    return String(String.UnicodeScalarView(result.reversed()))
  }

  /// The text, its middle replaced by an ellipsis where it takes more than `columns`.
  package static func shortened(_ text: String, columns: Int?) -> String {
    guard let columns, width(text) > columns else { return text }
    guard columns > 1 else { return prefix("…", columns: columns) }
    let tail = columns / 2
    return prefix(text, columns: columns - 1 - tail) + "…" + suffix(text, columns: tail)
  }

  /// The text broken at blanks into lines of at most `columns`; a word that is longer is cut.
  package static func wrapped(_ text: String, columns: Int?) -> [String] {
    guard let columns, columns > 0, width(text) > columns else { return [text] }
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      if line.isEmpty {
        line = shortened(String(word), columns: columns)
      } else if width(line) + 1 + width(String(word)) <= columns {
        line += " " + word
      } else {
        lines.append(line)
        line = shortened(String(word), columns: columns)
      }
    }
    return lines + [line]
  }
}
