import Detection
import Findings
import Rules
import Testing
import TestSupport

/// Pairs: both halves are findings, and a half that stands alone is one too (J05).
@Suite struct PairTests {
  private static func engine(_ requirement: Rule.Requirement) throws -> Engine {
    try Engine(testing: [
      Rule("(?<secret>AKX[A-Z]{8})", id: "id-half"),
      Rule("sec=(?<secret>[a-z]{10})", id: "secret-half") { $0.required = [requirement] },
    ])
  }

  private static let id = "AKX" + "QZJWMRBK"
  private static let secret = "sec=" + "qzjwmrbkhv"

  private func facts(_ engine: Engine, _ text: String, chunkSize: Int = 1 << 20) -> (facts: [String], Confidence)? {
    engine.findings(in: text, chunkSize: chunkSize).first { $0.rule == "secret-half" }.map { ($0.facts, $0.confidence) }
  }

  private static let near = ["id-half stands near"]
  private static let far = ["its other half, id-half, is not near"]

  @Test func `J05: a half by itself is found, and says what is missing`() throws {
    let engine = try Self.engine(Rule.Requirement(id: "id-half"))
    #expect(engine.findings(in: "key \(Self.id)").map(\.rule) == ["id-half"])
    let alone = engine.findings(in: "key \(Self.secret)")
    #expect(alone.map(\.rule) == ["secret-half"] && alone[0].facts == Self.far && alone[0].confidence == .low)
  }

  @Test func `J05: both halves are found, in either order`() throws {
    let engine = try Self.engine(Rule.Requirement(id: "id-half"))
    for text in ["\(Self.id)\n\(Self.secret)", "\(Self.secret) \(Self.id)"] {
      #expect(Set(engine.findings(in: text).map(\.rule)) == ["id-half", "secret-half"])
      let pair = try #require(facts(engine, text))
      #expect(pair.facts == Self.near && pair.1 == .medium)
    }
  }

  @Test(arguments: [0, 1, 3]) func `J05: lines between the halves count where the rule bounds them`(
    _ within: Int
  ) throws {
    let engine = try Self.engine(Rule.Requirement(id: "id-half", withinLines: within))
    for lines in 0...5 {
      let gap = " " + String(repeating: "\r\n", count: lines)
      for text in [Self.id + gap + Self.secret, Self.secret + gap + Self.id] {
        #expect(facts(engine, text)?.facts == (lines <= within ? Self.near : Self.far), "\(lines) lines")
        #expect(engine.findings(in: text).count == 2)
      }
    }
  }

  @Test func `J05: columns between the halves count where the rule bounds them`() throws {
    let engine = try Self.engine(Rule.Requirement(id: "id-half", withinColumns: 20))
    for gap in 0...40 {
      let text = Self.id + "\n" + String(repeating: ".", count: gap) + Self.secret
      // The value starts four bytes behind its key.
      #expect(facts(engine, text)?.facts == (gap + 4 <= 20 ? Self.near : Self.far), "\(gap) columns")
    }
  }

  @Test func `J05: halves too far apart are no pair, in any cut`() throws {
    let engine = try Self.engine(Rule.Requirement(id: "id-half"))
    for (gap, isNear) in [(60_000, true), (65_536 - 15, true), (65_536 - 14, false), (90_000, false)] {
      let filling = String(repeating: ".", count: gap)
      let text = Self.id + filling + Self.secret + String(repeating: ".", count: 70_000)
      for size in [1 << 20, 50_000, 4096] {
        #expect(facts(engine, text, chunkSize: size)?.facts == (isNear ? Self.near : Self.far), "\(gap) bytes, \(size)")
      }
    }
  }

  @Test(arguments: 0..<6) func `pairs are the same in every cut`(_ seed: Int) throws {
    var random = SeededRandom(seed: 70 + UInt64(seed))
    let engine = try Self.engine(Rule.Requirement(id: "id-half", withinLines: 2, withinColumns: 30))
    var text = ""
    for _ in 0..<120 {
      text += random.pick([Self.id + " ", Self.secret + " ", "\n", "\n", "some words ", "\r\n", "\t"])
    }
    let whole = engine.findings(in: text)
    #expect(whole.count > 12)
    for size in [1, 7, 64, 333] { #expect(engine.findings(in: text, chunkSize: size) == whole, "chunk size \(size)") }
  }

  @Test func `a half that is allowed is no half`() throws {
    var rules = try Self.engine(Rule.Requirement(id: "id-half")).pack.rules
    rules[0].allowlists = [Allowlist(patterns: ["^AKXQ"])]
    let found = try Engine(testing: rules).findings(in: "\(Self.id) \(Self.secret)")
    #expect(found.map(\.rule) == ["secret-half"] && found[0].facts == Self.far)
  }

  @Test func `a rule that only serves as a half is none of the findings`() throws {
    var rules = try Self.engine(Rule.Requirement(id: "id-half")).pack.rules
    rules[0].isReported = false
    let found = try Engine(testing: rules).findings(in: "\(Self.id) \(Self.secret)")
    #expect(found.map(\.rule) == ["secret-half"] && found[0].facts == Self.near)
  }
}
