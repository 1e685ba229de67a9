package import Findings
package import Rules

extension Rule {
  /// A rule from a pattern alone; the secret is the group named `secret`, or the whole match.
  package init(
    testing pattern: String, id: String = "test", confidence: Confidence = .medium
  ) throws {
    let syntax = try PatternSyntax(parsing: pattern)
    let group = syntax.groupNames["secret"] ?? 0
    self.init(
      id: id, pattern: syntax.text, secretGroup: group, shape: try syntax.shape(secretGroup: group),
      confidence: confidence
    )
  }
}

extension RulePack {
  /// A pack of rules made for a test.
  package init(testing rules: [Rule], allowlists: [Allowlist] = []) {
    self.init(
      title: "test", rules: rules, allowlists: allowlists, digest: String(repeating: "0", count: 64),
      detailsSource: .decoded(rules.map { RuleDetails(summary: "rule \($0.id)") })
    )
  }

  /// A pack of patterns, with ids `rule-0`, `rule-1` and so on.
  package init(patterns: [String]) throws {
    self.init(testing: try patterns.enumerated().map { try Rule(testing: $1, id: "rule-\($0)") })
  }
}
