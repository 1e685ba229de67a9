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
  ///
  /// - Parameter search: takes secrets out of the names that are told.
  package static func differences(
    between statement: Statement, and run: RunDirectory, audit: [UInt8]?, _ search: SecretSearch
  ) throws(HarnessError) -> [String] {
    var survey = ArtifactSurvey(
      run, try ListedArtifact.all(in: run), manifest: Manifest(name: "", entries: []),
      paths: PathRule(roots: [], targets: []), started: nil)
    survey.read(jobs: ScanRequest.processors)
    var clauses = survey.gaps.map { "\($0.name): \($0.reason)" }
    let then = subjects(statement.subjects, named: key(of:), &clauses)
    // Who wrote the statement may have redacted a name that is none to redact now, and the other way round.
    let now = subjects(
      survey.artifacts,
      named: { artifact in
        let shown = artifact.masked(by: search)
        let keys = [
          Array(artifact.name.utf8), Array(Digest.hex(Array(artifact.name.utf8)).utf8), Array(shown.name.utf8),
        ]
        return keys.first { then[$0] != nil } ?? keys[0]
      }, &clauses)
    for (key, subject) in then.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      switch now[key]?.digest {
      case nil: clauses.append("\(subject.name): it is gone")
      case subject.digest?: break
      default: clauses.append("\(subject.name): it has changed")
      }
    }
    for (key, artifact) in now.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) where then[key] == nil {
      clauses.append("\(artifact.name): it is new")
    }
    if let audit {
      if Digest.hex(audit) != statement.auditDigest { clauses.append("\(auditName): it has changed") }
    } else {
      clauses.append("\(auditName): it is gone")
    }
    if statement.verdict != Verdict.clean.rawValue { clauses.append("the audit was not clean: \(statement.verdict)") }
    return clauses.map(search.masked)
  }

  /// What a subject is told from others by: the digest of its name where that is redacted, else the name.
  private static func key(of subject: SurveyedArtifact) -> [UInt8] { Array((subject.nameDigest ?? subject.name).utf8) }

  /// The artifacts by bytes: as texts, names that are written in different ways may be equal.
  private static func subjects(
    _ artifacts: [SurveyedArtifact], named key: (SurveyedArtifact) -> [UInt8], _ clauses: inout [String]
  ) -> [[UInt8]: SurveyedArtifact] {
    var subjects: [[UInt8]: SurveyedArtifact] = [:]
    for artifact in artifacts where subjects.updateValue(artifact, forKey: key(artifact)) != nil {
      clauses.append("\(artifact.name): the name stands for several artifacts")
    }
    return subjects
  }
}
