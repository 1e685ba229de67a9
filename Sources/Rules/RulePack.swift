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
    /// In several of these: for each rule, in which and where there.
    indirect case combined([DetailsSource], [DetailsPlace])

    func details(at index: Int) -> RuleDetails {
      switch self {
      case .decoded(let details): details[index]
      // The image was checked as a whole when the pack was read from it, so this cannot fail for a rule of the pack.
      case .image(let image): (try? image.details(at: index)) ?? RuleDetails(summary: "")
      case .combined(let sources, let places): sources[places[index].source].details(at: places[index].index)
      }
    }
  }

  /// Where the details of one rule of a combined pack are.
  package struct DetailsPlace: Sendable {
    var source: Int
    var index: Int
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
  package func details(at index: Int) -> RuleDetails { detailsSource.details(at: index) }

  /// Whether any rule or allowlist looks at an artifact's path, so that equal content can be judged differently.
  package var readsPaths: Bool {
    rules.contains { $0.path != nil || $0.allowlists.contains { !$0.paths.isEmpty } }
      || allowlists.contains { !$0.paths.isEmpty }
  }
}
