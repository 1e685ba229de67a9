import ByteText
import Findings
import Rules

/// A finding settled before that may still stand beside, or around, those to come.
struct Neighbour {
  var secret: Range<Int>
  /// Its confidence where it was told; `nil` where it was dropped and only must not be shown.
  var confidence: Confidence?
}

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
    for index in 0..<count {
      let own = pending[index]
      neighbours.removeAll { $0.secret.upperBound + ExcerptBuilder.reachBefore < own.secret.lowerBound }
      let isKept: Bool
      if !engine.rules[own.rule].rule.isReported {
        dropped[.half, default: 0] += 1
        isKept = false
      } else if isCovered(own) {
        dropped[.covered, default: 0] += 1
        isKept = false
      } else {
        let behind = pending[(index + 1)...].prefix {
          $0.secret.lowerBound < own.secret.upperBound + ExcerptBuilder.reachBehind
        }
        findings.append(finding(from: own, others: neighbours.map(\.secret) + behind.map(\.secret)))
        isKept = true
      }
      neighbours.append(Neighbour(secret: own.secret, confidence: isKept ? own.confidence : nil))
    }
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

  /// Whether a finding already told says the same: it covers the whole secret with no less confidence.
  private func isCovered(_ own: PendingFinding) -> Bool {
    guard !own.secret.isEmpty, !engine.isCanary(own.rule) else { return false }
    return neighbours.contains { other in
      guard let confidence = other.confidence, confidence >= own.confidence else { return false }
      return other.secret.lowerBound <= own.secret.lowerBound && own.secret.upperBound <= other.secret.upperBound
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
      excerpt: ExcerptBuilder.excerpt(of: pending, others: others + pending.echoes), facts: facts,
      revealed: pending.revealed
    )
  }
}
