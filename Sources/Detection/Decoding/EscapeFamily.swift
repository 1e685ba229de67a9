/// Ways of writing single bytes or characters of a text as escapes, in the order in which they are undone where several stand beside
/// each other: what carries a text before what it is made of.
enum EscapeFamily: Int, CaseIterable {
  /// Mail (RFC 2045, section 6.7).
  case quotedPrintable
  /// HTML and XML (HTML Living Standard, section 13.5).
  case entity
  /// String literals of programs and of JSON (RFC 8259, section 7).
  case backslash
  /// URLs (RFC 3986, section 2.1).
  case percent

  /// What an escape stands for.
  struct Code {
    /// Bytes the escape takes.
    var length: Int
    /// What it stands for; empty where that is nothing.
    var bytes: ShortText
    /// Whether it may hide a token by itself; the others are part of much ordinary text.
    var isStrong: Bool
    /// Whether it stands for its own last byte: `\"`, `\\`.
    var isPlain = false
    /// Whether it ends the first line of a PEM block.
    var isBehindDashes = false
  }

  /// The byte every escape of the family starts with.
  var sign: UInt8 {
    switch self {
    case .backslash: UInt8(ascii: "\\")
    case .percent: UInt8(ascii: "%")
    case .entity: UInt8(ascii: "&")
    case .quotedPrintable: UInt8(ascii: "=")
    }
  }

  /// The family whose escapes start with a byte.
  init?(sign: UInt8) {
    switch sign {
    case UInt8(ascii: "\\"): self = .backslash
    case UInt8(ascii: "%"): self = .percent
    case UInt8(ascii: "&"): self = .entity
    case UInt8(ascii: "="): self = .quotedPrintable
    default: return nil
    }
  }

  /// What a layer of it is called.
  var kind: String {
    switch self {
    case .backslash: "escapes"
    case .percent: "percent"
    case .entity: "html"
    case .quotedPrintable: "quoted-printable"
    }
  }

  /// The escape at an offset, where the family's sign stands.
  func code(at offset: Int, _ view: BytesAtHand) -> Code? {
    switch self {
    case .backslash: Self.backslashCode(offset, view)
    case .percent: Self.percentCode(offset, view)
    case .entity: Self.entityCode(offset, view)
    case .quotedPrintable: Self.quotedPrintableCode(offset, view)
    }
  }

  private static func backslashCode(_ offset: Int, _ view: BytesAtHand) -> Code? {
    let byte = view[offset + 1]
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "`"), UInt8(ascii: "$"):
      return Code(length: 2, bytes: ShortText(byte), isStrong: false, isPlain: true)
    case UInt8(ascii: "/"): return Code(length: 2, bytes: ShortText(byte), isStrong: true, isPlain: true)
    // The first line of a PEM block in a string.
    case UInt8(ascii: "n"), UInt8(ascii: "r"):
      let isRule = view[offset - 1] == UInt8(ascii: "-") && view[offset - 2] == UInt8(ascii: "-")
      let lineEnd = ShortText(byte == UInt8(ascii: "n") ? 0x0A : 0x0D)
      return Code(length: 2, bytes: lineEnd, isStrong: false, isBehindDashes: isRule)
    case UInt8(ascii: "t"): return Code(length: 2, bytes: ShortText(0x09), isStrong: false)
    case UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "v"), UInt8(ascii: "a"), UInt8(ascii: "e"):
      return Code(length: 2, bytes: ShortText(0x20), isStrong: false)
    // A line that goes on behind its end.
    case 0x0A: return Code(length: 2, bytes: ShortText(), isStrong: false)
    case 0x0D: return Code(length: view[offset + 2] == 0x0A ? 3 : 2, bytes: ShortText(), isStrong: false)
    case UInt8(ascii: "x"):
      return number(view, offset + 2, digits: 2).map {
        Code(length: 4, bytes: ShortText(UInt8($0)), isStrong: isOfToken($0))
      }
    case UInt8(ascii: "u"), UInt8(ascii: "U"): return unicodeCode(offset, view, isLong: byte == UInt8(ascii: "U"))
    case UInt8(ascii: "0")...UInt8(ascii: "7"):
      var value = 0
      var end = offset + 1
      while end < offset + 4, (UInt8(ascii: "0")...UInt8(ascii: "7")).contains(view[end]) {
        value = value * 8 + Int(view[end] - UInt8(ascii: "0"))
        end += 1
      }
      guard value < 256 else { return nil }
      return Code(
        length: end - offset, bytes: ShortText(UInt8(value)), isStrong: end == offset + 4 && isOfToken(value))
    default: return nil
    }
  }

  /// `\u0041`, `\u{41}`, `\U00000041`; a pair of surrogates is one character.
  private static func unicodeCode(_ offset: Int, _ view: BytesAtHand, isLong: Bool) -> Code? {
    if view[offset + 2] == UInt8(ascii: "{") {
      var end = offset + 3
      while end < offset + 11, Digits.hex[Int(view[end])] != Digits.none { end += 1 }
      guard view[end] == UInt8(ascii: "}"), let value = number(view, offset + 3, digits: end - offset - 3) else {
        return nil
      }
      return Code(length: end + 1 - offset, bytes: ShortText(character: value), isStrong: isOfToken(value))
    }
    guard let value = number(view, offset + 2, digits: isLong ? 8 : 4) else { return nil }
    if (0xD800..<0xDC00).contains(value), view[offset + 6] == view[offset], view[offset + 7] == UInt8(ascii: "u"),
      let low = number(view, offset + 8, digits: 4), (0xDC00..<0xE000).contains(low)
    {
      let character = 0x10000 + (value - 0xD800) << 10 + low - 0xDC00
      return Code(length: 12, bytes: ShortText(character: character), isStrong: false)
    }
    return Code(length: isLong ? 10 : 6, bytes: ShortText(character: value), isStrong: isOfToken(value))
  }

  private static func percentCode(_ offset: Int, _ view: BytesAtHand) -> Code? {
    if view[offset + 1] | 0x20 == UInt8(ascii: "u"), let value = number(view, offset + 2, digits: 4) {
      return Code(length: 6, bytes: ShortText(character: value), isStrong: isOfToken(value))
    }
    guard let value = number(view, offset + 1, digits: 2) else { return nil }
    // What is no ASCII takes several escapes in a row; one by itself is the `%FE` of `%FEED%`.
    let isRow = view[offset + 3] == UInt8(ascii: "%") || view[offset - 3] == UInt8(ascii: "%")
    guard value < 0x80 || isRow else { return nil }
    // `%2d` and `%40s` are more often part of a format than of an address.
    let isCapital = view[offset + 2] & 0x60 == 0x40
    let isJoined = isOfAddress(view[offset - 1])
    return Code(length: 3, bytes: ShortText(UInt8(value)), isStrong: isOfToken(value) && (isCapital || isJoined))
  }

  /// Entities by number, and by those names that occur around keys and values.
  private static func entityCode(_ offset: Int, _ view: BytesAtHand) -> Code? {
    var end = offset + 1
    while end < offset + 12, view[end] != UInt8(ascii: ";"), view[end] > 0x22 { end += 1 }
    guard view[end] == UInt8(ascii: ";"), end > offset + 1 else { return nil }
    let length = end + 1 - offset
    if view[offset + 1] == UInt8(ascii: "#") {
      let isHex = view[offset + 2] | 0x20 == UInt8(ascii: "x")
      let start = offset + (isHex ? 3 : 2)
      return number(view, start, digits: end - start, base: isHex ? 16 : 10).map {
        Code(length: length, bytes: ShortText(character: $0), isStrong: isOfToken($0))
      }
    }
    let name = String(decoding: (offset + 1..<end).map { view[$0] }, as: UTF8.self)
    return entities[name].map { Code(length: length, bytes: ShortText($0), isStrong: false) }
  }

  private static let entities: [String: UInt8] = [
    "quot": 0x22, "amp": 0x26, "apos": 0x27, "lt": 0x3C, "gt": 0x3E, "nbsp": 0x20, "sol": 0x2F, "plus": 0x2B,
    "equals": 0x3D, "colon": 0x3A, "lowbar": 0x5F, "period": 0x2E, "commat": 0x40, "Tab": 0x09, "NewLine": 0x0A,
  ]

  private static func quotedPrintableCode(_ offset: Int, _ view: BytesAtHand) -> Code? {
    if view[offset + 1] == 0x0A {
      return Code(length: 2, bytes: ShortText(), isStrong: isSoftBreak(at: offset, length: 2, view))
    }
    if view[offset + 1] == 0x0D, view[offset + 2] == 0x0A {
      return Code(length: 3, bytes: ShortText(), isStrong: isSoftBreak(at: offset, length: 3, view))
    }
    guard let value = number(view, offset + 1, digits: 2) else { return nil }
    // One by itself may be an assignment; signs that tokens hold, and several in a row, are not.
    let isSign = value == 0x3D || value == 0x5F || value == 0x2B || value == 0x2D || value == 0x2F || value == 0x2E
    let isRow = view[offset + 3] == UInt8(ascii: "=") && number(view, offset + 4, digits: 2) != nil
    return Code(length: 3, bytes: ShortText(UInt8(value)), isStrong: isSign || isRow && isOfToken(value))
  }

  /// Whether an equals sign before a line end stands within a word. Behind another it is the end of base64.
  private static func isSoftBreak(at offset: Int, length: Int, _ view: BytesAtHand) -> Bool {
    let before = view[offset - 1]
    return isGraphic(before) && before != UInt8(ascii: "=") && isGraphic(view[offset + length])
  }

  // MARK: Numbers

  /// The number written at an offset, all its digits given.
  private static func number(_ view: BytesAtHand, _ offset: Int, digits: Int, base: Int = 16) -> Int? {
    guard digits > 0, digits <= 8 else { return nil }
    var value = 0
    for index in offset..<offset + digits {
      let digit = Digits.hex[Int(view[index])]
      guard digit != Digits.none, digit < base else { return nil }
      value = value * base + Int(digit)
    }
    return value
  }

  /// Whether a character may be part of a token. Blanks, quotes and brackets only stand around one.
  private static func isOfToken(_ value: Int) -> Bool {
    value > 0x20 && value < 0x7F && value != 0x22 && value != 0x27 && value != 0x3C && value != 0x3E
  }

  /// Whether a byte may stand before an escape of an address (RFC 3986, section 2.2 and 2.3).
  private static func isOfAddress(_ byte: UInt8) -> Bool {
    isDigit(byte) || "=%.:@~&?;,$".utf8.contains(byte)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { Digits.base64[Int(byte)] != Digits.none }

  private static func isGraphic(_ byte: UInt8) -> Bool { byte > 0x20 && byte < 0x7F }
}
