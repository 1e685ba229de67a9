import ByteText
import Findings
import PCRE2
import Rules

// SAFETY: every buffer is a piece of the detector's window, which does not move while a match is judged; indices are
// below its count.
extension Detector {
  /// Decides whether a match is a finding; counts it by reason where it is not.
  func judge(_ match: Match) {
    guard !match.secret.isEmpty, hearsCanaries || !engine.isCanary(match.rule) else { return }
    hasMatched = true
    if isHeld(match.whole) { return }
    if let reason = reasonToDrop(match) {
      drop(match, reason)
      return
    }
    let rule = engine.rules[match.rule].rule
    var confidence = rule.confidence
    var facts: [String] = []
    if let opinion = match.opinion {
      confidence = opinion.confidence
      // Nobody is told them of what passes redacted.
      if !keepsRedactions { facts = opinion.grounds.facts }
    }
    if let proof = rule.proof, let body = match.body {
      let check = match.check.map { unsafe Array(slice($0)) }
      let evidence = Evidence(proof.kind, of: unsafe Array(slice(body)), check: check)
      confidence = evidence.confidence(of: confidence)
      facts += evidence.facts
    }
    let value = unsafe slice(match.value)
    let start = place(match.secret.lowerBound)
    var finding = PendingFinding(
      rule: match.rule, secret: match.secret, isOpen: match.isOpen, start: start, end: start, confidence: confidence,
      ruleConfidence: rule.confidence, severity: match.opinion?.severity, isOfKey: match.opinion != nil, facts: facts,
      fingerprint: unsafe fingerprint(of: value),
      before: ExcerptBuilder.before(match.secret.lowerBound, start, in: window), after: [],
      revealed: engine.options.reveals ? unsafe Array(slice(match.secret)) : nil
    )
    finding.identity = engine.options.identityKey.map { unsafe Fingerprint(of: value, key: $0) }
    finding.isMarked = isMarked(match, finding.fingerprint)
    finding.echoes = unsafe ExcerptBuilder.echoes(
      of: value, in: finding.before, at: match.secret.lowerBound - finding.before.count)
    finding.openValue = unsafe Array(value)
    if !match.isOpen { end(&finding) }
    finding.awaited = awaited
    let redaction = keepsRedactions ? redaction(of: match) : nil
    if awaited != nil { finding.redaction = redaction } else if let redaction { redactions.append(redaction) }
    pending.append(finding)
  }

  /// Completes the finding of a match whose end was not at hand, as far as it is now.
  func close(_ match: Match) {
    let start = match.secret.lowerBound
    guard
      let index = pending.firstIndex(where: { $0.isOpen && $0.rule == match.rule && $0.secret.lowerBound == start })
    else { return }
    var finding = pending[index]
    unsafe finding.revealed?.append(contentsOf: slice(finding.secret.upperBound..<match.secret.upperBound))
    finding.secret = match.secret
    finding.isOpen = match.isOpen
    if !match.isOpen { end(&finding) }
    let redaction = keepsRedactions ? redaction(of: match) : nil
    if finding.awaited != nil { finding.redaction = redaction } else if let redaction { redactions.append(redaction) }
    pending[index] = finding
  }

  /// Fills in what is known once the end of the secret is.
  ///
  /// Not before: at the last byte at hand a CR cannot be told from half of a CRLF.
  private func end(_ finding: inout PendingFinding) {
    let offset = finding.secret.upperBound
    finding.end = place(offset)
    finding.after = ExcerptBuilder.after(offset, in: window)
    finding.echoes += unsafe finding.openValue.withUnsafeBytes {
      unsafe ExcerptBuilder.echoes(of: $0, in: finding.after, at: offset)
    }
    finding.openValue = []
  }

  /// Reports the artifact itself where a rule looks at the path alone.
  func judgePath() {
    for index in engine.pathOnly {
      guard let path = engine.rules[index].path, path.mayMatch(artifact.bytes, scratch) else { continue }
      if lists(of: index).contains(where: { $0.allows(secret: [], target: [], path: artifact.bytes, scratch: scratch) })
      {
        drop(index, 0..<0, .allowlist)
        continue
      }
      pending.append(
        PendingFinding(
          rule: index, secret: 0..<0, isOpen: false, start: LineCursor(), end: LineCursor(),
          confidence: engine.rules[index].rule.confidence, ruleConfidence: engine.rules[index].rule.confidence,
          facts: ["its path tells what it is"], fingerprint: nil,
          before: [], after: [], revealed: nil
        )
      )
    }
  }

  /// Whether the line of a match accepts its value, where the caller lets lines do so.
  ///
  /// Not of a value that runs on: only a part of it has the fingerprint.
  private func isMarked(_ match: Match, _ fingerprint: Fingerprint?) -> Bool {
    guard engine.options.heedsMarkers, let fingerprint, !match.isOpen, match.secret == match.value else { return false }
    return LineMarker.accepts(fingerprint, in: ExcerptBuilder.line(around: match.secret, in: window))
  }

  // MARK: Reasons

  func reasonToDrop(_ match: Match) -> DropReason? {
    let own = engine.rules[match.rule]
    if let path = own.path, !path.mayMatch(artifact.bytes, scratch) { return .path }
    let value = unsafe slice(match.value)
    if let least = own.rule.entropy, unsafe Entropy.shannon(value) < least { return .entropy }
    if isAllowed(match) { return .allowlist }
    guard engine.options.policy == .code else { return nil }
    let start = match.secret.lowerBound
    let surroundings = unsafe slice(max(window.base, start - LinkerName.reachBefore)..<start)
    if unsafe LinkerName.holds(value, behind: surroundings) { return .expression }
    if match.opinion != nil { return unsafe DocumentedExamples.contains(value) ? .example : nil }
    if own.rule.entropy != nil, own.rule.confidence < .high,
      let reason = unsafe reasonToDoubt(value, from: match.secret.lowerBound)
    {
      return reason
    }
    let before = unsafe slice(match.whole.lowerBound..<max(match.whole.lowerBound, match.secret.lowerBound))
    let prefix = own.rule.shape.secretPrefix.utf8.count
    if let reason = unsafe ValueFilter.reason(for: value, prefix: prefix, before: before) { return reason }
    return unsafe DocumentedExamples.contains(value) ? .example : nil
  }

  /// Why what a rule knows by a word beside it, and by no beginning of its own, is none: words make it up, as where a program's strings
  /// stand one behind another, or it says of itself that it is a digest (`sha256=…` in the list of what a package holds).
  private func reasonToDoubt(_ value: UnsafeRawBufferPointer, from start: Int) -> DropReason? {
    guard value.count >= 24, value.count < KeyReach.value else { return nil }
    let wording = unsafe Wording(Array(value))
    if wording.letters >= 24, wording.coverage > 0.75 { return .language }
    let before = unsafe slice(max(window.base, start - 96)..<start)
    return unsafe ValueShape.isDigest(Array(before) + Array(value.prefix(8))) ? .publicValue : nil
  }

  /// The allowlists that count for a rule; none for the canaries, which nobody may silence.
  private func lists(of rule: Int) -> [AllowlistMatcher] {
    guard !engine.isCanary(rule) else { return [] }
    let own = engine.rules[rule]
    return own.allowlists
      + engine.allowlists.filter { $0.allowlist.rules.isEmpty || $0.allowlist.rules.contains(own.rule.id) }
  }

  private func isAllowed(_ match: Match) -> Bool {
    let lists = lists(of: match.rule)
    guard !lists.isEmpty else { return false }
    let secret = unsafe Array(slice(match.value))
    return lists.contains { list in
      let target: [UInt8]
      switch list.allowlist.target {
      case .secret: target = secret
      case .match: target = unsafe Array(slice(match.whole))
      case .line: target = ExcerptBuilder.line(around: match.whole, in: window)
      }
      return list.allows(secret: secret, target: target, path: artifact.bytes, scratch: scratch)
    }
  }

  // MARK: Values

  /// The bytes of a range of the artifact that is at hand.
  private func slice(_ range: Range<Int>) -> UnsafeRawBufferPointer {
    let lower = max(0, range.lowerBound - window.base)
    // SAFETY: every caller asks for ranges of a match just made, which lie within the window.
    return unsafe UnsafeRawBufferPointer(rebasing: window.bytes[lower..<(range.upperBound - window.base)])
  }

  /// A value that could be found by trying gets no fingerprint under the key everybody knows.
  private func fingerprint(of value: UnsafeRawBufferPointer) -> Fingerprint? {
    if engine.options.key.isPublic, unsafe Entropy.guessableBits(value) < 64 { return nil }
    return unsafe Fingerprint(of: value, key: engine.options.key)
  }

  /// The line of a place at hand.
  func place(_ offset: Int) -> LineCursor {
    unsafe cursor.move(to: offset, in: window.bytes, at: window.base, earliest: window.start)
    return cursor
  }
}
