import ByteText
import Rules

/// Where the findings stand that may be the other half of a pair.
///
/// A half is a finding of its own, pair or not; a half that stands alone is told with less confidence.
struct CompanionTracker {
  /// Halves further apart than this are no pair, whatever the rule says: the search must not hold more than this back.
  static let reach = 65_536

  private struct Sighting {
    var offset: Int
    var line: Int
    var column: Int
  }

  private var sightings: [String: [Sighting]] = [:]

  mutating func note(_ rule: String, _ finding: PendingFinding) {
    let sighting = Sighting(
      offset: finding.secret.lowerBound, line: finding.start.line, column: finding.start.column
    )
    sightings[rule, default: []].append(sighting)
  }

  /// Forgets what is too far before an offset to be half of anything to come.
  mutating func forget(before offset: Int) {
    guard !sightings.isEmpty else { return }
    for (rule, list) in sightings {
      sightings[rule] = Array(list.drop { $0.offset < offset - 2 * Self.reach })
    }
  }

  /// Whether the other half that is asked for stands near enough.
  func meets(_ requirement: Rule.Requirement, _ finding: PendingFinding) -> Bool {
    (sightings[requirement.id] ?? []).contains { other in
      abs(other.offset - finding.secret.lowerBound) <= Self.reach
        && requirement.withinLines.map { abs(other.line - finding.start.line) <= $0 } ?? true
        && requirement.withinColumns.map { abs(other.column - finding.start.column) <= $0 } ?? true
    }
  }
}
