import Findings
import Testing

@testable import Rules

/// Rule files of other tools as packs of ours.
@Suite struct ImportTests {
  private func imported(_ text: String, _ name: String = "f") throws -> (PackImporter, RulePack) {
    let importer = try PackImporter(RuleSource(name: name, bytes: Array(text.utf8)))
    return (importer, try load(importer.text).pack)
  }

  @Test func `the rules of gitleaks and betterleaks come over with their allowlists, and what does not is told`() throws
  {
    let (importer, pack) = try imported(
      #"""
      title = "House"
      [[rules]]
      id = "house-token"
      description = "House token"
      regex = '''house_([a-z]{8})'''
      secretGroup = 1
      entropy = 2.5
      keywords = ["house_"]
      validate = '''http.get("x")'''
      [[rules.allowlists]]
      regexTarget = "line"
      regexes = ['''it's a "test"''']
      commits = ["abc"]
      [[rules]]
      id = "house-token"
      regex = '''other_[a-z]{8}'''
      [[rules]]
      id = "broken"
      regex = '''(?<a>x)\1'''
      [allowlist]
      paths = ['''\.lock$''']
      """#)
    #expect(importer.format == .betterleaks && pack.title == "House")
    #expect(pack.rules.map(\.id) == ["house-token", "house-token-2"])
    #expect(pack.rules[0].entropy == 2.5 && pack.rules[0].allowlists[0].patterns == ["it's a \"test\""])
    #expect(pack.allowlists.map(\.paths) == [["\\.lock$"]])
    let told = importer.losses.map(\.message)
    for word in ["validate is left out", "commits of an allowlist", "the id stands twice", "left out: bad pattern"] {
      #expect(told.contains { $0.hasPrefix(word) }, "\(word): \(told)")
    }
  }

  @Test(arguments: ["AND", "and", "&&"])
  func `an allowlist that asks for a commit as well is left out, however it says so`(_ condition: String) throws {
    let (importer, pack) = try imported(
      """
      [[rules]]
      id = "house-token"
      regex = "house_[a-z]{8}"
      [[rules.allowlists]]
      condition = "\(condition)"
      commits = ["abc"]
      paths = ['.*']
      """)
    #expect(pack.rules[0].allowlists.isEmpty)
    #expect(importer.losses.contains { $0.message.hasPrefix("commits of an allowlist") })
  }

  @Test func `a byte order mark may stand before the first header`() throws {
    let (importer, pack) = try imported("\u{FEFF}[[rules]]\nid = \"house-token\"\nregex = \"house_[a-z]{8}\"\n")
    #expect(importer.format == .gitleaks && pack.rules.map(\.id) == ["house-token"])
  }

  @Test func `kingfisher's and noseyparker's rules come over with group, entropy, examples and pairs`() throws {
    let (importer, pack) = try imported(
      #"""
      rules:
        - name: House Key
          id: kingfisher.house.1
          pattern: |
            (?xi)
            \b
            (house_[a-z0-9]{12})   # the key
            \b
          min_entropy: 3.3
          confidence: medium
          examples:
            - 'key = house_a1b2c3d4e5f6 {{x}}'
          references: [https://example.com/keys, http://old.example.com]
          validation: { type: Http }
          depends_on_rule:
            - rule_id: kingfisher.house.2
              variable: ID
          pattern_requirements:
            min_digits: 2
            ignore_if_contains: [test]
        - name: House Id
          id: kingfisher.house.2
          pattern: 'hid_(?P<TOKEN>[0-9]{8})(x)?'
          visible: false
        - name: No Pattern
          id: np.none.1
      """#)
    #expect(importer.format == .kingfisher && pack.rules.map(\.id) == ["kingfisher.house.1", "kingfisher.house.2"])
    #expect(pack.rules[0].secretGroup == 1 && pack.rules[0].entropy == 3.3 && pack.rules[0].confidence == .medium)
    #expect(pack.rules[0].required == [Rule.Requirement(id: "kingfisher.house.2")])
    #expect(pack.rules[0].allowlists.map(\.stopwords) == [["test"]])
    #expect(pack.rules[1].secretGroup == 1 && !pack.rules[1].isReported)
    let details = pack.details(at: 0)
    #expect(details.references == ["https://example.com/keys"])
    let example = try Template(parsing: details.examples[0]).expand(seed: 1).bytes
    #expect(String(decoding: example, as: UTF8.self) == "key = house_a1b2c3d4e5f6 {{x}}")
    let told = importer.losses.map(\.message)
    for word in ["validation is left out", "pattern_requirements.min_digits", "left out: it has no id or no pattern"] {
      #expect(told.contains { $0.hasPrefix(word) }, "\(word): \(told)")
    }
  }

  @Test(arguments: [
    ("[[rules]]\nid = 'a-b'\nregex = 'house_[a-z]{8}'", PackImporter.Format.gitleaks),
    ("  [[ rules ]]\nid = 'a-b'\nregex = 'house_[a-z]{8}'\nvalidate = 'x'", .betterleaks),
    ("filter = 'entropy(finding[\"secret\"]) <= 3.0'\n[[rules]]\nid = 'a-b'\nregex = 'house_[a-z]{8}'", .betterleaks),
    ("rules:\n- {name: A B, id: np.a.1, pattern: 'house_[a-z]{8}', examples: [house_abcdefgh]}", .noseyparker),
    ("rules:\n- {name: A B, id: kingfisher.a.1, pattern: 'house_[a-z]{8}'}", .kingfisher),
    ("rules:\n- {name: A B, id: a.1, pattern: 'house_[a-z]{8}', min_entropy: 2}", .kingfisher),
    ("detectors:\n- {name: A B, regex: {a: 'house_[a-z]{8}'}}", .trufflehog),
    ("patterns:\n- pattern: {name: A B, regex: 'house_[a-z]{8}'}", .secretsPatternsDB),
  ])
  func `the tool is told by what the file holds`(_ text: String, _ format: PackImporter.Format) throws {
    let (importer, pack) = try imported(text)
    #expect(importer.format == format && pack.rules.count == 1, "\(importer.losses)")
  }

  @Test(arguments: [
    (
      "rules:\n- {id: a.1, name: a, pattern: 'house_[a-z]{8}', %}",
      [
        ("confidence: certain", "confidence is left out: certain"),
        ("min_entropy: much", "min_entropy is left out: much"),
        ("min_entropy: [1]", "min_entropy is left out"), ("examples: [{a: b}]", "an element of examples"),
        ("references: [http://a.example]", "references that are no https"),
        ("depends_on_rule: [{rule: x}]", "a dependency"),
        ("depends_on_rule: [{rule_id: x}]", "requires x"), ("visible: [false]", "visible is left out"),
        ("description: {a: b}", "description is left out"), ("odd: 1", "odd is left out"),
      ]
    ),
    (
      "detectors:\n- {name: a b, regex: {a: 'house_[a-z]{8}'}, %}",
      [
        ("entropy: -1", "entropy is left out: -1"), ("keywords: [[a]]", "an element of keywords"),
        ("primary_regex_name: b", "no regex is called b"), ("exclude_words: {a: b}", "an element of exclude_words"),
      ]
    ),
    (
      "patterns:\n- pattern: {name: a b, regex: 'house_[a-z]{8}', %}",
      [
        ("confidence: sure", "confidence is left out: sure"), ("odd: 1", "odd is left out"),
      ]
    ),
    (
      "rulesets: [x]\nrules:\n- {id: a.1, name: %, pattern: 'house_[a-z]{8}'}",
      [
        ("a", "rulesets is left out"), ("[a]", "name is left out"),
      ]
    ),
  ])
  func `odd members are told, and the rule comes over without them`(
    _ text: String, _ cases: [(member: String, told: String)]
  ) throws {
    for (member, told) in cases {
      let (importer, pack) = try imported(text.replacing("%", with: member))
      #expect(pack.rules.count == 1, "\(member)")
      #expect(importer.losses.contains { $0.message.hasPrefix(told) }, "\(member): \(importer.losses.map(\.message))")
    }
  }

  @Test func `trufflehog's detectors become rules, their other patterns halves of a pair`() throws {
    let (importer, pack) = try imported(
      #"""
      detectors:
        - name: Hog Detector
          keywords: [hog]
          regex:
            hogID: '\b(HOG[0-9A-Z]{17})\b'
            hogToken: '[^A-Za-z0-9+\/]{0,1}([A-Za-z0-9+\/]{40})[^A-Za-z0-9+\/]{0,1}'
          primary_regex_name: hogToken
          entropy: 3.5
          exclude_words: [sample]
          exclude_regexes_match: ['^x']
          verify:
            - endpoint: http://localhost:8000/
      """#)
    #expect(importer.format == .trufflehog && pack.rules.map(\.id) == ["hog-detector-hogid", "hog-detector-hogtoken"])
    #expect(pack.rules[1].required == [Rule.Requirement(id: "hog-detector-hogid")] && pack.rules[0].required == [])
    #expect(pack.rules.allSatisfy { $0.secretGroup == 1 && $0.entropy == 3.5 && $0.allowlists.count == 2 })
    #expect(importer.losses.contains { $0.message.hasPrefix("verify is left out") })
  }

  @Test func `the list of secrets-patterns-db comes over`() throws {
    let (importer, pack) = try imported(
      #"""
      patterns:
        - pattern:
            name: AWS API Gateway
            regex: "[0-9a-z]+.execute-api.[0-9a-z._-]+.amazonaws.com"
            confidence: low
        - pattern:
            name: AWS API Gateway
            regex: "(?P<a>"
            confidence: high
      """#)
    #expect(importer.format == .secretsPatternsDB && pack.rules.map(\.id) == ["aws-api-gateway"])
    #expect(pack.rules[0].confidence == .low)
    #expect(importer.losses.contains { $0.message.hasPrefix("left out: bad pattern") })
  }

  @Test(arguments: ["", "{}", "a: 1", "[]", "rules: &a [x]", "just text"]) func `what is no rule file is refused`(
    _ text: String
  ) {
    #expect(throws: RulesError.self) { try PackImporter(RuleSource(name: "f", bytes: Array(text.utf8))) }
  }

  @Test func `a file of which nothing compiles gives no pack`() throws {
    let source = "rules:\n- {name: a, id: b, pattern: '(('}"
    #expect(try PackImporter(RuleSource(name: "f", bytes: Array(source.utf8))).text == "")
  }

  @Test(arguments: ["'", "'''", "\n", "a\nb", "\\", "\"", "\u{7F}\t\r", "é", "x'", "''x"])
  func `any text survives the way into TOML`(
    _ text: String
  ) throws {
    var file = ImportedFile(name: "")
    var rule = ImportedRule(id: "a-b", position: .start)
    (rule.description, rule.regex, rule.examples) = ("d" + text, "house_[a-z]{8}", [text, text + "b"])
    file.title = "t"
    file.rules = [rule]
    let pack = try load(file.text).pack
    #expect(pack.details(at: 0).summary == "d" + text && pack.details(at: 0).examples == [text, text + "b"])
  }

  @Test(arguments: ["acme", "a1-b2", "open-ai"]) func `a skeleton is held to every law of our own rules`(
    _ provider: String
  ) throws {
    let skeleton = try #require(RuleSkeleton(provider: provider))
    let source = RuleSource(name: "f", bytes: Array(skeleton.text.utf8))
    #expect(RuleCheck.survey(of: [source], origin: .own).problems == [])
    #expect(try load(skeleton.text, origin: .own).pack.rules.map(\.id) == ["\(provider)-api-key"])
  }

  @Test(arguments: ["", "Acme", "a b", "-a", "a-", "a--b", "1a", "é", "a/b"])
  func `a name that is none gets no skeleton`(_ name: String) {
    #expect(RuleSkeleton(provider: name) == nil)
  }

  @Test func `a page shows every rule with its templates as they are written, and nothing is markup by accident`()
    throws
  {
    let pack = try load(ownRule(["description": "\"A_b *c* <d>.\""], extra: "tags = ['a|b']"), origin: .own).pack
    let page = RulePage(name: "acme", title: "Acme", rules: [(pack.rules[0], pack.details(at: 0))])
    for text in [
      "## acme-token\n", "A\\_b \\*c\\* \\<d\\>.", "| tags | `a\\|b` |", "~~~\nkey={{<}}acme_{{hex:32}}{{>}}\n~~~",
    ] {
      #expect(page.text.contains(text), "\(text) in\n\(page.text)")
    }
    #expect(RulePage.index([page]).contains("| [Acme](acme.md) | [acme-token](acme.md#acme-token) |"))
  }
}
