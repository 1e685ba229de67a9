extension ImportedFile {
  /// A gitleaks or betterleaks configuration: its words are ours, but for what nothing here does.
  init(gitleaks file: RuleFile, name: String) {
    self.init(name: name)
    losses = file.problems
    title = file.title?.value ?? ""
    if let extend = file.extend {
      usesDefault = extend.useDefault?.value ?? false
      if let path = extend.path { lose(path.position, "extend.path is not followed: import that file too") }
      if let url = extend.url { lose(url.position, "extend.url is not followed: import that file too") }
      for id in extend.disabledRules { lose(id.position, "disabledRules is not carried over: \(id.value.shown)") }
    }
    filter = file.filter?.value ?? ""
    prefilter = file.prefilter?.value ?? ""
    for expression in [file.filter, file.prefilter].compactMap(\.self)
    where (try? FilterExpression(parsing: expression.value)) == nil {
      lose(expression.position, "this expression over all findings has no counterpart: more is found than was")
      if expression == file.filter { filter = "" } else { prefilter = "" }
    }
    for entry in file.rules { rules.append(rule(entry)) }
    allowlists = file.allowlists.compactMap { list($0, rule: nil) }
  }

  private mutating func rule(_ entry: RuleFile.Entry) -> ImportedRule {
    var rule = ImportedRule(id: entry.id?.value ?? "", position: entry.position)
    if rule.id.isEmpty {
      rule.id = "rule-at-line-\(entry.position.line)"
      lose(entry.position, "a rule without an id: here it is \(rule.id)")
    }
    rule.description = entry.description?.value ?? ""
    rule.regex = entry.regex?.value ?? ""
    rule.secretGroup = entry.secretGroup.map(\.value)
    rule.path = entry.path?.value ?? ""
    rule.entropy = entry.entropy?.value
    rule.confidence = entry.confidence?.value ?? ""
    rule.severity = entry.severity?.value ?? ""
    rule.keywords = entry.keywords.map(\.value)
    rule.tags = entry.tags.map(\.value)
    rule.references = entry.references.map(\.value)
    rule.filter = entry.filter?.value ?? ""
    rule.prefilter = entry.prefilter?.value ?? ""
    rule.isReported = entry.skipReport?.value != true
    if let validate = entry.validate {
      lose(validate.position, rule: rule.id, "validate is left out: services are not asked")
    }
    for half in entry.required {
      guard let id = half.id?.value else { continue }
      rule.required.append(
        Rule.Requirement(id: id, withinLines: half.withinLines?.value, withinColumns: half.withinColumns?.value))
    }
    rule.allowlists = entry.allowlists.compactMap { list($0, rule: rule.id) }
    return rule
  }

  private mutating func list(_ entry: RuleFile.AllowlistEntry, rule: String?) -> ImportedAllowlist? {
    if let commit = entry.commits.first {
      lose(commit.position, rule: rule, "commits of an allowlist are left out: what is judged is content")
      // All of its conditions had to hold, and this one never does here.
      if ["AND", "&&"].contains(entry.condition?.value.uppercased()) { return nil }
    }
    let list = ImportedAllowlist(
      description: entry.description?.value ?? "", condition: entry.condition?.value ?? "",
      target: entry.regexTarget?.value ?? "", regexes: entry.regexes.map(\.value), paths: entry.paths.map(\.value),
      stopwords: entry.stopwords.map(\.value), rules: entry.targetRules.map(\.value)
    )
    return list.isEmpty ? nil : list
  }
}

extension RuleFile {
  /// Whether it filters by expressions or asks services, as only betterleaks' files do.
  var holdsExpressions: Bool {
    filter != nil || prefilter != nil
      || rules.contains { $0.filter != nil || $0.prefilter != nil || $0.validate != nil }
  }
}
