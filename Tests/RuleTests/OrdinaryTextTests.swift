import Detection
import Findings
import Rules
import Testing
import TestSupport

/// The default pack over text that holds no secret: this repository's own.
@Suite struct OrdinaryTextTests {
  @Test(arguments: ["Sources", "docs", "rules", "corpus", "Tests"])
  func `nothing is found in the repository itself`(_ folder: String) throws {
    let engine = try Engine(pack: RulePack.default, options: EngineOptions(policy: .code))
    let detector = Detector(engine: engine, chunkSize: 1 << 16)
    for path in try RepositoryFiles.paths(below: folder) {
      for finding in detector.findings(in: try RepositoryFiles.bytes(path), named: path) {
        Issue.record("\(path):\(finding.location.line): \(finding.rule)")
      }
      #expect(detector.failures == [])
    }
  }
}
