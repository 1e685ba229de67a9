import Detection
import Findings
import Rules
import Testing
import TestSupport

/// Of two findings that tell the same, one is told.
@Suite struct OverlapTests {
  private func rules(_ engine: Engine, _ text: String) -> [String] { engine.findings(in: text).map(\.rule) }

  private static func rule(_ pattern: String, _ id: String, _ confidence: Confidence) throws -> Rule {
    try Rule(pattern, id: id) { $0.confidence = confidence }
  }

  private static let token = "zk_" + "q1z2j3w4m5r6"

  @Test func `a general rule is covered by a specific one`() throws {
    let general = try Self.rule("key=(?<secret>[0-9a-z_]{6,40})", "general", .low)
    let specific = try Self.rule("(?<secret>zk_[0-9a-z]{12})", "specific", .high)
    for order in [[general, specific], [specific, general]] {
      let engine = try Engine(testing: order)
      #expect(rules(engine, "key=\(Self.token)") == ["specific"])
      #expect(engine.dropped(in: "key=\(Self.token)") == ["covered by another rule": 1])
      #expect(rules(engine, "key=qzjwmrhv") == ["general"])
    }
  }

  @Test func `a specific rule whose proof fails keeps its finding, as sure as the general rule is`() throws {
    var specific = try Self.rule("(?<secret>[0-9]{16})", "specific", .high)
    specific.proof = Rule.Proof(.luhn, bodyGroup: 1)
    let general = try Self.rule("key=(?<secret>[0-9a-z_]{6,40})", "general", .medium)
    for order in [[general, specific], [specific, general]] {
      let engine = try Engine(testing: order)
      for (digits, confidence) in [("7992739871300007", Confidence.medium), ("7992739871300000", .medium)] {
        let found = engine.findings(in: "key=\(digits)")
        #expect(found.map(\.rule) == ["specific"] && found.allSatisfy { $0.confidence >= confidence })
      }
      #expect(engine.findings(in: "7992739871300001 7992739871300002").contains { $0.confidence == .low })
    }
  }

  @Test func `of two rules that are as sure of the same bytes the first stands`() throws {
    let rules = try ["one", "two", "three"].map { try Self.rule("zk_[0-9a-z]{12}", $0, .medium) }
    #expect(self.rules(try Engine(testing: rules), Self.token) == ["one"])
    #expect(self.rules(try Engine(testing: rules.reversed()), Self.token) == ["three"])
  }

  @Test func `a longer secret covers a shorter one in it, unless that is surer`() throws {
    let outer = try Self.rule("key=(?<secret>[0-9a-z_-]{6,40})", "outer", .medium)
    for (confidence, expected) in [(Confidence.low, ["outer"]), (.medium, ["outer"]), (.high, ["outer", "inner"])] {
      let engine = try Engine(testing: [Self.rule("zk_[0-9a-z]{12}", "inner", confidence), outer])
      #expect(rules(engine, "key=a-\(Self.token)-b") == expected)
    }
  }

  @Test func `secrets that overlap in part are both told`() throws {
    let engine = try Engine(testing: [
      Self.rule("abc[0-9]{4}xyz", "left", .high), Self.rule("xyz[0-9]{4}", "right", .low),
    ])
    #expect(engine.findings(in: "abc1234xyz5678").map(\.range) == [0..<10, 7..<14])
  }

  @Test func `matches of one rule do not overlap`() throws {
    let engine = try Engine(testing: [Self.rule("aba", "one", .medium)])
    #expect(engine.findings(in: "ababababa").map(\.range) == [0..<3, 4..<7])
  }

  @Test func `a finding that is dropped covers nothing`() throws {
    var outer = try Self.rule("key=(?<secret>[0-9a-z_-]{6,40})", "outer", .high)
    outer.allowlists = [Allowlist(patterns: ["^a-"])]
    let engine = try Engine(testing: [outer, Self.rule("zk_[0-9a-z]{12}", "inner", .low)])
    #expect(rules(engine, "key=a-\(Self.token)") == ["inner"])
  }

  @Test func `findings are told in the order they stand in, the longer first`() throws {
    var random = SeededRandom(seed: 5)
    let engine = try Engine(testing: [
      Self.rule("a[b-d]{2,9}", "short", .high), Self.rule("a[b-d]{2}[x-z]{3,30}", "long", .low),
      Self.rule("xy.{2}", "mid", .medium),
    ])
    for _ in 0..<50 {
      let found = engine.findings(in: random.value(Array("abbcdxyz".utf8), 200)).map(NaiveOracle.Sighting.init)
      #expect(found == found.sorted())
    }
  }

  @Test func `what is covered is the same in every cut, for half a pair too`() throws {
    var inner = try Self.rule("zk_[0-9a-z]{12}", "inner", .medium)
    inner.required = [Rule.Requirement(id: "other")]
    let engine = try Engine(testing: [
      Self.rule("key=(?<secret>[0-9a-z_]{6,40})", "outer", .medium), inner, Self.rule("other:[0-9]{9}", "other", .low),
    ])
    let text = "key=\(Self.token)\n" + String(repeating: ".", count: 200_000)
    let whole = engine.findings(in: text)
    for size in [1000, 100_000] { #expect(engine.findings(in: text, chunkSize: size) == whole, "chunk size \(size)") }
  }
}
