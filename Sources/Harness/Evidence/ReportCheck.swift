import Artifacts

/// Holds a report that is about to be written against what the run left.
enum ReportCheck {
  /// What an audit of the run would find wrong with its evidence, beside secrets, or could not read: clauses without a secret.
  static func objections(
    to report: RunReport, in run: RunDirectory, _ searches: HarnessSearches, paths: PathRule, at moment: Timestamp
  ) throws(HarnessError) -> [String] {
    var manifest = try Manifest.caseRun()
    // These are written after it.
    manifest.entries.removeAll { ["/\(RunReport.name)", "/report.md"].contains($0.glob.text) }
    let facts = try RunFacts(run, report: report.bytes())
    var survey = ArtifactSurvey(
      run, try ListedArtifact.all(in: run), manifest: manifest, paths: paths.adding(root: run.path),
      started: facts.started)
    survey.read(jobs: 1)
    var rules = EvidenceRules(facts, searches, survey, hasEnded: false)
    rules.check(at: moment)
    let name = searches.artifact.masked as (String) -> String
    return (survey.evidence + rules.evidence).map { "\($0.kind.rawValue): \(name($0.artifact)): \($0.detail)" }
      + (survey.gaps + rules.gaps).map { "incomplete: \(name($0.name)): \($0.reason)" }
  }
}
