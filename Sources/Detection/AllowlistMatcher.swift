import PCRE2
import Rules

/// An allowlist with its patterns.
struct AllowlistMatcher: Sendable {
  /// Bytes of the line on each side of a match that an allowlist may look at.
  static let lineReach = 1024

  let allowlist: Allowlist
  private let patterns: [LazyPattern]
  private let paths: [LazyPattern]
  private let stopwords: [[UInt8]]

  var readsLine: Bool { allowlist.target == .line && !allowlist.patterns.isEmpty }

  init(_ allowlist: Allowlist) {
    self.allowlist = allowlist
    patterns = allowlist.patterns.map { LazyPattern(PatternText($0), options: []) }
    paths = allowlist.paths.map { LazyPattern(PatternText($0), options: []) }
    stopwords = allowlist.stopwords.map { Array($0.lowercased().utf8) }
  }

  func compile() throws(PatternError) {
    for pattern in patterns + paths { _ = try pattern.pattern() }
  }

  /// Whether the match is none by this allowlist.
  ///
  /// - Parameter target: the bytes `allowlist.target` names.
  /// - Throws: the reason where a pattern could not be run; then the match stays.
  func allows(secret: [UInt8], target: [UInt8], path: [UInt8], scratch: MatchScratch) -> Bool {
    var kinds: [Bool] = []
    if !paths.isEmpty { kinds.append(paths.contains { $0.matches(path, scratch) }) }
    if !patterns.isEmpty { kinds.append(patterns.contains { $0.matches(target, scratch) }) }
    if !stopwords.isEmpty {
      let folded = secret.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
      kinds.append(stopwords.contains { folded.contains($0) })
    }
    guard !kinds.isEmpty else { return false }
    switch allowlist.condition {
    case .any: return kinds.contains(true)
    case .all: return !kinds.contains(false)
    }
  }
}

extension LazyPattern {
  /// Whether the pattern matches anywhere in the bytes; a search that fails counts as no match, so an allowlist lets nothing
  /// go by it.
  func matches(_ bytes: [UInt8], _ scratch: MatchScratch) -> Bool { outcome(in: bytes, scratch) == .matched }

  /// Whether the pattern matches or could not be searched for; so no rule is set aside by a path pattern that fails.
  func mayMatch(_ bytes: [UInt8], _ scratch: MatchScratch) -> Bool {
    outcome(in: bytes, scratch) != MatchScratch.Outcome.none
  }

  /// How the search ended, `nil` where the pattern does not compile.
  private func outcome(in bytes: [UInt8], _ scratch: MatchScratch) -> MatchScratch.Outcome? {
    guard let pattern = try? pattern() else { return nil }
    // SAFETY: the buffer is used within the search only.
    return unsafe bytes.withUnsafeBufferPointer { unsafe scratch.search(pattern, in: $0, from: 0, edges: []) }
  }
}

extension [UInt8] {
  /// Whether the other bytes stand somewhere in these.
  func contains(_ other: [UInt8]) -> Bool {
    guard !other.isEmpty, other.count <= count else { return other.isEmpty }
    return (0...(count - other.count)).contains { self[$0...].starts(with: other) }
  }
}
