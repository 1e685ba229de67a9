package import Detection
package import Findings
import Rules
import Scanning

/// What an audit of a run came to.
package struct AuditResult: Sendable {
  package var run: String
  package var manifest: String
  package var evidence: [Evidence]
  package var findings: [Finding]
  package var gaps: [CoverageLedger.Gap]
  package var notes: [String]
  package var artifacts: [SurveyedArtifact]
  /// SHA-256 of the pack.
  package var pack: String
  package var problems: [String]
  /// Whether the run itself passed, with everything in order.
  package var isPass: Bool
  package var wasCancelled: Bool

  package var verdict: Verdict {
    .worst([
      problems.isEmpty ? .clean : .invalid, evidence.isEmpty && findings.isEmpty ? .clean : .leaking,
      gaps.isEmpty && !wasCancelled ? .clean : .incomplete,
    ])
  }
}

/// Judges what a run left: whole, in agreement with itself, and without a secret. Changes nothing of it.
package struct Audit {
  private let run: RunDirectory
  private let manifest: Manifest
  private let searches: HarnessSearches
  private let engine: Engine
  private let paths: PathRule
  private let jobs: Int

  /// - Parameter engine: searches every artifact (policy `artifact`).
  package init(
    _ run: RunDirectory, manifest: Manifest, _ searches: HarnessSearches, engine: Engine, paths: PathRule, jobs: Int
  ) {
    self.run = run
    self.manifest = manifest
    self.searches = searches
    self.engine = engine
    self.paths = paths.adding(root: run.path)
    self.jobs = jobs
  }

  /// Reads everything and judges it; `moment` is now.
  package func perform(at moment: Timestamp) throws(HarnessError) -> AuditResult {
    // What changes from here on is told: the rules read the report before the survey reads everything.
    let entries = try FolderListing.entries(of: run.path, withStates: true)
    let listed = ListedArtifact.all(among: entries)
    let facts = manifest.judgesCase ? try RunFacts(run) : nil
    var survey = ArtifactSurvey(run, listed, manifest: manifest, paths: paths, started: facts?.started)
    var findings: [Finding] = []
    let scan = survey.read {
      RunScan.scan(run, engine: engine, jobs: jobs, entries, onlooker: $0) { findings.append($0) }
    }
    var unread = survey.gaps
    for name in survey.governed {
      let (found, reasons) = governedFindings(in: name)
      findings += found
      unread += reasons.map { (name, "not judged as a governed document: \($0)") }
    }
    try survey.findChanges()
    var rules = facts.map { EvidenceRules($0, searches, survey) }
    rules?.check(at: moment)
    var gaps = scan.ledger.gaps
    for (name, reason) in unread where !gaps.contains(where: { $0.artifact == artifact(name) }) {
      gaps.append(CoverageLedger.Gap(artifact: artifact(name), reason: reason))
    }
    gaps += (rules?.gaps ?? []).map { CoverageLedger.Gap(artifact: artifact($0.name), reason: $0.reason) }
    let evidence = survey.evidence + (rules?.evidence ?? [])
    var result = AuditResult(
      run: searches.artifact.masked(run.id), manifest: manifest.name, evidence: evidence.map(masked),
      findings: findings.map(below),
      gaps: gaps.map {
        CoverageLedger.Gap(artifact: masked($0.artifact), reason: searches.artifact.masked($0.reason))
      },
      notes: rules?.notes ?? [],
      artifacts: survey.artifacts.map { $0.masked(by: searches.artifact) }, pack: engine.pack.digest,
      problems: listed.isEmpty ? ["there is nothing in the run directory; name the folder of the run"] : scan.problems,
      isPass: false,
      wasCancelled: scan.wasCancelled)
    result.isPass = result.verdict == .clean && facts?.status == .pass
    return result
  }

  private func artifact(_ name: String) -> ArtifactName { ArtifactName(bytes: run.path(of: name)) }

  /// What is found in a governed document under `sot` beyond the scan, and why it was not wholly searched where it was not.
  private func governedFindings(in name: String) -> (findings: [Finding], reasons: [String]) {
    do throws(HarnessError) {
      guard let bytes = try run.read(name) else { return ([], ["it cannot be found by its name as text"]) }
      var (findings, reasons) = searches.governed.search(bytes)
      for index in findings.indices { findings[index].artifact = artifact(name) }
      return (findings, reasons)
    } catch {
      return ([], [error.message])
    }
  }

  /// A finding named from the run directory on, secrets in the names redacted.
  private func below(_ finding: Finding) -> Finding {
    var finding = finding
    finding.artifact = masked(finding.artifact)
    for index in finding.layers.indices {
      guard let member = finding.layers[index].member else { continue }
      finding.layers[index].member = ArtifactName(bytes: searches.artifact.masked(member.bytes))
    }
    return finding
  }

  private func masked(_ name: ArtifactName) -> ArtifactName {
    let prefix = run.path + [UInt8(ascii: "/")]
    let bytes = name.bytes.starts(with: prefix) ? Array(name.bytes.dropFirst(prefix.count)) : name.bytes
    return ArtifactName(bytes: searches.artifact.masked(bytes))
  }

  private func masked(_ evidence: Evidence) -> Evidence {
    var evidence = evidence
    evidence.artifact = searches.artifact.masked(evidence.artifact)
    return evidence
  }
}
