internal import Crypto
internal import Findings

extension RulePack {
  /// SHA-256 over the canonical form of the rules and the pack's allowlists, 64 lower-case hex digits.
  ///
  /// Everything that decides what is found takes part, and nothing that is only derived from it or read by people.
  ///
  /// - Complexity: linear in the size of the rules.
  package static func digest(of rules: [Rule], allowlists: [Allowlist]) -> String {
    var form = CanonicalForm()
    form.add("leakgate rules 1")
    form.add(rules.count)
    for rule in rules { form.add(rule) }
    form.add(allowlists)
    return form.hash
  }

  /// The digest of two packs as one, from theirs: no rule is read again when a scan starts.
  package static func digest(joining one: String, _ other: String) -> String {
    var form = CanonicalForm()
    form.add("leakgate packs 1")
    form.add([one, other])
    return form.hash
  }
}

/// Rules as bytes in which every field has its length, so that no two packs have the same form.
private struct CanonicalForm {
  private(set) var bytes: [UInt8] = []

  var hash: String {
    let hash = SHA256.hash(data: bytes)
    return String(decoding: hash.flatMap(\.hexDigits), as: UTF8.self)
  }

  mutating func add(_ number: Int) {
    for shift in stride(from: 0, to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: number >> shift)) }
  }

  mutating func add(_ text: String) {
    add(text.utf8.count)
    bytes += Array(text.utf8)
  }

  mutating func add(_ number: Int?) {
    add(number == nil ? 0 : 1)
    if let number { add(number) }
  }

  mutating func add(_ texts: [String]) {
    add(texts.count)
    for text in texts { add(text) }
  }

  mutating func add(_ allowlists: [Allowlist]) {
    add(allowlists.count)
    for list in allowlists {
      add(list.condition.rawValue)
      add(list.target.rawValue)
      add(list.patterns)
      add(list.paths)
      add(list.stopwords)
      add(list.rules)
    }
  }

  mutating func add(_ rule: Rule) {
    add(rule.id)
    add(rule.pattern)
    add(rule.secretGroup)
    add(rule.shape.maximumLength)
    add(rule.entropy.map { Int(bitPattern: UInt(truncatingIfNeeded: $0.bitPattern)) })
    add(rule.proof.map { [$0.kind.rawValue, String($0.bodyGroup), String($0.checkGroup)] } ?? [])
    add(rule.confidence.name)
    add(rule.severity.name)
    add(rule.path.map { [$0] } ?? [])
    add(rule.allowlists)
    add(rule.required.count)
    for half in rule.required {
      add(half.id)
      add(half.withinLines)
      add(half.withinColumns)
    }
    add(rule.isReported ? 1 : 0)
    if let keys = rule.keys { add(keys.rawValue) }
  }
}
