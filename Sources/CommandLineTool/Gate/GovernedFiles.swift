import Artifacts
import Detection
import Findings
import Harness
import Scanning

/// The governed documents that a change touches: judged whole under policy `sot`, and as the records they have to be.
struct GovernedFiles {
  /// What judging them comes to.
  struct Judgement {
    var findings: [Finding] = []
    var result = ScanResult()
  }

  private let difference: GitDifference
  private let patterns: [GovernedPattern]
  /// Those of the difference that are governed.
  private let changes: [GitChange]
  /// The engine of policy `sot`, `nil` where no document changed.
  private var engine: Engine?

  private init(_ difference: GitDifference, _ patterns: [GovernedPattern]) {
    self.difference = difference
    self.patterns = patterns
    changes = difference.changes.filter { Self.concerns($0, patterns) }
  }

  /// One for each difference; none where nothing is governed, or what is judged is no change.
  ///
  /// - Parameter engine: makes the engine, where there is something for it to do.
  static func all(
    of artifacts: GitArtifacts, _ patterns: [GovernedPattern], engine: () throws(CommandError) -> Engine
  ) throws(CommandError) -> [GovernedFiles] {
    if patterns.isEmpty { return [] }
    var files = artifacts.differences.map { GovernedFiles($0, patterns) }
    guard files.contains(where: { !$0.changes.isEmpty }) else { return files }
    let engine = try engine()
    for index in files.indices where !files[index].changes.isEmpty { files[index].engine = engine }
    return files
  }

  /// Judges the documents as a request asks for; what it excludes does not count here.
  func judge(like request: ScanRequest) -> Judgement {
    var judgement = Judgement()
    if let engine {
      search(engine, like: request, &judgement)
      let search = SecretSearch(engine: engine)
      let gone = changes.filter { $0.new == nil && !$0.isUnmerged }
      var renames: [ArtifactName: ArtifactName] = [:]
      if !gone.isEmpty {
        judgement.tell(ArtifactName("renames")) { () throws(ArtifactError) in renames = try difference.renames() }
      }
      checkRecords(search, gone, renames, &judgement)
      noteMoves(of: gone, renames, search, &judgement)
    }
    for pattern in patterns {
      let count = changes.count { $0.new != nil && Self.covers($0.path, [pattern]) }
      let text =
        switch count {
        case 0: "no governed document has new content"
        case 1: "one governed document has new content: judged whole under policy sot"
        default: "\(count) governed documents have new content: judged whole under policy sot"
        }
      // Of a push every ref is told.
      if let ref = difference.ref {
        judgement.note(ref, "\(pattern.text): \(text)")
      } else {
        judgement.note(ArtifactName(pattern.text), text)
      }
    }
    return judgement
  }

  /// Whether a change is of a governed document, or puts something that only points elsewhere where such documents would
  /// be: in the place of their folder, or of one above it.
  private static func concerns(_ change: GitChange, _ patterns: [GovernedPattern]) -> Bool {
    if covers(change.path, patterns) { return true }
    guard let new = change.new, new.mode != .file else { return false }
    let path = change.path.bytes
    return patterns.contains { $0.covers(path, isFolder: true) || $0.mayMatch(below: path) }
  }

  private static func covers(_ path: ArtifactName, _ patterns: [GovernedPattern]) -> Bool {
    patterns.contains { $0.covers(path.bytes) }
  }

  private func search(_ engine: Engine, like request: ScanRequest, _ judgement: inout Judgement) {
    var own = request
    own.inputs = [.git(.documents(changes, in: difference.repository))]
    own.exclusions = []
    own.policy = .sot
    own.allowsEmpty = true
    own.clean = nil
    var findings: [Finding] = []
    judgement.result = Scan(request: own, engine: engine).run(cancellation: Interruption.cancellation) {
      (event: ScanEvent) throws(Never) in
      guard case .finding(var finding) = event else { return }
      finding.policy = .sot
      finding.facts.append("stands in a governed document")
      findings.append(finding)
    }
    judgement.findings = findings
  }

  /// Checks the records among all governed documents there are now, as one that does not change may contradict one that
  /// does. One that has another name now is still held against what it was.
  private func checkRecords(
    _ search: SecretSearch, _ gone: [GitChange], _ renames: [ArtifactName: ArtifactName], _ judgement: inout Judgement
  ) {
    var before: [ArtifactName: GitChange.Side] = [:]
    for change in changes { if let old = change.old { before[change.path] = old } }
    for change in gone { if let target = renames[change.path] { before[target] = change.old } }
    var documents = changes
    judgement.tell(ArtifactName("governed documents")) { () throws(ArtifactError) in
      documents = try difference.whole().filter { Self.covers($0.path, patterns) }
    }
    let changed = Set(changes.map(\.path))
    var records = GovernedRecords(search: search)
    let reader = GitObjectReader(difference.repository)
    for document in documents {
      guard let new = document.new, new.mode == .file else { continue }
      let object = GitObject(id: new.id, name: document.path)
      judgement.tell(document.path) { () throws(ArtifactError) in
        try records.take(object, before: before[document.path], isSearched: changed.contains(document.path), reader)
      }
    }
    judgement.tell(ArtifactName("git")) { () throws(ArtifactError) in try reader.end() }
    judgement.result.problems += records.problems()
  }

  /// Tells which documents are gone, and which only have another name.
  private func noteMoves(
    of gone: [GitChange], _ renames: [ArtifactName: ArtifactName], _ search: SecretSearch, _ judgement: inout Judgement
  ) {
    for change in gone {
      guard let target = renames[change.path] else {
        judgement.note(change.path, "governed document deleted")
        continue
      }
      let end = Self.covers(target, patterns) ? "" : ", which is not governed"
      judgement.note(change.path, "governed document renamed to \(search.masked(target.text))\(end)")
    }
  }
}

extension GovernedFiles.Judgement {
  fileprivate mutating func note(_ name: ArtifactName, _ text: String) {
    result.ledger.notes.append(CoverageLedger.Note(artifact: name, text: text))
  }

  /// Does something; where it fails that is a gap, unless the scan has told it already.
  fileprivate mutating func tell(_ name: ArtifactName, _ body: () throws(ArtifactError) -> Void) {
    do throws(ArtifactError) {
      try body()
    } catch {
      let isTold = result.ledger.gaps.contains { $0.artifact == name && $0.reason == error.reason }
      if !isTold { result.ledger.gaps.append(CoverageLedger.Gap(artifact: name, reason: error.reason)) }
    }
  }
}
