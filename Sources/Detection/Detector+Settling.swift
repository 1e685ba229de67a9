import ByteText
import Findings
import Rules

/// A finding settled before that may still stand beside, or around, those to come.
struct Neighbour {
  var secret: Range<Int>
  /// Its confidence where it was told; `nil` where it was dropped and only must not be shown.
  var confidence: Confidence?
  var isOfKey: Bool
  /// Whether it was told as a pair.
  var isPaired: Bool
}

extension Detector {
  /// Turns pending findings whose surroundings are known into findings.
  ///
  /// Up to `known` every match is known, so a finding is final once `known` is past what its excerpt, and its pair, may hold.
  func settle(isEnd: Bool) {
    // What is still open is known up to its start.
    let firstOpen = open.map(\.secret.lowerBound).min() ?? Int.max
    let known = isEnd ? Int.max : min(searched - engine.greatestAnchorOffset, firstOpen)
    settlePending(known: known, isEnd: isEnd)
    settleLayers(known: known, isEnd: isEnd)
    tellSettled(isEnd: isEnd)
  }

  /// Tells the findings before which none is to come: what a layer holds is known later than what stands there as it is.
  private func tellSettled(isEnd: Bool) {
    if settled.isEmpty { return }
    let least = isEnd ? Int.max : unknown
    // Where a layer is under way for long many may wait.
    guard settled.contains(where: { $0.location.start < least }) else { return }
    // What stands there as it is comes before what is decoded from the same place, and is in order already.
    let order = settled.indices.sorted { left, right in
      let (first, second) = (settled[left], settled[right])
      if first.location.start != second.location.start { return first.location.start < second.location.start }
      if first.layers.isEmpty != second.layers.isEmpty { return first.layers.isEmpty }
      return first.layers.isEmpty ? left < right : Self.precedes(first, second)
    }
    let inOrder = order.map { settled[$0] }
    let count = inOrder.firstIndex { $0.location.start >= least } ?? inOrder.count
    findings += inOrder[..<count]
    settled = Array(inOrder[count...])
  }

  private func settlePending(known: Int, isEnd: Bool) {
    guard !pending.isEmpty else { return }
    pending.sort(by: PendingFinding.precedes)
    formPairs(before: known)
    let count = pending.firstIndex { !isEnd && !isFinal($0, known: known) } ?? pending.count
    guard count > 0 else { return }
    for index in 0..<count {
      let own = pending[index]
      neighbours.removeAll { $0.secret.upperBound + ExcerptBuilder.reachBefore < own.secret.lowerBound }
      let isKept: Bool
      if !engine.rules[own.rule].rule.isReported {
        drop(own, .half)
        isKept = false
      } else if isLed(own) {
        drop(own, .pair)
        isKept = false
      } else if !tellsCovered, isTold(own, behind: pending[(index + 1)...]) {
        drop(own, .covered)
        isKept = false
      } else {
        let behind = pending[(index + 1)...].prefix {
          $0.secret.lowerBound < own.secret.upperBound + ExcerptBuilder.reachBehind
        }
        settled.append(finding(from: surest(index), others: neighbours.map(\.secret) + behind.map(\.secret)))
        isKept = true
      }
      if scanner != nil {
        claims.append(Claim(secret: own.secret, rule: engine.rules[own.rule].rule.id, confidence: own.confidence))
      }
      neighbours.append(
        Neighbour(
          secret: own.secret, confidence: isKept ? own.confidence : nil, isOfKey: own.isOfKey,
          isPaired: isKept && own.isPaired))
    }
    pending.removeFirst(count)
    companions.forget(before: searched)
  }

  private func isFinal(_ finding: PendingFinding, known: Int) -> Bool {
    guard !finding.isOpen, finding.awaited == nil, finding.secret.upperBound + ExcerptBuilder.reachBehind <= known
    else { return false }
    return finding.secret.upperBound + reachOfPairs(engine.rules[finding.rule].rule) <= known
  }

  /// A pending finding, as sure as the surest that finds the same bytes: these are not told beside it.
  private func surest(_ index: Int) -> PendingFinding {
    var own = pending[index]
    let same = pending[index...].prefix { $0.secret == own.secret && !own.secret.isEmpty && !engine.isCanary($0.rule) }
    own.confidence = same.filter { $0.isOfKey == own.isOfKey }.map(\.confidence).max() ?? own.confidence
    return own
  }

  /// Whether another finding says what this one does. A pair tells more than one value: only a pair of the same does.
  private func isTold(_ own: PendingFinding, behind: ArraySlice<PendingFinding>) -> Bool {
    if own.isPaired { return neighbours.contains { $0.isPaired && $0.secret == own.secret } }
    return isCovered(own) || isToldBetter(own, behind: behind)
  }

  /// Whether a finding already told says the same: of the same bytes, or of more with no less confidence.
  private func isCovered(_ own: PendingFinding) -> Bool {
    guard !own.secret.isEmpty, !engine.isCanary(own.rule) else { return false }
    return neighbours.contains { other in
      guard let confidence = other.confidence, own.isOfKey || !other.isOfKey else { return false }
      let isBetter = own.isOfKey && !other.isOfKey || confidence >= own.confidence || other.secret == own.secret
      return isBetter && other.secret.lowerBound <= own.secret.lowerBound
        && own.secret.upperBound <= other.secret.upperBound
    }
  }

  /// Whether a rule that knows the value by its shape finds it in the value a key led to: all of it but a word before
  /// (`Bearer `) or a rest behind, or most of it.
  private func isToldBetter(_ own: PendingFinding, behind: ArraySlice<PendingFinding>) -> Bool {
    guard own.isOfKey, !own.isOpen else { return false }
    return behind.prefix { $0.secret.lowerBound < own.secret.upperBound }.contains { other in
      guard !other.isOfKey, engine.rules[other.rule].rule.isReported else { return false }
      return other.secret.upperBound == own.secret.upperBound || other.secret.lowerBound == own.secret.lowerBound
        || 2 * other.secret.clamped(to: own.secret).count >= own.secret.count
    }
  }

  private func finding(from pending: PendingFinding, others: [Range<Int>]) -> Finding {
    let rule = engine.rules[pending.rule].rule
    var confidence = pending.confidence
    var facts = pending.facts
    var halves: [Finding.Half] = []
    for (requirement, half) in zip(rule.required, pending.halves ?? []) {
      if let half {
        facts += ["\(half.rule) stands near, in line \(half.start.line)"] + half.facts
        let place = location(half.secret, half.start, half.end)
        halves.append(Finding.Half(rule: half.rule, location: place, identity: half.identity))
      } else {
        facts.append("its other half, \(requirement.id), is not near")
        confidence = confidence.lowered
      }
    }
    let shown = rule.shape.secretPrefix.prefix(4)
    var finding = Finding(
      rule: rule.id,
      summary: engine.isCanary(pending.rule) ? "" : engine.pack.details(at: pending.rule).summary,
      artifact: artifact,
      location: location(pending.secret, pending.start, pending.end),
      confidence: confidence, severity: pending.severity ?? rule.severity, fingerprint: pending.fingerprint,
      redacted: pending.secret.isEmpty ? "" : shown + "***",
      excerpt: ExcerptBuilder.excerpt(of: pending, others: others + pending.echoes), facts: facts,
      halves: halves, revealed: pending.revealed
    )
    finding.identity = pending.identity
    finding.isMarked = pending.isMarked
    return finding
  }

  private func location(_ secret: Range<Int>, _ start: LineCursor, _ end: LineCursor) -> Location {
    Location(
      start: secret.lowerBound, end: secret.upperBound, line: start.line, column: start.column, endLine: end.line,
      endColumn: end.column
    )
  }
}
