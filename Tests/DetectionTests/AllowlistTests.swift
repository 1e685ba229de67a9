import Detection
import Findings
import Rules
import Testing
import TestSupport

/// What a pack allows, and no more.
@Suite struct AllowlistTests {
  private static let pattern = "key=(?<secret>[a-z]{6,12});"

  /// Secrets found in a text by a rule with allowlists of its own.
  private func found(_ lists: [Allowlist], _ text: String, named name: String = "src/a.txt") throws -> [Range<Int>] {
    let engine = try Engine(testing: [Rule(Self.pattern) { $0.allowlists = lists }])
    let found = engine.findings(in: text, named: name)
    let dropped = engine.dropped(in: text, named: name)["allowlist"] ?? 0
    #expect(found.count + dropped == text.split(separator: "key=", omittingEmptySubsequences: false).count - 1)
    return found.map(\.range)
  }

  private static let text = "a key=qzjwmr; b key=hvbktx; c"

  @Test func `patterns are held against the secret, the match or the line`() throws {
    let all = [6..<12, 20..<26]
    #expect(try found([], Self.text) == all)
    #expect(try found([Allowlist(patterns: ["^qzj"])], Self.text) == [all[1]])
    #expect(try found([Allowlist(patterns: ["key=q"])], Self.text) == all)
    #expect(try found([Allowlist(target: .match, patterns: ["^key=q.*;$"])], Self.text) == [all[1]])
    #expect(try found([Allowlist(target: .match, patterns: ["b key"])], Self.text) == all)
    #expect(try found([Allowlist(target: .line, patterns: ["b key"])], Self.text) == [])
    #expect(try found([Allowlist(target: .line, patterns: ["^a .* c$"])], Self.text) == [])
    #expect(try found([Allowlist(target: .line, patterns: ["b key"])], "b key\nkey=qzjwmr;\nb key") == [10..<16])
  }

  @Test func `conditions of several kinds hold one by one or all together`() throws {
    for (condition, kinds) in [(Allowlist.Condition.any, 1), (.all, 3)] {
      for subset in 0..<8 {
        let list = Allowlist(
          condition: condition, patterns: [subset & 1 == 0 ? "^none$" : "zj"],
          paths: [subset & 2 == 0 ? "^none$" : "^src/"],
          stopwords: [subset & 4 == 0 ? "none" : "JWM"]
        )
        let isAllowed = subset.nonzeroBitCount >= kinds
        #expect(try found([list], "key=qzjwmr;") == (isAllowed ? [] : [4..<10]), "\(condition) \(subset)")
      }
    }
  }

  @Test func `an allowlist without a condition allows nothing`() throws {
    for condition in [Allowlist.Condition.any, .all] {
      #expect(try found([Allowlist(condition: condition)], "key=qzjwmr;") == [4..<10])
    }
  }

  @Test func `stopwords count in any case, inside the secret alone`() throws {
    #expect(try found([Allowlist(stopwords: ["ZJWM"])], Self.text) == [20..<26])
    #expect(try found([Allowlist(stopwords: ["key", "none"])], Self.text).count == 2)
  }

  @Test func `paths are held against the name as bytes`() throws {
    let list = Allowlist(paths: ["\\.lock$", "^\\xff"])
    #expect(try found([list], "key=qzjwmr;", named: "a/b.lock") == [])
    #expect(try found([list], "key=qzjwmr;", named: "a/b.lock.txt") == [4..<10])
    let engine = try Engine(testing: [Rule(Self.pattern) { $0.allowlists = [list] }])
    let detector = Detector(engine: engine)
    detector.begin(ArtifactName(bytes: [0xFF, 0x61]))
    detector.feed(Array("key=qzjwmr;".utf8))
    detector.finish()
    #expect(detector.takeFindings().isEmpty)
  }

  @Test func `a pack's allowlist counts for all its rules, or for those it names`() throws {
    let rules = try [Rule("one (?<secret>[a-z]{6})", id: "one"), Rule("two (?<secret>[a-z]{6})", id: "two")]
    let text = "one qzjwmr two qzjwmr"
    for (ids, left) in [([], []), (["one"], ["two"]), (["two"], ["one"]), (["three"], ["one", "two"])]
      as [([String], [String])]
    {
      let engine = try Engine(testing: rules, allowlists: [Allowlist(patterns: ["^qz"], rules: ids)])
      #expect(engine.findings(in: text).map(\.rule) == left)
    }
  }

  @Test func `an allowlist pattern that gives up, or is broken, allows nothing`() throws {
    let costly = Allowlist(patterns: ["^(?:[a-z]|[a-z][a-z]){2,60}[!?]"])
    let rule = try Rule("key=(?<secret>[a-z]{6,70})") { $0.allowlists = [costly] }
    #expect(try Engine(testing: [rule]).findings(in: "key=" + String(repeating: "qz", count: 32)).count == 1)
    #expect(try found([Allowlist(patterns: ["("])], "key=qzjwmr;") == [4..<10])
  }

  @Test func `the line an allowlist sees is the same in every cut`() throws {
    let rule = try Rule(Self.pattern) { $0.allowlists = [Allowlist(target: .line, patterns: ["#ok"])] }
    let engine = try Engine(testing: [rule])
    var random = SeededRandom(seed: 8)
    var text = ""
    for _ in 0..<60 {
      text += random.pick(["key=qzjwmr; ", "\n", "#ok ", String(repeating: "-", count: 900), "key=hvbktx;", "\nnext "])
    }
    let whole = engine.findings(in: text)
    #expect(!whole.isEmpty && !engine.dropped(in: text).isEmpty)
    for size in [1, 100, 1000, 5000] {
      #expect(engine.findings(in: text, chunkSize: size) == whole, "chunk size \(size)")
    }
  }

  @Test func `an allowlist sees the same secret in every cut`() throws {
    let rule = try Rule("key:(?<secret>[a-f]{4,16})") { $0.allowlists = [Allowlist(stopwords: ["fade"])] }
    let engine = try Engine(testing: [rule])
    let text = "key:" + String(repeating: "abcdef", count: 100) + "fade!" + String(repeating: ".", count: 500)
    let whole = engine.findings(in: text)
    for size in [1, 10, 100, 300] { #expect(engine.findings(in: text, chunkSize: size) == whole, "chunk size \(size)") }
  }

  @Test func `J06: the allow comments of other tools, and ours, change nothing`() throws {
    let engine = try Engine(testing: [Rule(Self.pattern)], policy: .code)
    let value = "key=qzjwmrhvbk;"
    let own = engine.findings(in: value)[0].fingerprint?.text ?? "0123456789abcdef0123456789abcdef"
    let comments = [
      "gitleaks:allow", "betterleaks:allow", "#gitleaks:allow", "pragma: allowlist secret", "pragma: whitelist secret",
      "pragma: allowlist nextline secret", "trufflehog:ignore", "nosecret", "noqa: secret", "kingfisher:ignore",
      "NOSONAR",
      "ggignore", "ripsecrets: ignore", "titus:ignore", "leakgate:allow", "leakgate:allow \(own)",
    ]
    for comment in comments {
      for text in ["\(value) # \(comment)", "// \(comment)\n\(value)", "{\"a\":\"\(comment)\",\"b\":\"\(value)\"}"] {
        #expect(engine.findings(in: text).count == 1, "\(text)")
      }
    }
  }

  // MARK: Paths

  private static func pathRule(_ path: String) -> Rule {
    let shape = PatternShape(lookbehind: 0, maximumLength: 0, lookahead: 0, anchors: [], anchorOffset: 0...0)
    return Rule(id: "path", pattern: "", secretGroup: 0, shape: shape, path: path)
  }

  @Test func `a rule that looks at paths alone reports the artifact, even an empty one`() throws {
    let engine = try Engine(testing: [Self.pathRule("\\.p12$"), Rule(Self.pattern)])
    for text in ["", "some text", "key=qzjwmr;"] {
      let found = engine.findings(in: text, named: "a/b.p12")
      #expect(found.map(\.rule) == (text.hasPrefix("key") ? ["path", "test"] : ["path"]))
      let place = Location(start: 0, end: 0, line: 1, column: 1, endLine: 1, endColumn: 1)
      #expect(found[0].location == place && found[0].redacted == "" && found[0].fingerprint == nil)
      #expect(engine.findings(in: text, named: "a/b.p12.txt").filter { $0.rule == "path" }.isEmpty)
    }
  }

  @Test func `a rule with a path counts only there`() throws {
    let engine = try Engine(testing: [Rule(Self.pattern) { $0.path = "\\.env$" }])
    #expect(engine.findings(in: "key=qzjwmr;", named: "a.env").count == 1)
    #expect(engine.findings(in: "key=qzjwmr;", named: "a.txt").isEmpty)
    #expect(engine.dropped(in: "key=qzjwmr;", named: "a.txt") == ["path": 1])
  }

  @Test func `an allowed path is allowed for rules that look at paths alone`() throws {
    var rule = Self.pathRule("\\.p12$")
    rule.allowlists = [Allowlist(paths: ["^vendor/"])]
    let engine = try Engine(testing: [rule], allowlists: [Allowlist(paths: ["^third/"])])
    #expect(
      engine.findings(in: "", named: "vendor/a.p12").isEmpty && engine.findings(in: "", named: "third/a.p12").isEmpty)
  }
}
