import ByteText
import Findings
import Rules

/// Where the findings stand that may be the other half of a pair, and which findings lead them.
///
/// The rule that requires another leads the pair: its finding tells both, and the other half is not told once more. A half
/// that stands alone is a finding of its own (docs/fail-closed.md, J05).
struct CompanionTracker {
  /// Halves further apart than this are no pair, whatever the rule says: the search must not hold more than this back.
  static let reach = 65_536

  /// A finding that may be the other half.
  struct Sighting: Equatable {
    var rule: String
    var secret: Range<Int>
    var start: LineCursor
    var end: LineCursor
    var facts: [String]
    var identity: Fingerprint?

    init(_ rule: String, _ finding: PendingFinding) {
      self.rule = rule
      secret = finding.secret
      (start, end) = (finding.start, finding.end)
      facts = finding.facts
      identity = finding.identity
    }
  }

  private struct Place: Hashable {
    var rule: String
    var secret: Range<Int>
  }

  /// By rule, in ascending order of their starts.
  private var sightings: [String: [Sighting]] = [:]
  /// Where the findings stand that lead a half.
  private var leaders: [Place: [Range<Int>]] = [:]

  /// Remembers a finding; of one rule those are told in ascending order.
  mutating func note(_ rule: String, _ finding: PendingFinding) {
    sightings[rule, default: []].append(Sighting(rule, finding))
  }

  /// Remembers that a finding leads a half.
  mutating func claim(_ half: Sighting, for leader: Range<Int>) {
    leaders[Place(rule: half.rule, secret: half.secret), default: []].append(leader)
  }

  /// Where the findings stand that lead this one.
  func leaders(of rule: String, at secret: Range<Int>) -> [Range<Int>] {
    leaders[Place(rule: rule, secret: secret)] ?? []
  }

  /// Forgets what is too far before an offset to be half of anything to come.
  mutating func forget(before offset: Int) {
    guard !sightings.isEmpty else { return }
    let least = offset - 4 * Self.reach
    for (rule, list) in sightings where (list.first?.secret.lowerBound ?? least) < least {
      sightings[rule] = Array(list.drop { $0.secret.lowerBound < least })
    }
    leaders = leaders.filter { $0.key.secret.lowerBound >= least }
  }

  /// The nearest other half that is near enough, of two that are as near the first; `nil` where there is none.
  ///
  /// - Complexity: logarithmic in the number of halves, and linear in those that are passed over.
  func half(_ requirement: Rule.Requirement, of finding: PendingFinding) -> Sighting? {
    let list = sightings[requirement.id] ?? []
    let own = finding.secret.lowerBound
    var right = list.partition { $0.secret.lowerBound > own }
    var left = right - 1
    while left >= 0 || right < list.count {
      let before = left >= 0 ? own - list[left].secret.lowerBound : Int.max
      let after = right < list.count ? list[right].secret.lowerBound - own : Int.max
      guard min(before, after) <= Self.reach else { return nil }
      let candidate = before <= after ? list[left] : list[right]
      if before <= after { left -= 1 } else { right += 1 }
      if candidate.secret != finding.secret, Self.isNear(candidate, finding, requirement) { return candidate }
    }
    return nil
  }

  private static func isNear(_ half: Sighting, _ finding: PendingFinding, _ requirement: Rule.Requirement) -> Bool {
    requirement.withinLines.map { abs(half.start.line - finding.start.line) <= $0 } ?? true
      && requirement.withinColumns.map { abs(half.start.column - finding.start.column) <= $0 } ?? true
  }
}

extension [CompanionTracker.Sighting] {
  /// The first index of an element for which that holds; it holds for all behind it.
  fileprivate func partition(_ holds: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if holds(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
