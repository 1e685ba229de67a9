import PCRE2
@testable import Rules
import TestSupport

/// What PCRE2 says of a pattern that `PatternSyntax` read, one start at a time.
struct PatternTrial {
  let syntax: PatternSyntax
  /// The pattern to run, matching only where the search starts.
  let anchored: Pattern
  private let scratch = MatchScratch(matchLimit: 200_000)

  /// - Returns: `nil` where the pattern is refused by one or the other.
  init?(_ source: String) {
    guard let syntax = try? PatternSyntax(parsing: source),
      let pattern = try? Pattern(syntax.text, options: .anchored)
    else { return nil }
    self.syntax = syntax
    anchored = pattern
  }

  /// The groups of the match that starts at an offset, `nil` where none does.
  func match(_ text: [UInt8], at start: Int, edges: MatchScratch.Edges = []) -> [Range<Int>?]? {
    Self.match(anchored, text, at: start, edges: edges, scratch)
  }

  func match(of pattern: Pattern, _ text: [UInt8], at start: Int) -> [Range<Int>?]? {
    Self.match(pattern, text, at: start, edges: [], scratch)
  }

  private static func match(
    _ pattern: Pattern, _ text: [UInt8], at start: Int, edges: MatchScratch.Edges, _ scratch: MatchScratch
  ) -> [Range<Int>?]? {
    // SAFETY: the buffer is used within the search only.
    let outcome = unsafe text.withUnsafeBufferPointer {
      unsafe scratch.search(pattern, in: $0, from: start, edges: edges)
    }
    return outcome == .matched ? (0...pattern.captureCount).map { scratch.range(of: $0) } : nil
  }
}

/// Makes patterns of everything the parser takes, and texts that match them now and then.
struct PatternSyntaxGenerator {
  var random: SeededRandom
  private var groups = 0

  init(seed: UInt64) { random = SeededRandom(seed: seed) }

  private static let words = ["abc", "key", "ab_k", "aKb", "k-1", "KEY=", "aab", "b1k"]

  /// Class members and whole classes; texts are made of the bytes they speak of.
  static let classes = [
    "[ab]", "[^a]", "[a-k]", "[A-Fa-f0-9]", "[\\w.-]", "[\\d_]", "[^\\s=]", "[[:alpha:]]", "[[:^digit:]k]",
    "[[:xdigit:]]",
    "[]a]", "[^]k]", "[a\\]\\-b]", "[-a]", "[k-]", "[\\x61\\x{62}]", "[\\141-\\143]", "[\\n\\r]", "[\\Wk]",
    "[[:upper:]_]",
    "[[:punct:]]", "[+--]", "[[:word:]\\x80-\\xff]", "[\\b1]",
  ]
  static let escapes = [
    "\\d", "\\D", "\\w", "\\W", "\\s", "\\S", "\\h", "\\H", "\\v", "\\V", "\\N", "\\n", "\\x61", "\\x{6b}", "\\153",
    "\\061",
    "\\.", "\\-", "\\x", "\\0", "\\e", "\\t", "\\=", "\\_",
  ]
  private static let places = ["\\b", "\\B", "^", "$", "(?m:^)", "(?m:$)", "\\A", "\\z", "\\Z"]

  mutating func pattern() -> String {
    groups = 0
    let text = branches(depth: 2)
    return random.pick(["", "", "", "(?i)", "(?s)", "(?m)", "(?x)", "(?U)", "(?im-s)"]) + text
  }

  private mutating func branches(depth: Int) -> String {
    let first = branch(depth: depth)
    return random.oneIn(6) ? first + "|" + branch(depth: depth) : first
  }

  private mutating func branch(depth: Int) -> String {
    var text = ""
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      if random.oneIn(8) { text += random.pick(Self.places) }
      if random.oneIn(10) { text += look() }
      if random.oneIn(25) { text += random.pick(["(?i)", "(?-i)", "(?x)", "(?#note)", "(?s)", "(?^)", "(?m)"]) }
      text += atom(depth: depth)
    }
    return text
  }

  private mutating func look() -> String {
    let inner = random.pick(["a", "ab|k", "[a-k]{2}", "\\w\\d", "=", "^a", "b$", "\\bk"])
    return random.pick(["(?=", "(?!", "(?<=", "(?<!"]) + inner + ")"
  }

  private mutating func atom(depth: Int) -> String {
    switch Int.random(in: 0..<12, using: &random) {
    case 0...3: return random.pick(Self.words)
    case 4: return random.pick(Self.classes) + quantifier()
    case 5: return random.pick(Self.escapes) + quantifier()
    case 6: return random.pick(["a", "k", ".", "-", "1", " ", "#", "\\#", "=", "_", "{", "}", "é"]) + quantifier()
    case 7: return "\\Q\(random.pick(["a", "a.b", "[k", "é", "k|("]))\\E" + (random.oneIn(3) ? "" : quantifier())
    case 8 where depth > 0: return capture(depth: depth) + quantifier()
    case 9 where depth > 0:
      return random.pick(["(?:", "(?>", "(?i:", "(?-i:", "(?x: ", "(?s-i:"]) + branches(depth: depth - 1) + ")"
        + quantifier()
    default: return random.pick(["[ab]", "[a-k0-9]", "[^\\n]"]) + random.pick(["{8}", "{9,12}", "{8,20}"])
    }
  }

  private mutating func capture(depth: Int) -> String {
    groups += 1
    let opening = random.pick(["(", "(?<g\(groups)>", "(?P<g\(groups)>", "(?'g\(groups)'"])
    return opening + branches(depth: depth - 1) + ")"
  }

  private mutating func quantifier() -> String {
    random.pick(["", "", "", "?", "{2}", "{0,3}", "{1,4}?", "{1,2}+", "{0}", "??", "{3,9}", "{,2}", "{a}"])
  }

  /// Text of about the given length.
  mutating func text(_ length: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < length {
      switch Int.random(in: 0..<4, using: &random) {
      case 0, 1: bytes += Array((random.oneIn(3) ? random.pick(Self.words).uppercased() : random.pick(Self.words)).utf8)
      case 2: bytes += (0..<Int.random(in: 1...12, using: &random)).map { _ in random.pick(Array("abk10_".utf8)) }
      default:
        bytes.append(random.pick(Array("abkKAF0159_-=.# \n\r\t[]|({}é".utf8) + [0, 0x80, 0x85, 0xA0, 0xFF, 0x08]))
      }
    }
    return bytes
  }
}
