/// Reads the text of a `Glob`.
struct GlobParser {
  private let text: String
  private let bytes: [UInt8]
  private var position = 0
  private var end: Int
  private var tokens: [Glob.Token] = []

  init(_ text: String) {
    self.text = text
    bytes = Array(text.utf8)
    end = bytes.count
  }

  /// Reads the whole pattern.
  mutating func parse() throws(ArtifactError) -> Glob {
    if bytes.first == UInt8(ascii: "!") {
      throw invalid("it begins with '!', and patterns cannot take back others; write '\\!' for the character")
    }
    if bytes.contains(0) { throw invalid("it holds a NUL, which no file name does") }
    var isForFolders = false
    while end > 0, bytes[end - 1] == .slash {
      isForFolders = true
      end -= 1
    }
    guard end > 0 else { throw invalid("it is empty") }
    let isAnchored = bytes[..<end].contains(.slash)
    while position < end, bytes[position] == .slash { position += 1 }
    while position < end { try parseToken() }
    return Glob(text: text, isAnchored: isAnchored, isForFolders: isForFolders, tokens: tokens)
  }

  private mutating func parseToken() throws(ArtifactError) {
    let byte = bytes[position]
    position += 1
    switch byte {
    case UInt8(ascii: "*"): parseStars()
    case UInt8(ascii: "?"): tokens.append(.set(.component))
    case UInt8(ascii: "["): tokens.append(.set(try parseClass()))
    case UInt8(ascii: "\\"):
      guard position < end else { throw invalid("it ends in a backslash") }
      tokens.append(.byte(bytes[position]))
      position += 1
    case .slash:
      // Several slashes are one, as in paths (path_resolution(7)).
      while position < end, bytes[position] == .slash { position += 1 }
      tokens.append(.byte(.slash))
    default: tokens.append(.byte(byte))
    }
  }

  /// Behind the first of one or more stars: two of them that are a whole component stand for many components.
  private mutating func parseStars() {
    let first = position - 1
    while position < end, bytes[position] == UInt8(ascii: "*") { position += 1 }
    let startsComponent = first == 0 || bytes[first - 1] == .slash
    guard position - first == 2, startsComponent else { return tokens.append(.star) }
    if position < end, bytes[position] == .slash {
      while position < end, bytes[position] == .slash { position += 1 }
      tokens.append(.components)
    } else if position == end, first > 0 {
      // `folder/**`: at least one byte below the folder.
      tokens.append(.set(.all))
      tokens.append(.rest)
    } else {
      tokens.append(.star)
    }
  }

  /// Behind the opening bracket.
  private mutating func parseClass() throws(ArtifactError) -> ByteClass {
    var found = ByteClass()
    let isNegated = position < end && (bytes[position] == UInt8(ascii: "!") || bytes[position] == UInt8(ascii: "^"))
    if isNegated { position += 1 }
    let first = position
    while true {
      guard position < end else { throw invalid("a '[' has no ']'; write '\\[' for the character") }
      if bytes[position] == UInt8(ascii: "]"), position > first { break }
      if bytes[position] == UInt8(ascii: "["), position + 1 < end, bytes[position + 1] == UInt8(ascii: ":") {
        throw invalid("named classes such as [:alpha:] are not known; write a range such as a-z")
      }
      let low = try parseClassByte()
      var high = low
      if position + 1 < end, bytes[position] == UInt8(ascii: "-"), bytes[position + 1] != UInt8(ascii: "]") {
        position += 1
        high = try parseClassByte()
      }
      guard low <= high else { throw invalid("a range in '[…]' runs backwards") }
      found.insert(low...high)
    }
    position += 1
    if isNegated { found.invert() }
    found.remove(.slash)
    return found
  }

  private mutating func parseClassByte() throws(ArtifactError) -> UInt8 {
    if bytes[position] == UInt8(ascii: "\\") { position += 1 }
    guard position < end else { throw invalid("a '[' has no ']'; write '\\[' for the character") }
    guard bytes[position] < 0x80 else { throw invalid("'[…]' stands for one byte and holds a longer character") }
    position += 1
    return bytes[position - 1]
  }

  private func invalid(_ reason: String) -> ArtifactError { .invalidPattern(text, reason: reason) }
}
