import ByteText
import Findings
import Rules

// SAFETY: the views lie within the detector's window, which does not move while hits are tried.
extension Detector {
  /// Looks for a key and its value where a key word stands.
  func tryKey(_ hit: KeywordHit, isEnd: Bool) {
    let offset = window.base + hit.position
    guard offset >= nextKey else { return }
    let lower = max(window.base, offset - KeyReach.before)
    let upper = min(window.end, offset + KeyReach.behind)
    // SAFETY: both ends lie within the window.
    let bytes = unsafe ByteView(
      UnsafeRawBufferPointer(rebasing: window.bytes[(lower - window.base)..<(upper - window.base)]))
    let sighting = KeySearch.sighting(
      of: hit.keyword - engine.firstKeyWord, at: offset - lower, in: bytes, &names,
      isEnd: isEnd && upper == window.end, includingEmpty: engine.options.policy == .sot)
    nextKey = max(nextKey, lower + sighting.next)
    if let (head, name) = sighting.sheet { openSheet(head, name, in: bytes, at: lower, &sheets) }
    for var list in sighting.lists {
      list.series.next += lower
      openList(list)
    }
    if sighting.isCut { tell("holds a command with more secrets than are read together") }
    for found in sighting.pairs where isFresh(found.pair, at: lower) {
      judge(found.pair, found.name, in: bytes, at: lower, isEnd: isEnd)
    }
  }

  /// Whether what is around this layer does not tell a pair already: the lexer reads escaped quotes by itself.
  func isFresh(_ pair: KeyValue, at base: Int) -> Bool {
    let start = min(pair.key.lowerBound, pair.value.lowerBound)
    let end = max(pair.key.upperBound, pair.value.upperBound) + 1
    return isFresh(max(0, base + start - 1)..<(base + end), countsPlain: false)
  }

  /// Makes a match of a pair whose key is a secret's and whose value is one.
  ///
  /// - Parameters:
  ///   - head: the key where it does not stand in the view: the head of a column.
  ///   - isOfList: whether it is read apart from the key words, which then know nothing of its end.
  func judge(
    _ pair: KeyValue, _ name: KeyName, head: [UInt8]? = nil, in bytes: ByteView, at base: Int, isEnd: Bool,
    isOfList: Bool = false
  ) {
    guard let (context, rule) = context(of: pair, name, head: head, in: bytes) else { return }
    let valueJudge = ValueJudge(policy: engine.options.policy)
    switch valueJudge.opinion(context) {
    case .dropped(let reason):
      // Of what may be no secret's value nothing is told.
      guard awaited == nil else { return }
      drop(rule, match(of: pair, rule, at: base).secret, reason, facts: valueJudge.account(of: context))
    case .secret(let confidence, let severity, let grounds):
      var match = match(of: pair, rule, at: base)
      match.opinion = KeyOpinion(confidence: confidence, severity: severity, grounds: grounds)
      if pair.isCut {
        match.holdsKeys = !isOfList
        if let alphabet = engine.rules[rule].runOn { runOn(&match, alphabet, isEnd: isEnd) }
        if match.holdsKeys { nextKey = match.isOpen ? Int.max : max(nextKey, match.secret.upperBound) }
      }
      judge(match)
    }
  }

  /// What the judge is told of a pair, and the rule of its key; `nil` where the key is no secret's.
  func context(
    of pair: KeyValue, _ name: KeyName, head: [UInt8]? = nil, in bytes: ByteView
  ) -> (ValueContext, rule: Int)? {
    guard let role = name.role, let rule = engine.keyRules[role] else { return nil }
    return (ValueContext(pair, name: name, head: head, in: bytes, of: kind), rule)
  }

  func match(of pair: KeyValue, _ rule: Int, at base: Int) -> Match {
    // An empty value has no place of its own: its key is told.
    let place = pair.value.isEmpty ? pair.key : pair.value
    let value = (base + place.lowerBound)..<(base + place.upperBound)
    return Match(rule: rule, whole: value, secret: value, value: value)
  }
}
