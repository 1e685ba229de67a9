import Findings
import Scanning

/// Recomputes what a statement says of a run.
package enum Verification {
  /// Where an audit is left in the run directory unless another place is named.
  package static let folder = "leakgate/"
  /// What an audit leaves.
  package static let auditName = "audit.json"
  package static let statementName = "statement.json"
  package static let envelopeName = "statement.dsse.json"
  /// These in the run directory: searched like everything there, but none of the run's artifacts.
  static let ownNames = Set([auditName, statementName, envelopeName].map { folder + $0 })

  /// Every difference between the statement and what stands in the run directory, one clause each.
  package static func differences(
    between statement: Statement, and run: RunDirectory, audit: [UInt8]?
  ) throws(HarnessError) -> [String] {
    var survey = ArtifactSurvey(
      run, manifest: Manifest(name: "", entries: []), paths: PathRule(roots: [], targets: []), started: nil)
    try survey.read(jobs: ScanRequest.processors)
    var clauses = survey.gaps.map { "\($0.name): \($0.reason)" }
    let now = digests(survey.artifacts, &clauses)
    let then = digests(statement.subjects, &clauses)
    for (name, digest) in then.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      switch now[name] {
      case nil: clauses.append("\(shown(name)): it is gone")
      case digest?: break
      default: clauses.append("\(shown(name)): it has changed")
      }
    }
    for name in now.keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) where then[name] == nil {
      clauses.append("\(shown(name)): it is new")
    }
    if let audit {
      if Digest.hex(audit) != statement.auditDigest { clauses.append("\(auditName): it has changed") }
    } else {
      clauses.append("\(auditName): it is gone")
    }
    if statement.verdict != Verdict.clean.rawValue { clauses.append("the audit was not clean: \(statement.verdict)") }
    return clauses
  }

  /// The digests by the bytes of the names: as texts, names that are written in different ways may be equal.
  private static func digests(_ artifacts: [SurveyedArtifact], _ clauses: inout [String]) -> [[UInt8]: String] {
    var digests: [[UInt8]: String] = [:]
    for artifact in artifacts
    where digests.updateValue(artifact.digest, forKey: Array(artifact.name.utf8)) != nil {
      clauses.append("\(artifact.name): the name stands for several artifacts")
    }
    return digests
  }

  private static func shown(_ name: [UInt8]) -> String { String(decoding: name, as: UTF8.self) }
}
