import Artifacts
import Findings
import Reports
import Scanning
import Synchronization

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
    let (files, pass) = (expected(), pass)
    let outcomes = ParallelMap.results(files.count, jobs: jobs) { pass.read(files[$0]) }
    for (file, outcome) in zip(files, outcomes) { take(outcome, named: file.name) }
  }

  /// Takes in everything while it is searched: what is told of an artifact, its digest too, is told of the bytes that were.
  ///
  /// - Parameter search: searches the run directory, each file before the eyes of the one it is given for its absolute path.
  mutating func read(
    while search: (@escaping @Sendable (ArtifactName) -> (any Onlooker)?) -> ScanResult
  ) -> ScanResult {
    let (files, pass) = (expected(), pass)
    // A folder that changes while it is listed may tell a name twice (readdir(3)): the second is then not read, and a gap.
    let places = Dictionary(files.enumerated().map { ($1.path.bytes, $0) }, uniquingKeysWith: { first, _ in first })
    let record = SurveyRecord(files.count)
    let result = search { name in
      places[name.bytes].map { SurveyOnlooker(ArtifactReading(files[$0], pass), at: $0, of: record) }
    }
    for (file, outcome) in zip(files, record.outcomes) {
      // What nobody read is told by the search, but for what was there no more.
      if outcome == nil, result.wasCancelled { continue }
      take(outcome ?? ArtifactPass.Outcome(gap: "it could not be read whole"), named: file.name)
    }
    return result
  }

  /// Holds what there is against the manifest; gives the files, which are to be read.
  private mutating func expected() -> [ArtifactPass.File] {
    var met = Set<Int>()
    var files: [ArtifactPass.File] = []
    for listed in listed {
      let name = listed.shownName
      let own = manifest.entries.firstIndex { $0.glob.covers(listed.name.span) }
      if let own {
        met.insert(own)
        if manifest.entries[own].isGoverned { governed.append(name) }
        if manifest.entries[own].presence == .mustNot { complain(.forbidden, name, "it may not be there") }
      } else if !manifest.allowsUnlisted {
        complain(.forbidden, name, "the manifest does not list it")
      }
      guard listed.kind == .file else {
        if listed.kind == .link { links.append(name) }
        gaps.append((name, "a link or special file: not read"))
        continue
      }
      files.append(
        ArtifactPass.File(
          name: name, path: SystemPath(run.path + [UInt8(ascii: "/")] + listed.name),
          entry: own.map { manifest.entries[$0] }, state: listed.state))
    }
    for (index, entry) in manifest.entries.enumerated() where entry.presence == .must && !met.contains(index) {
      complain(.missing, entry.glob.text, "it is not there")
    }
    return files
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

/// What became of files that are searched by many workers.
private final class SurveyRecord: Sendable {
  private let all: Mutex<[ArtifactPass.Outcome?]>

  init(_ count: Int) { all = Mutex(Array(repeating: nil, count: count)) }

  /// `nil` for what was not read to its end.
  var outcomes: [ArtifactPass.Outcome?] { all.withLock(\.self) }

  func enter(_ outcome: ArtifactPass.Outcome, at place: Int) { all.withLock { $0[place] = outcome } }
}

/// Reads a file along with the search.
private final class SurveyOnlooker: Onlooker {
  private var reading: ArtifactReading
  private let place: Int
  private let record: SurveyRecord

  init(_ reading: ArtifactReading, at place: Int, of record: SurveyRecord) {
    self.reading = reading
    self.place = place
    self.record = record
  }

  // SAFETY: the piece is good for the call, and reading keeps nothing of it.
  func look(at piece: UnsafeRawBufferPointer) { unsafe reading.take(piece) }

  func end(isWhole: Bool) { if isWhole { record.enter(reading.outcome(), at: place) } }
}
