import Findings
import Rules

/// Which findings belong together.
extension Detector {
  /// Notes what may be the other half of a pair, then chooses the halves of every finding that leads one and whose
  /// surroundings are known.
  ///
  /// - Parameter known: every finding that starts before is in `pending`, its end with it.
  func formPairs(before known: Int) {
    guard !engine.companions.isEmpty else { return }
    for index in pending.indices where !pending[index].isNoted && pending[index].secret.lowerBound < known {
      pending[index].isNoted = true
      let id = engine.rules[pending[index].rule].rule.id
      if engine.companions.contains(id) { companions.note(id, pending[index]) }
    }
    for index in pending.indices where pending[index].halves == nil && leads(pending[index], before: known) {
      let required = engine.rules[pending[index].rule].rule.required
      let halves = required.map { companions.half($0, of: pending[index]) }
      pending[index].halves = halves
      guard !halves.contains(nil) else { continue }
      for half in halves.compactMap(\.self) { companions.claim(half, for: pending[index].secret) }
    }
  }

  /// Whether a finding may lead a pair, and all it may choose from is known.
  private func leads(_ finding: PendingFinding, before known: Int) -> Bool {
    let rule = engine.rules[finding.rule].rule
    return !rule.required.isEmpty && rule.isReported && finding.secret.lowerBound < known - CompanionTracker.reach
  }

  /// Bytes behind a finding that must be known before it can be told.
  ///
  /// A half waits for those that may lead it, and these for the halves they may choose from: all must choose alike however
  /// the artifact is cut.
  func reachOfPairs(_ rule: Rule) -> Int {
    if engine.companions.contains(rule.id) { return 2 * CompanionTracker.reach }
    return rule.required.isEmpty ? 0 : CompanionTracker.reach
  }

  /// Whether another finding tells this one as its other half.
  func isLed(_ own: PendingFinding) -> Bool {
    let leaders = companions.leaders(of: engine.rules[own.rule].rule.id, at: own.secret)
    guard own.isPaired else { return !leaders.isEmpty }
    // It leads others, which only it tells of; but of two that lead each other the first one does.
    return leaders.contains { leader in
      leader.lowerBound < own.secret.lowerBound && (own.halves ?? []).allSatisfy { $0?.secret == leader }
    }
  }
}
