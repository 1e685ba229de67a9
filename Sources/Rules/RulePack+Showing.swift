extension RulePack {
  /// The pack with what people read of its rules as a function shows it: ids, wherever they stand, and details.
  ///
  /// Ids that are shown alike are numbered, so that each still names one rule.
  package func shown(_ shown: (String) -> String) -> RulePack {
    let details = rules.indices.map { self.details(at: $0) }
    // Most packs are shown as they are; one look at all of it tells.
    let texts = rules.map(\.id) + details.flatMap(\.texts)
    let all = texts.joined(separator: "\n")
    guard shown(all) != all else { return self }
    var ids: [String: String] = [:]
    var taken: Set<String> = []
    for rule in rules {
      let id = shown(rule.id)
      var numbered = id
      var number = 1
      while !taken.insert(numbered).inserted {
        number += 1
        numbered = "\(id)-\(number)"
      }
      ids[rule.id] = numbered
    }
    var pack = self
    for index in rules.indices {
      pack.rules[index].id = ids[rules[index].id] ?? shown(rules[index].id)
      for half in rules[index].required.indices {
        pack.rules[index].required[half].id = ids[rules[index].required[half].id] ?? rules[index].required[half].id
      }
    }
    for index in allowlists.indices { pack.allowlists[index].rules = allowlists[index].rules.map { ids[$0] ?? $0 } }
    pack.detailsSource = .decoded(details.map { $0.shown(shown) })
    return pack
  }
}

extension RuleDetails {
  fileprivate var texts: [String] {
    [summary, remediation, since] + references + tags + aliases + examples + counterexamples
  }

  fileprivate func shown(_ shown: (String) -> String) -> RuleDetails {
    RuleDetails(
      summary: shown(summary), remediation: shown(remediation), references: references.map(shown),
      tags: tags.map(shown),
      since: shown(since), aliases: aliases.map(shown), examples: examples.map(shown),
      counterexamples: counterexamples.map(shown))
  }
}
