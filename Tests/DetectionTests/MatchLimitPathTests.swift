import Detection
import Findings
import Rules
import TestSupport
import Testing

struct MatchLimitPathTests {
  @Test(arguments: ["(?:a{1,60}){1,60}[!?]", "("])
  func `J08: a path pattern that gives up or does not compile sets no rule aside`(_ path: String) throws {
    var rule = try Rule(testing: "zk_[0-9]{6}")
    rule.path = path
    let engine = try Engine(pack: RulePack(testing: [rule]), options: EngineOptions())
    let name = String(repeating: "a", count: 120)
    #expect(Detector(engine: engine).findings(in: Array("zk_190283".utf8), named: name).count == 1)
  }

  @Test func `a path pattern that does not match sets its rule aside`() throws {
    var rule = try Rule(testing: "zk_[0-9]{6}")
    rule.path = "[.]toml$"
    let engine = try Engine(pack: RulePack(testing: [rule]), options: EngineOptions())
    #expect(Detector(engine: engine).findings(in: Array("zk_190283".utf8), named: "a.md").isEmpty)
    #expect(Detector(engine: engine).findings(in: Array("zk_190283".utf8), named: "a.toml").count == 1)
  }
}
