/// The rules of one scan, with what applies to all of them.
package struct RulePack: Sendable {
  package var title: String
  package var rules: [Rule]
  /// Allowlists that count for all rules, or for those they name.
  package var allowlists: [Allowlist]
  /// SHA-256 over the canonical form of every rule in order, 64 hex digits: what reports name.
  package var digest: String
  /// Where the details of the rules are; see `details(at:)`.
  package var detailsSource: DetailsSource

  /// Where rule details come from.
  package enum DetailsSource: Sendable {
    /// Already decoded, one per rule.
    case decoded([RuleDetails])
    /// In a pack image, decoded one by one when they are asked for.
    case image(PackImage)
  }

  package init(
    title: String, rules: [Rule], allowlists: [Allowlist] = [], digest: String, detailsSource: DetailsSource
  ) {
    self.title = title
    self.rules = rules
    self.allowlists = allowlists
    self.digest = digest
    self.detailsSource = detailsSource
  }

  /// What people read about the rule at that index.
  package func details(at index: Int) -> RuleDetails {
    switch detailsSource {
    case .decoded(let details): details[index]
    case .image(let image): image.details(at: index)
    }
  }
}
