import Artifacts
import Findings
import Reports
import Scanning

/// Reads every artifact of a run once and holds it against the manifest.
struct ArtifactSurvey {
  private let run: RunDirectory
  private let manifest: Manifest
  private let pass: ArtifactPass

  private(set) var artifacts: [SurveyedArtifact] = []
  private(set) var evidence: [Evidence] = []
  /// What could not be read, each a clause that begins with its name.
  private(set) var gaps: [(name: String, reason: String)] = []
  /// Names of links, which are not followed.
  private(set) var links: [String] = []
  /// Names of artifacts that are governed documents.
  private(set) var governed: [String] = []
  /// What the logs tell, each pair once.
  private(set) var logs = LogFacts()
  /// Everything as it was before any of it was read.
  private let listed: [ListedArtifact]

  /// - Parameters:
  ///   - listed: what there is, as it was before anything of it was read.
  ///   - started: moment from which the run's own artifacts have to be, `nil` where it is not known.
  init(
    _ run: RunDirectory, _ listed: [ListedArtifact], manifest: Manifest, paths: PathRule, started: Timestamp?
  ) {
    self.run = run
    self.listed = listed
    self.manifest = manifest
    pass = ArtifactPass(paths: paths, started: started, readsLogs: manifest.judgesCase)
  }

  /// Reads everything, several artifacts at a time.
  mutating func read(jobs: Int) {
    var met = Set<Int>()
    var files: [(path: SystemPath, name: String, entry: Manifest.Entry?)] = []
    for entry in listed {
      let name = entry.shownName
      let own = manifest.entries.firstIndex { $0.glob.covers(entry.name.span) }
      if let own {
        met.insert(own)
        if manifest.entries[own].isGoverned { governed.append(name) }
        if manifest.entries[own].presence == .mustNot { complain(.forbidden, name, "it may not be there") }
      } else if !manifest.allowsUnlisted {
        complain(.forbidden, name, "the manifest does not list it")
      }
      guard entry.kind == .file else {
        if entry.kind == .link { links.append(name) }
        gaps.append((name, "a link or special file: not read"))
        continue
      }
      files.append((SystemPath(run.path + [UInt8(ascii: "/")] + entry.name), name, own.map { manifest.entries[$0] }))
    }
    for (index, entry) in manifest.entries.enumerated() where entry.presence == .must && !met.contains(index) {
      complain(.missing, entry.glob.text, "it is not there")
    }
    let all = files
    let pass = pass
    for (file, outcome) in zip(
      all, ParallelMap.results(all.count, jobs: jobs) { pass.read(all[$0].path, named: all[$0].name, all[$0].entry) })
    {
      take(outcome, named: file.name)
    }
  }

  /// Looks once more what there is: what was changed, added or taken away since it was read was perhaps not searched as it
  /// was read.
  mutating func findChanges() throws(HarnessError) {
    let now = try ListedArtifact.all(in: run)
    let (old, new) = (Set(listed), Set(now))
    for artifact in listed + now where !old.contains(artifact) || !new.contains(artifact) {
      let name = artifact.shownName
      if !gaps.contains(where: { $0.name == name }) { gaps.append((name, "it changed during the audit")) }
    }
  }

  private mutating func take(_ outcome: ArtifactPass.Outcome, named name: String) {
    if let artifact = outcome.artifact { artifacts.append(artifact) }
    if let gap = outcome.gap { gaps.append((name, gap)) }
    evidence += outcome.evidence
    logs.observed.add(outcome.logs.observed)
    if name == Trace.name { logs.trace = outcome.logs.trace }
    if LogNames.output.contains(name) { logs.outputBytes += outcome.artifact?.bytes ?? 0 }
  }

  private mutating func complain(_ kind: Evidence.Kind, _ name: String, _ detail: String) {
    evidence.append(Evidence(kind: kind, artifact: name, detail: detail))
  }
}
