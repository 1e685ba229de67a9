internal import Findings

/// Compiles one rule as written.
struct EntryCompiler {
  let entry: RuleFile.Entry
  let origin: PackOrigin
  var problems: [RuleProblem] = []

  init(entry: RuleFile.Entry, origin: PackOrigin) {
    self.entry = entry
    self.origin = origin
  }

  // MARK: Reports

  mutating func report(_ level: RuleProblem.Level, _ position: TextPosition?, _ message: String) {
    problems.append(
      RuleProblem(
        level: level, file: entry.file, position: position ?? entry.position, rule: entry.id?.value.shown,
        message: message
      )
    )
  }

  mutating func fail(_ position: TextPosition?, _ message: String) { report(.error, position, message) }

  /// What a foreign pack may do and an own one may not.
  mutating func doubt(_ position: TextPosition?, _ message: String) {
    report(origin == .own ? .error : .warning, position, message)
  }

  // MARK: The rule

  /// The rule, or `nil` where an error keeps it from being used.
  mutating func rule(_ trial: PatternTrial) -> Rule? {
    let before = problems.count
    let id = identifier()
    if !entry.hasPattern { fail(nil, "the rule has neither regex nor path: give it one") }
    var rule = Rule(
      id: id, pattern: "", secretGroup: 0,
      shape: PatternShape(lookbehind: 0, maximumLength: 0, lookahead: 0, anchors: [], anchorOffset: 0...0)
    )
    if let regex = entry.regex, !regex.value.isEmpty { compile(regex, into: &rule, trial) }
    rule.entropy = entropy()
    if let written = entry.confidence, let value = named(written, "confidence", Confidence.allCases, \.name) {
      rule.confidence = value
    }
    if let written = entry.severity, let value = named(written, "severity", Severity.allCases, \.name) {
      rule.severity = value
    }
    rule.path = path(trial)
    rule.allowlists = entry.allowlists.compactMap {
      Allowlist(compiling: $0, origin: origin, rule: id, trial, problems: &problems)
    }
    rule.required = requirements()
    rule.isReported = entry.skipReport?.value != true
    if origin == .own, let skip = entry.skipReport {
      fail(skip.position, "skipReport is only for packs of other tools: remove it")
    }
    compileExpressions(into: &rule, trial)
    return problems[before...].contains(where: \.isError) ? nil : rule
  }

  /// What people read about the rule.
  func details() -> RuleDetails {
    let summary = entry.description?.value ?? ""
    return RuleDetails(
      summary: summary.isEmpty ? "Match of the rule \(entry.id?.value ?? "")." : summary,
      remediation: entry.remediation?.value ?? "", references: entry.references.map(\.value),
      tags: entry.tags.map(\.value), since: entry.since?.value ?? "", aliases: entry.aliases.map(\.value),
      examples: entry.examples.map(\.value), counterexamples: entry.counterexamples.map(\.value)
    )
  }

  /// The entry as a change to a rule of the default pack.
  mutating func override(_ trial: PatternTrial) -> RuleOverride {
    var override = RuleOverride(file: entry.file, position: entry.position, id: entry.id?.value ?? "")
    override.entropy = entropy()
    override.allowlists = entry.allowlists.compactMap {
      Allowlist(compiling: $0, origin: origin, rule: override.id, trial, problems: &problems)
    }
    if let filter = entry.filter {
      let compiled = Allowlist.compiling(
        filter: filter, file: entry.file, rule: override.id, trial, problems: &problems)
      override.allowlists += compiled.allowlists
      override.entropy = [override.entropy, compiled.entropy].compactMap(\.self).max()
    }
    if let group = entry.secretGroup, group.value != 0 {
      report(.warning, group.position, "secretGroup of a rule of the default pack is not changed")
    }
    return override
  }

  private mutating func identifier() -> String {
    guard let id = entry.id, !id.value.isEmpty else {
      fail(entry.id?.position, "the rule has no id")
      return ""
    }
    let bytes = Array(id.value.utf8)
    if origin == .own {
      let parts = bytes.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
      let isPlain = parts.allSatisfy { part in
        !part.isEmpty && part.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) }
      }
      if !isPlain || parts.count < 2 {
        fail(id.position, "an id is provider-kind: lower-case letters and digits in parts joined by dashes")
      }
    } else if bytes.contains(where: { $0 < 0x20 || $0 == 0x7F }) {
      fail(id.position, "the id holds control characters")
    }
    return id.value
  }

  private mutating func entropy() -> Double? {
    guard let entropy = entry.entropy, entropy.value != 0 else { return nil }
    guard entropy.value > 0, entropy.value <= 8 else {
      fail(entropy.position, "entropy is in bits per byte: more than 0 and at most 8")
      return nil
    }
    return entropy.value
  }

  private mutating func named<Value>(
    _ written: Written<String>, _ key: String, _ values: [Value], _ name: (Value) -> String
  ) -> Value? {
    if let value = values.first(where: { name($0) == written.value }) { return value }
    fail(written.position, "\(key) must be one of \(values.map(name).joined(separator: ", "))")
    return nil
  }

  private mutating func path(_ trial: PatternTrial) -> String? {
    guard let path = entry.path, !path.value.isEmpty else { return nil }
    do {
      let text = try PatternSyntax(parsing: path.value).text
      guard let refusal = trial(text) else { return text }
      fail(path.position, "bad path pattern: \(refusal.reason)")
      return nil
    } catch {
      fail(path.position(at: error.offset), "bad path pattern: \(error.reason.shown)")
      return nil
    }
  }

  private mutating func requirements() -> [Rule.Requirement] {
    var requirements: [Rule.Requirement] = []
    for half in entry.required {
      guard let id = half.id, !id.value.isEmpty else {
        fail(half.position, "[[rules.required]] needs the id of the rule it requires")
        continue
      }
      for distance in [half.withinLines, half.withinColumns].compactMap(\.self) where distance.value < 0 {
        fail(distance.position, "a distance cannot be negative")
      }
      requirements.append(
        Rule.Requirement(id: id.value, withinLines: half.withinLines?.value, withinColumns: half.withinColumns?.value)
      )
    }
    return requirements
  }

  private mutating func compileExpressions(into rule: inout Rule, _ trial: PatternTrial) {
    for filter in [entry.filter, entry.prefilter].compactMap(\.self) {
      if origin == .own {
        fail(filter.position, "expressions are only for packs of other tools: write entropy and [[rules.allowlists]]")
        continue
      }
      let compiled = Allowlist.compiling(
        filter: filter, file: entry.file, rule: rule.id, trial, problems: &problems)
      rule.allowlists += compiled.allowlists
      if let entropy = compiled.entropy { rule.entropy = max(rule.entropy ?? 0, entropy) }
    }
    if let validate = entry.validate {
      fail(validate.position, "asking services whether a secret is live is not supported: remove validate")
    }
  }
}
