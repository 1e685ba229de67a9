package import Findings
import PCRE2
package import Rules

/// What the engine must find, worked out the slow way: every pattern over every byte of the whole artifact.
///
/// Shares PCRE2 with the engine and nothing else: no anchors, no windows, no chunks.
package struct NaiveOracle {
  /// A secret and the rule that found it.
  package struct Sighting: Hashable, Comparable, CustomStringConvertible {
    package var start: Int
    package var end: Int
    package var rule: String
    package var description: String { "\(rule)@\(start)..<\(end)" }

    package init(start: Int, end: Int, rule: String) {
      self.start = start
      self.end = end
      self.rule = rule
    }

    package init(_ finding: Finding) {
      self.init(start: finding.location.start, end: finding.location.end, rule: finding.rule)
    }

    package static func < (left: Sighting, right: Sighting) -> Bool {
      (left.start, -left.end, left.rule) < (right.start, -right.end, right.rule)
    }
  }

  private let rules: [(rule: Rule, pattern: Pattern)]
  private let scratch = MatchScratch()

  /// - Throws: when PCRE2 refuses a pattern.
  package init(_ rules: [Rule]) throws {
    self.rules = try rules.map { ($0, try Pattern($0.pattern)) }
  }

  /// All secrets in the bytes, those left out that another finding covers.
  package func sightings(in bytes: [UInt8]) -> [Sighting] {
    var all: [(sighting: Sighting, confidence: Confidence, index: Int)] = []
    for (index, entry) in rules.enumerated() {
      for secret in secrets(of: entry.rule, entry.pattern, in: bytes) {
        let sighting = Sighting(start: secret.lowerBound, end: secret.upperBound, rule: entry.rule.id)
        all.append((sighting, entry.rule.confidence, index))
      }
    }
    let kept = all.filter { own in
      !all.contains { other in
        let isSame = other.sighting == own.sighting
        let covers = other.sighting.start <= own.sighting.start && own.sighting.end <= other.sighting.end
        guard !isSame, covers, other.confidence >= own.confidence else { return false }
        let isEqual = other.sighting.start == own.sighting.start && other.sighting.end == own.sighting.end
        return !isEqual || other.confidence > own.confidence || other.index < own.index
      }
    }
    return kept.map(\.sighting).sorted()
  }

  /// The secrets of a rule: leftmost matches that do not overlap, run on to where their alphabet ends.
  private func secrets(of rule: Rule, _ pattern: Pattern, in bytes: [UInt8]) -> [Range<Int>] {
    var secrets: [Range<Int>] = []
    var start = 0
    while start <= bytes.count {
      // SAFETY: the buffer is used within the search only.
      let outcome = unsafe bytes.withUnsafeBufferPointer {
        unsafe scratch.search(pattern, in: $0, from: start, edges: [])
      }
      guard outcome == .matched, let whole = scratch.range(of: 0) else { break }
      var secret = scratch.range(of: rule.secretGroup) ?? whole
      if let alphabet = rule.shape.runOn, secret.upperBound == whole.upperBound, !secret.isEmpty,
        alphabet.contains(bytes[secret.upperBound - 1])
      {
        var end = secret.upperBound
        while end < bytes.count, alphabet.contains(bytes[end]) { end += 1 }
        secret = secret.lowerBound..<end
      }
      if !secret.isEmpty { secrets.append(secret) }
      start = max(secret.upperBound, whole.upperBound, whole.lowerBound + 1)
    }
    return secrets
  }
}
