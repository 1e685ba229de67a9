import Detection
import Findings
import Rules
import Testing
import TestSupport

/// Every rule of the default pack, alone, on its own examples.
@Suite struct ExampleTests {
  private static let seeds: [UInt64] = [1, 2, 3, 4, 5]

  @Test(arguments: Surroundings.allCases)
  func `every rule finds its examples, whatever stands around them`(_ surroundings: Surroundings) throws {
    var tried = 0
    for trial in try DefaultPack.trials.get() {
      let detector = Detector(engine: trial.engine, chunkSize: 4096)
      for seed in surroundings == .nothing ? Self.seeds : Array(Self.seeds.prefix(2)) {
        for (template, example) in try trial.examples(seed: seed) {
          guard let text = surroundings.text(example, of: trial) else { continue }
          tried += 1
          let spans = detector.spans(in: text.bytes)
          let fits =
            text.ranges.isEmpty
            ? !spans.isEmpty
            : spans.count == text.ranges.count && zip(spans, text.ranges).allSatisfy(surroundings.accepts)
          #expect(fits, "\(trial.rule.id), seed \(seed): \(template): \(spans) for \(text.ranges)")
          #expect(detector.failures == [])
        }
      }
    }
    #expect(tried > 500)
  }

  @Test func `every rule is silent in its counterexamples`() throws {
    for trial in try DefaultPack.trials.get() {
      let detector = Detector(engine: trial.engine, chunkSize: 4096)
      for seed in Self.seeds {
        for (template, text) in try trial.counterexamples(seed: seed) {
          #expect(detector.spans(in: text.bytes).isEmpty, "\(trial.rule.id), seed \(seed): \(template)")
          #expect(detector.failures == [])
        }
      }
    }
  }

  @Test func `the whole pack finds every example`() throws {
    let engine = try Engine(pack: RulePack.default, options: EngineOptions(policy: .code))
    let detector = Detector(engine: engine, chunkSize: 4096)
    for trial in try DefaultPack.trials.get() {
      for (template, text) in try trial.examples(seed: 11) {
        let spans = detector.spans(in: text.bytes)
        let fits =
          text.ranges.isEmpty ? !spans.isEmpty : text.ranges.allSatisfy { mark in spans.contains { $0.overlaps(mark) } }
        #expect(fits, "\(trial.rule.id): \(template): \(spans) for \(text.ranges)")
      }
    }
    #expect(detector.failures == [])
  }
}
