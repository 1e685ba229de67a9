import Detection
import Findings
import Rules
import Testing
import TestSupport

/// The chunk law on the default pack: an example is found wherever the borders of chunks fall.
@Suite struct CuttingTests {
  private static let padding = Array("All work and no play makes a dull day.\n".utf8)

  @Test(arguments: 0..<8) func `every rule finds its examples at every chunk size`(_ part: Int) throws {
    let trials = try DefaultPack.trials.get()
    for (index, trial) in trials.enumerated() where index % 8 == part {
      guard let example = try trial.examples(seed: UInt64(index)).first?.text else { continue }
      let shape = trial.rule.shape
      // Enough text before it that the search has begun to move when the example comes.
      let reach = shape.maximumLength + shape.lookahead + shape.anchorOffset.upperBound + shape.lookbehind + 256
      var before: [UInt8] = []
      while before.count < reach { before += Self.padding }
      let text = example.between(before, Array("\n".utf8) + Self.padding + Self.padding)
      let whole = Detector(engine: trial.engine).findings(in: text.bytes)
      #expect(whole.count >= 1, "\(trial.rule.id)")
      for size in reach < 4096 ? Array(1...64) : [1 + index % 64, 64] {
        let detector = Detector(engine: trial.engine, chunkSize: size)
        #expect(detector.findings(in: text.bytes, cutAt: [size]) == whole, "\(trial.rule.id), chunk size \(size)")
        #expect(detector.failures == [])
      }
    }
  }
}
