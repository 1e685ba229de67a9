package import Detection
package import Findings
import Rules

/// Tells whether small things (a record, a command line, a name) hold a secret, and takes it out of what is shown.
package final class SecretSearch {
  /// What it searches with.
  package let engine: Engine
  /// SHA-256 of the rules.
  package let packDigest: String
  private let detector: Detector

  /// - Parameters:
  ///   - engine: proven by its canaries; its policy decides.
  ///   - packDigest: that of the pack to be named, where the engine knows more than its rules.
  package init(engine: Engine, packDigest: String? = nil) {
    self.engine = engine
    self.packDigest = packDigest ?? engine.pack.digest
    detector = Detector(engine: engine, chunkSize: 4096)
  }

  package var policy: Policy { engine.options.policy }

  /// What is found in the bytes, and why they were not wholly searched where they were not.
  package func search(_ bytes: [UInt8]) -> (findings: [Finding], failures: [String]) {
    detector.begin(ArtifactName(""))
    detector.feed(bytes)
    detector.finish()
    _ = detector.takeDropped()
    return (detector.takeFindings(), detector.failures)
  }

  /// Whether something was found, or could not be ruled out.
  package func holdsSecret(_ bytes: [UInt8]) -> Bool {
    let (findings, failures) = search(bytes)
    return !findings.isEmpty || !failures.isEmpty
  }

  /// The bytes with each secret in them redacted.
  package func masked(_ bytes: [UInt8]) -> [UInt8] {
    let (findings, failures) = search(bytes)
    guard failures.isEmpty else { return Array("***".utf8) }
    return findings.masked(bytes)
  }

  /// The text with each secret in it redacted.
  package func masked(_ text: String) -> String {
    let bytes = Array(text.utf8)
    let shown = masked(bytes)
    return shown == bytes ? text : String(decoding: shown, as: UTF8.self)
  }
}

/// The searches a harness needs.
package struct HarnessSearches {
  /// For governed records: policy `sot`.
  package let governed: SecretSearch
  /// For what a run is given and leaves: policy `artifact`.
  package let artifact: SecretSearch

  package init(governed: SecretSearch, artifact: SecretSearch) {
    self.governed = governed
    self.artifact = artifact
  }
}
