import Rules
import Testing

@Suite("The rule check")
struct RuleCheckTests {
  private func messages(_ text: String, origin: PackOrigin = .foreign) -> [String] {
    RuleCheck.survey(of: [source(text)], origin: origin).problems.map {
      "\($0.position.line) \($0.level) \($0.message)"
    }
  }

  @Test("has nothing to say about a whole rule")
  func clean() {
    #expect(messages(ownRule(), origin: .own) == [])
    #expect(messages(ownRule()) == [])
  }

  @Test("refuses an empty pack, as loading does")
  func empty() {
    #expect(messages("title = 'x'") == ["1 error the pack holds no rules: an empty pack finds nothing"])
  }

  @Test("names everything a bare foreign rule lacks, as warnings in the order of the file")
  func bare() {
    let found = messages("[[rules]]\nid = 'a'\nregex = '''[0-9a-z]+'''\nkeywords = ['abc', 'z']\ncontext = []")
    #expect(found.allSatisfy { $0.contains("warning") })
    for part in [
      "no description", "no remediation", "no since", "no references", "no examples", "no counterexamples",
      "unbounded quantifier is bounded to 8192", "runs over every byte", "need not hold the keyword abc",
    ] {
      #expect(found.contains { $0.contains(part) }, "\(part)")
    }
    #expect(found.map { $0.prefix { $0 != " " } } == found.map { $0.prefix { $0 != " " } }.sorted())
  }

  @Test(
    "accepts keywords the anchors prove or the pattern spells",
    arguments: [
      ("'''acme_[0-9]{8}'''", "\"ACME_\""), ("'''(?:live|test)_key_[0-9]{8}'''", "\"_key_\""),
      ("'''ac-[0-9]{20}T3BlbkFJ[0-9]{20}'''", "\"ac-\""), ("'''x\\-acme\\.[0-9]{8}'''", "\"x-acme.\""),
    ]
  )
  func keywords(_ regex: String, _ keyword: String) {
    #expect(messages(ownRule(["regex": regex, "keywords": "[\(keyword)]"])) == [])
  }

  @Test(
    "names a context word that another one stands in, whatever its separators are",
    arguments: [
      ("x_acme_api", "acme_api"), ("acmeapi", "acme_api"), ("x-acme.api", "acme_api"), ("ACMEToken", "acme"),
    ]
  )
  func needlessWords(_ word: String, _ other: String) {
    let found = messages(ownRule(["regex": "'[0-9a-f]{32}'", "context": "['\(word)', '\(other)']"]), origin: .own)
    #expect(found.contains { $0.hasSuffix("error the context word \(word) is needless: \(other) stands in it") })
  }

  @Test(
    "has nothing against words that do not stand in each other",
    arguments: [
      ("acme_api", "acmeapi2"), ("acme_api", "acme-api"), ("acme_key", "acme_token"), ("acmeapi.com", "acme_api"),
    ]
  )
  func neededWords(_ word: String, _ other: String) {
    let found = messages(ownRule(["regex": "'[0-9a-f]{32}'", "context": "['\(word)', '\(other)']"]))
    #expect(!found.contains { $0.contains("the context word \(word) is needless") })
  }

  @Test("finds bad templates at their very place, and as errors")
  func templates() {
    let found = RuleCheck.survey(of: [source(ownRule(["examples": "['a', '''bc{{hex:}}''']"]))], origin: .foreign)
      .problems
    #expect(
      found.map(\.text) == [
        "rules.toml:4:23: error: acme-token: bad template: the count must be a number above 0"
      ])
  }
}
