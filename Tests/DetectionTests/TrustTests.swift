@testable import Detection
import Findings
import Rules
import Testing
import TestSupport

/// An engine that cannot be trusted, or did not search everything, says so.
@Suite struct TrustTests {
  private func failure(_ make: () throws(DetectionError) -> Void) -> DetectionError? {
    do throws(DetectionError) {
      try make()
      return nil
    } catch {
      return error
    }
  }

  private static func broken(_ id: String = "broken") throws -> Rule {
    try Rule("key=[a-z]{4}", id: id) { $0.pattern = "key=(" }
  }
  private static let costly = "evil(?:[a-z]|[a-z][a-z]){2,60}[!?]"
  private static let trap = "evil" + String(repeating: "a", count: 60) + "."

  // MARK: Limits

  @Test func `J08: a search that gives up makes the artifact incomplete, and hides nothing else`() throws {
    let engine = try Engine(testing: [Rule(Self.costly, id: "costly"), Rule("zk_[0-9]{6}", id: "token")])
    for size in [16, 1 << 20] {
      let detector = Detector(engine: engine, chunkSize: size)
      let filling = String(repeating: ".", count: 800)
      let text = "zk_123456 \(Self.trap) zk_654321 \(filling)\(Self.trap) evilab! zk_111111\(filling)"
      let found = detector.findings(in: Array(text.utf8), cutAt: [size])
      #expect(found.map(\.rule) == ["token", "token", "costly", "token"])
      #expect(detector.failures.count == 1, "once for each rule and artifact")
      let reason = detector.failures.first ?? ""
      #expect(reason.hasPrefix("not wholly searched: rule costly: match limit exceeded at byte 10"), "\(reason)")
      #expect(!reason.contains("aaaaa"))
      _ = detector.findings(in: Array("evilab! nothing else".utf8))
      #expect(detector.failures.isEmpty, "the next artifact is searched anew")
    }
  }

  @Test func `J08: machine code gives up like the interpreter`() throws {
    let engine = try Engine(testing: [Rule(Self.costly, id: "costly")])
    let detector = Detector(engine: engine)
    // A pattern becomes machine code after a few uses.
    _ = detector.findings(in: Array(String(repeating: "evilab! ", count: 20).utf8))
    #expect(detector.failures.isEmpty)
    _ = detector.findings(in: Array(Self.trap.utf8))
    #expect(detector.failures.count == 1)
  }

  @Test func `J08: a broken pattern is refused at once where all are compiled`() throws {
    let rules = try [Rule("abc[0-9]{3}"), Self.broken()]
    let options = EngineOptions(policy: .code, compilesAllPatterns: true)
    let error = failure { () throws(DetectionError) in _ = try Engine(pack: RulePack(testing: rules), options: options)
    }
    guard case .badPattern(let rule, let reason)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(rule == "broken" && reason == "missing closing parenthesis at offset 5")
    var path = rules[0]
    path.path = "["
    var list = rules[0]
    list.allowlists = [Allowlist(patterns: ["(?<"])]
    let packs = [
      RulePack(testing: [path]), RulePack(testing: [list]), RulePack(testing: [rules[0]], allowlists: list.allowlists),
    ]
    for pack in packs {
      #expect(failure { () throws(DetectionError) in _ = try Engine(pack: pack, options: options) } != nil)
    }
  }

  @Test func `J08: a broken pattern that is compiled when it is needed makes the artifact incomplete`() throws {
    let detector = Detector(engine: try Engine(testing: [Self.broken(), Rule("zk_[0-9]{6}", id: "token")]))
    #expect(detector.findings(in: Array("zk_123456".utf8)).count == 1 && detector.failures.isEmpty)
    #expect(detector.findings(in: Array("key=abcd zk_123456".utf8)).map(\.rule) == ["token"])
    #expect(detector.failures.count == 1 && detector.failures[0].contains("rule broken"))
  }

  @Test func `J08: an empty pack is refused`() {
    let error = failure { () throws(DetectionError) in
      _ = try Engine(pack: RulePack(testing: []), options: EngineOptions())
    }
    #expect(error == .emptyPack)
  }

  // MARK: Canaries

  @Test func `J09: an engine that is deaf is found out`() throws {
    let pack = RulePack(testing: [try Rule("zk_[0-9]{6}")])
    let engine = try Engine(pack: pack, options: EngineOptions(), isDeaf: true)
    #expect(engine.findings(in: "zk_123456").isEmpty, "deaf indeed")
    let error = failure { () throws(DetectionError) in try engine.checkCanaries() }
    guard case .canaryMissed? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test(arguments: Policy.allCases) func `J09: an engine that hears finds its canaries`(_ policy: Policy) throws {
    try Engine(testing: [Rule("zk_[0-9]{6}")], policy: policy).checkCanaries()
    let engine = try Engine(pack: .default, options: EngineOptions(policy: policy))
    try engine.checkCanaries()
    try engine.checkCanaries()
  }

  @Test(
    arguments: ["[0-9a-f]{24}", "(?i)nest[ :=]{1,4}(?<secret>[0-9a-f]{24})", "[ -~\\n]{1,400}"], Confidence.allCases
  )
  func `J09: no rule of a pack keeps the canaries from being found`(_ pattern: String, _ confidence: Confidence) throws
  {
    try Engine(testing: [Rule(pattern) { $0.confidence = confidence }]).checkCanaries()
  }

  @Test(arguments: [
    Allowlist(patterns: [".*"]), Allowlist(target: .line, patterns: ["."]), Allowlist(paths: ["canary"]),
    Allowlist(stopwords: ["a"]),
  ]
  )
  func `J09: no allowlist of a pack keeps the canaries from being found`(_ list: Allowlist) throws {
    try Engine(testing: [Rule("zk_[0-9]{6}")], allowlists: [list]).checkCanaries()
  }

  @Test func `canaries are no findings of a scan`() throws {
    let engine = try Engine(testing: [Rule("zk_[0-9]{6}")])
    #expect(engine.findings(in: Canary.text).isEmpty)
    #expect(!Canary.rules.isEmpty && engine.dropped(in: String(decoding: Canary.text, as: UTF8.self)).isEmpty)
  }

  // MARK: The default pack

  @Test func `every pattern of the default pack compiles`() throws {
    let engine = try Engine(pack: .default, options: EngineOptions(compilesAllPatterns: true))
    #expect(engine.pack.rules.count >= 120 && engine.everywhere.isEmpty)
  }
}
