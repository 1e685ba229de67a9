/// A Betterleaks expression that drops matches, as far as it has a counterpart here.
///
/// Betterleaks replaced entropy and allowlists by expressions in a language of their own. Taken over are the forms that
/// say the same as those: `entropy`, `containsAny` and `matchesAny` over the secret, the match, the line or the path,
/// joined by `||`. Everything else has a meaning that cannot be kept, and is refused.
struct FilterExpression: Equatable {
  enum Subject: Equatable {
    case finding(Allowlist.Target)
    case path
  }

  enum Term: Equatable {
    /// Drops a secret of at most this entropy.
    case entropy(Double)
    /// Drops what one of the patterns matches.
    case matches(Subject, patterns: [String])
  }

  /// Why an expression is refused: offset in its UTF-8 bytes.
  struct Failure: Error {
    var offset: Int
  }

  private(set) var terms: [Term] = []

  /// Parentheses nest no deeper than this.
  private static let greatestDepth = 32

  private let bytes: [UInt8]
  private var at = 0

  init(parsing text: String) throws(Failure) {
    bytes = Array(text.utf8)
    try disjunction(depth: 0)
    skipBlanks()
    guard at == bytes.count else { throw Failure(offset: at) }
  }

  private mutating func skipBlanks() {
    while at < bytes.count, bytes[at] <= 0x20 { at += 1 }
  }

  /// Consumes the text where it comes next.
  private mutating func take(_ text: String) -> Bool {
    skipBlanks()
    guard bytes[at...].starts(with: text.utf8) else { return false }
    at += text.utf8.count
    return true
  }

  private mutating func expect(_ text: String) throws(Failure) {
    guard take(text) else { throw Failure(offset: at) }
  }

  private mutating func disjunction(depth: Int) throws(Failure) {
    guard depth <= Self.greatestDepth else { throw Failure(offset: at) }
    repeat { try term(depth: depth) } while take("||")
  }

  private mutating func term(depth: Int) throws(Failure) {
    if take("(") {
      try disjunction(depth: depth + 1)
      return try expect(")")
    }
    _ = take("filter.")
    if take("entropy(") {
      guard try subject() == .finding(.secret) else { throw Failure(offset: at) }
      try expect(")")
      if !take("<=") { try expect("<") }
      terms.append(.entropy(try number()))
    } else if take("containsAny(") {
      let subject = try subject()
      try expect(",")
      terms.append(.matches(subject, patterns: try strings().map(ContextPattern.escaped)))
      try expect(")")
    } else if take("matchesAny(") {
      let subject = try subject()
      try expect(",")
      terms.append(.matches(subject, patterns: try strings()))
      try expect(")")
    } else {
      throw Failure(offset: at)
    }
  }

  /// `finding["secret"]`, `attributes["path"]` and the ways to write them that allow for their absence.
  private mutating func subject() throws(Failure) -> Subject {
    if take("get(") {
      let map = take("finding") ? "finding" : "attributes"
      if map == "attributes" { try expect(map) }
      try expect(",")
      let subject = try subject(map, try string())
      if take(",") { _ = try string() }
      try expect(")")
      return subject
    }
    let map = take("finding") ? "finding" : "attributes"
    if map == "attributes" { try expect(map) }
    if take(".") {
      _ = take("?")
      let start = at
      while at < bytes.count, bytes[at].isASCIILetter { at += 1 }
      return try subject(map, String(decoding: bytes[start..<at], as: UTF8.self))
    }
    try expect("[")
    let isOptional = take("?")
    let subject = try subject(map, try string())
    try expect("]")
    if isOptional, take(".orValue(") {
      _ = try string()
      try expect(")")
    }
    return subject
  }

  private func subject(_ map: String, _ key: String) throws(Failure) -> Subject {
    if map == "attributes", key == "path" { return .path }
    guard map == "finding", let target = Allowlist.Target(rawValue: key) else { throw Failure(offset: at) }
    return .finding(target)
  }

  private mutating func number() throws(Failure) -> Double {
    skipBlanks()
    let start = at
    while at < bytes.count, (0x30...0x39).contains(bytes[at]) || bytes[at] == UInt8(ascii: ".") { at += 1 }
    guard let value = Double(String(decoding: bytes[start..<at], as: UTF8.self)) else { throw Failure(offset: start) }
    return value
  }

  private mutating func strings() throws(Failure) -> [String] {
    try expect("[")
    var strings: [String] = []
    while !take("]") {
      strings.append(try string())
      if !take(",") {
        try expect("]")
        break
      }
    }
    guard !strings.isEmpty else { throw Failure(offset: at) }
    return strings
  }

  /// A string: quoted by `"`, `'`, three of either, or backticks; with `r` before it, or in backticks, without escapes.
  private mutating func string() throws(Failure) -> String {
    skipBlanks()
    let start = at
    let isRaw = take("r") || take("R")
    let quotes = ["\"\"\"", "'''", "\"", "'", "`"]
    guard let quote = quotes.first(where: { bytes[at...].starts(with: $0.utf8) }) else { throw Failure(offset: start) }
    at += quote.utf8.count
    var text: [UInt8] = []
    while !bytes[at...].starts(with: quote.utf8) {
      guard at < bytes.count else { throw Failure(offset: start) }
      if bytes[at] == UInt8(ascii: "\\"), !isRaw, quote != "`" {
        at += 1
        guard at < bytes.count else { throw Failure(offset: start) }
        switch bytes[at] {
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"), UInt8(ascii: "?"):
          text.append(bytes[at])
        default: throw Failure(offset: at)
        }
      } else {
        text.append(bytes[at])
      }
      at += 1
    }
    at += quote.utf8.count
    return String(decoding: text, as: UTF8.self)
  }
}
