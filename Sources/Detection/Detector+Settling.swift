import ByteText
import Findings
import Rules

extension Detector {
  /// Turns pending findings whose surroundings are known into findings.
  ///
  /// Up to `known` every match is known, so a finding is final once `known` is past what its excerpt, and its pair, may hold.
  func settle(isEnd: Bool) {
    guard !pending.isEmpty else { return }
    let known = isEnd ? Int.max : searched - engine.greatestAnchorOffset
    pending.sort(by: PendingFinding.precedes)
    noteCompanions(before: known)
    let count = pending.firstIndex { !isEnd && !isFinal($0, known: known) } ?? pending.count
    guard count > 0 else { return }
    let spans = pending.map(\.secret)
    var kept: [Int] = []
    for index in 0..<count {
      if !engine.rules[pending[index].rule].rule.isReported {
        dropped[.half, default: 0] += 1
      } else if isCovered(index, by: kept) {
        dropped[.covered, default: 0] += 1
      } else {
        kept.append(index)
      }
    }
    for index in kept {
      let others = spans[max(0, index - 64)..<min(spans.count, index + 64)].filter { $0 != spans[index] }
      findings.append(finding(from: pending[index], others: recentSpans + others))
    }
    recentSpans = Array((recentSpans + spans[..<count]).suffix(64))
    pending.removeFirst(count)
    companions.forget(before: searched)
  }

  /// Remembers the findings that may be the other half of a pair, each once.
  private func noteCompanions(before known: Int) {
    guard !engine.companions.isEmpty else { return }
    for index in pending.indices where !pending[index].isNoted && pending[index].secret.lowerBound < known {
      pending[index].isNoted = true
      let id = engine.rules[pending[index].rule].rule.id
      if engine.companions.contains(id) { companions.note(id, pending[index]) }
    }
  }

  private func isFinal(_ finding: PendingFinding, known: Int) -> Bool {
    guard !finding.isOpen, finding.secret.upperBound + ExcerptBuilder.reachBehind <= known else { return false }
    let required = engine.rules[finding.rule].rule.required
    return required.allSatisfy { companions.meets($0, finding) }
      || finding.secret.upperBound + CompanionTracker.reach <= known
  }

  /// Whether a finding already kept tells the same: it covers the whole secret with no less confidence.
  private func isCovered(_ index: Int, by kept: [Int]) -> Bool {
    let own = pending[index]
    guard !own.secret.isEmpty else { return false }
    return kept.suffix(64).contains { other in
      let other = pending[other]
      return other.secret.lowerBound <= own.secret.lowerBound && own.secret.upperBound <= other.secret.upperBound
        && other.confidence >= own.confidence
    }
  }

  private func finding(from pending: PendingFinding, others: [Range<Int>]) -> Finding {
    let rule = engine.rules[pending.rule].rule
    var confidence = pending.confidence
    var facts = pending.facts
    for requirement in rule.required {
      if companions.meets(requirement, pending) {
        facts.append("\(requirement.id) stands near")
      } else {
        facts.append("its other half, \(requirement.id), is not near")
        confidence = .low
      }
    }
    let shown = rule.shape.secretPrefix.prefix(4)
    return Finding(
      rule: rule.id,
      summary: engine.isCanary(pending.rule) ? "" : engine.pack.details(at: pending.rule).summary,
      artifact: artifact,
      location: Location(
        start: pending.secret.lowerBound, end: pending.secret.upperBound, line: pending.start.line,
        column: pending.start.column, endLine: pending.end.line, endColumn: pending.end.column
      ),
      confidence: confidence, severity: rule.severity, fingerprint: pending.fingerprint,
      redacted: pending.secret.isEmpty ? "" : shown + "***",
      excerpt: ExcerptBuilder.excerpt(of: pending, others: others), facts: facts, revealed: pending.revealed
    )
  }
}
