import ByteText
import Rules

/// Rules nobody needs, to see what more of them cost.
enum Generated {
  /// Made-up keywords of five to twelve bytes, shaped like the prefixes providers use.
  static func keywords(count: Int) -> [Keyword] { prefixes(count: count).map { Keyword($0) } }

  /// The pack with as many made-up rules again.
  static func doubled(_ pack: RulePack) throws -> RulePack {
    var rules = pack.rules
    for prefix in prefixes(count: pack.rules.count) {
      let text = String(decoding: prefix, as: UTF8.self)
      let syntax = try PatternSyntax(parsing: "(?<secret>\(text)[0-9A-Za-z]{32})")
      let group = syntax.groupNames["secret"] ?? 0
      let shape = try syntax.shape(secretGroup: group)
      rules.append(Rule(id: "made-up-\(text)", pattern: syntax.text, secretGroup: group, shape: shape))
    }
    let details = rules.map { RuleDetails(summary: $0.id) }
    return RulePack(
      title: "doubled", rules: rules, allowlists: pack.allowlists, digest: pack.digest, detailsSource: .decoded(details)
    )
  }

  private static func prefixes(count: Int) -> [[UInt8]] {
    var generator = SeededGenerator(seed: 20)
    let letters = Array("abcdefghijklmnopqrstuvwxyz".utf8)
    return (0..<count).map { _ in
      let word = (0..<4 + generator.next(below: 8)).map { _ in generator.pick(letters) }
      return word + [0x5F]
    }
  }
}
