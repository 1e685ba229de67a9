/// Reads the text of a template into its pieces.
struct TemplateParser {
  private let bytes: [UInt8]
  private var at = 0
  private(set) var markNames: [String] = []
  private var openMarks: [String: Int] = [:]
  private static let greatestDepth = 16

  init(_ text: String) { bytes = Array(text.utf8) }

  mutating func parse() throws(RulesError) -> [Template.Piece] {
    let pieces = try pieces(depth: 0)
    if let (name, offset) = openMarks.min(by: { $0.value < $1.value }) {
      throw failure("{{<\(name)}} is not closed by {{>\(name)}}", at: offset)
    }
    return pieces
  }

  private func failure(_ reason: String, at offset: Int) -> RulesError { .template(offset: offset, reason: reason) }

  private func looksAt(_ text: String) -> Bool { bytes[at...].starts(with: text.utf8) }

  /// Pieces up to the end of the text, or inside parentheses up to `)}}`, which is left to the caller.
  private mutating func pieces(depth: Int) throws(RulesError) -> [Template.Piece] {
    guard depth <= Self.greatestDepth else { throw failure("pieces nest too deep", at: at) }
    var pieces: [Template.Piece] = []
    var text: [UInt8] = []
    while at < bytes.count {
      if depth > 0, looksAt(")}}") { break }
      if looksAt("{{{{") {
        text += Array("{{".utf8)
        at += 4
      } else if looksAt("{{"), !looksAt("{{{") || looksAt("{{{:") {
        // Of three braces the first is text, unless the brace is what is repeated.
        if !text.isEmpty { pieces.append(.text(text, isPiece: false)) }
        text = []
        let start = at
        let piece = try piece(depth: depth)
        try checkSum(piece, behind: pieces, openedAt: start)
        pieces.append(piece)
      } else {
        text.append(bytes[at])
        at += 1
      }
    }
    if !text.isEmpty { pieces.append(.text(text, isPiece: false)) }
    return pieces
  }

  private func checkSum(
    _ piece: Template.Piece, behind pieces: [Template.Piece], openedAt start: Int
  ) throws(RulesError) {
    switch piece {
    case .crc32, .crc32hex:
      guard pieces.contains(where: \.givesBytes) else {
        throw failure("a checksum needs a piece before it to be taken over", at: start)
      }
    default: return
    }
  }

  /// One `{{…}}`.
  private mutating func piece(depth: Int) throws(RulesError) -> Template.Piece {
    let start = at
    at += 2
    for encoding in TemplateEncoding.allCases where looksAt(encoding.rawValue + "(") {
      at += encoding.rawValue.utf8.count + 1
      return .encoded(encoding, try nested(openedAt: start, depth: depth))
    }
    for kind in CheckedText.allCases where looksAt(kind.rawValue + "(") {
      at += kind.rawValue.utf8.count + 1
      let pieces = try nested(openedAt: start, depth: depth)
      guard let digits = pieces.hexDigitCount, 1...512 ~= digits, digits.isMultiple(of: 2) else {
        throw failure("\(kind.rawValue) takes up to 512 hex digits, two for each byte", at: start)
      }
      return .checked(kind, pieces)
    }
    if looksAt("jwt(") {
      at += 4
      return .jwt(try nested(openedAt: start, depth: depth))
    }
    let content = at
    while at < bytes.count, !looksAt("}}") { at += 1 }
    guard at < bytes.count else { throw failure("{{ is not closed by }}; a literal {{ is written {{{{", at: start) }
    let body = Array(bytes[content..<min(at, bytes.count)])
    at = min(at + 2, bytes.count)
    return try piece(body, openedAt: start, depth: depth)
  }

  private mutating func nested(openedAt start: Int, depth: Int) throws(RulesError) -> [Template.Piece] {
    let pieces = try pieces(depth: depth + 1)
    guard looksAt(")}}") else { throw failure("the parenthesis is not closed by )}}", at: start) }
    at += 3
    return pieces
  }

  private mutating func piece(_ body: [UInt8], openedAt start: Int, depth: Int) throws(RulesError) -> Template.Piece {
    if body.first == UInt8(ascii: "=") { return .text(Array(body.dropFirst()), isPiece: true) }
    if let first = body.first, first == UInt8(ascii: "<") || first == UInt8(ascii: ">"),
      body.dropFirst().allSatisfy(\.isMarkByte)
    {
      guard depth == 0 else {
        throw failure("a mark cannot stand inside parentheses: put it around the piece", at: start)
      }
      return try mark(String(decoding: body.dropFirst(), as: UTF8.self), opens: first == UInt8(ascii: "<"), at: start)
    }
    switch String(decoding: body, as: UTF8.self) {
    case "uuid": return .uuid
    case "crc32hex": return .crc32hex(isReversed: false)
    case "crc32hex-reversed": return .crc32hex(isReversed: true)
    case "jwt": return .jwt(nil)
    default: return try counted(body, openedAt: start)
    }
  }

  private mutating func mark(_ name: String, opens: Bool, at start: Int) throws(RulesError) -> Template.Piece {
    if opens {
      guard !markNames.contains(name) else { throw failure("{{<\(name)}} stands twice", at: start) }
      markNames.append(name)
      openMarks[name] = start
      return .opening(name)
    }
    guard openMarks.removeValue(forKey: name) != nil else {
      throw failure("{{>\(name)}} closes nothing", at: start)
    }
    return .closing(name)
  }

  /// `NAME:COUNT`, `pem:LABEL:LINES` and one character to repeat.
  private func counted(_ body: [UInt8], openedAt start: Int) throws(RulesError) -> Template.Piece {
    guard let colon = body.lastIndex(of: UInt8(ascii: ":")), colon > 0 else {
      throw failure("unknown piece; a literal {{ is written {{{{", at: start)
    }
    guard let count = Int(String(decoding: body[(colon + 1)...], as: UTF8.self)), count > 0 else {
      throw failure("the count must be a number above 0", at: start)
    }
    guard count <= Template.greatestCount else {
      throw failure("the count is above \(Template.greatestCount)", at: start)
    }
    let nameBytes = Array(body[..<colon])
    let name = String(decoding: nameBytes, as: UTF8.self)
    if let alphabet = TemplateAlphabet(rawValue: name) { return .random(alphabet, count: count) }
    if name == "crc32" || name == "crc32-reversed" {
      guard count >= CRC32.base62Width else { throw failure("a CRC-32 needs at least 6 digits", at: start) }
      return .crc32(width: count, isReversed: name != "crc32")
    }
    if name.hasPrefix("pem:"), nameBytes.count > 4 {
      guard count <= 4096 else { throw failure("more than 4096 lines", at: start) }
      return .pem(label: Array(nameBytes[4...]), lines: count)
    }
    if name.count == 1 { return .repeated(nameBytes, count: count) }
    let alphabets = TemplateAlphabet.allCases.map(\.rawValue).joined(separator: ", ")
    throw failure("unknown piece; the alphabets are \(alphabets)", at: start)
  }
}

extension Template.Piece {
  /// Whether a checksum behind it is taken over it: every piece but plain text and marks.
  var givesBytes: Bool {
    switch self {
    case .text(_, let isPiece): isPiece
    case .opening, .closing: false
    default: true
    }
  }
}

extension [Template.Piece] {
  /// How many hex digits the pieces give; `nil` where they give anything else.
  fileprivate var hexDigitCount: Int? {
    var count = 0
    for piece in self {
      switch piece {
      case .text(let text, _) where text.allSatisfy(\.isHexDigit): count += text.count
      case .random(.hex, let digits), .random(.upperHex, let digits), .random(.digit, let digits): count += digits
      default: return nil
      }
    }
    return count
  }
}

extension UInt8 {
  fileprivate var isHexDigit: Bool { isDigit || 0x61...0x66 ~= self | 0x20 }

  /// Whether the byte may stand in the name of a mark.
  fileprivate var isMarkByte: Bool {
    isASCIILetter || isDigit || self == UInt8(ascii: "-") || self == UInt8(ascii: "_") || self == UInt8(ascii: ".")
  }
}
