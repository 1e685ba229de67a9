import Artifacts
import Detection
import Findings
import Scanning

/// What becomes of the findings in a repository before they are told: equal values are one, old ones none, and each
/// is traced to where it comes from.
struct GitReview {
  let artifacts: GitArtifacts
  /// Whether values the base holds already are reported, too.
  let reportsKnown: Bool
  /// Whether equal values are one finding: so where each is traced.
  private var folds: Bool { artifacts.areTraced }
  /// Whether a name holds a secret, which then must not be kept in any file.
  private var hasSecretName = false

  private var groups: [Group] = []
  private var places: [Key: Int] = [:]

  init(artifacts: GitArtifacts, reportsKnown: Bool) {
    self.artifacts = artifacts
    self.reportsKnown = reportsKnown
  }

  /// Findings of one rule and value.
  private struct Group {
    /// The findings in the order they came, one for each object.
    var findings: [Finding]
    var objects: Set<String>
  }

  /// What makes findings equal: their rule, and their value, or where they have none the path.
  private struct Key: Hashable {
    var rule: String
    var value: Value

    init(_ finding: Finding) {
      rule = finding.rule
      value = Value(finding)
    }
  }

  private enum Value: Hashable {
    /// Of a pair those of its halves, too.
    case identity(Fingerprint, [Fingerprint?])
    case path(ArtifactName)

    init(_ finding: Finding) {
      self = finding.identity.map { .identity($0, finding.halves.map(\.identity)) } ?? .path(finding.artifact)
    }
  }

  /// What is to be told in the end.
  struct Outcome {
    var findings: [Finding] = []
    var gaps: [CoverageLedger.Gap] = []
    var notes: [CoverageLedger.Note] = []

    /// Adds what judging the governed documents came to.
    ///
    /// What both tell of a value in a document is told once: as found there, with the commit that brought it.
    mutating func take(_ judgement: GovernedFiles.Judgement) {
      gaps += judgement.result.ledger.gaps
      notes += judgement.result.ledger.notes
      var governed = judgement.findings
      let places = Dictionary(governed.indices.map { (Identity(governed[$0]), [$0]) }, uniquingKeysWith: +)
      findings.removeAll { finding in
        guard let same = places[Identity(finding)] else { return false }
        if let git = finding.git { for place in same { governed[place].git?.takeHistory(of: git) } }
        return true
      }
      findings += governed
    }
  }

  /// What two findings share that are one: the value and where it is.
  private struct Identity: Hashable {
    var value: Value
    var path: ArtifactName

    init(_ finding: Finding) {
      value = Value(finding)
      path = finding.artifact
    }
  }

  /// Takes in a finding.
  mutating func take(_ finding: Finding) {
    hasSecretName = hasSecretName || finding.git == nil
    let object = finding.git?.object ?? ""
    guard folds else {
      groups.append(Group(findings: [finding], objects: [object]))
      return
    }
    let key = Key(finding)
    guard let place = places[key] else {
      places[key] = groups.count
      groups.append(Group(findings: [finding], objects: [object]))
      return
    }
    if groups[place].objects.insert(object).inserted { groups[place].findings.append(finding) }
  }

  /// Leaves what git told of the commits, names of files among it, for the next run.
  func remember() { if !hasSecretName { artifacts.remember() } }

  /// Leaves out what is not new and traces the rest.
  mutating func settle(_ engine: Engine, jobs: Int) -> Outcome {
    var outcome = Outcome()
    if !reportsKnown, !groups.isEmpty { leaveOutKnown(engine, jobs: jobs, &outcome) }
    if folds, !groups.isEmpty {
      do throws(ArtifactError) {
        outcome.findings = try traced()
        return outcome
      } catch {
        // The findings stand; only where they come from is not known.
        outcome.gaps.append(CoverageLedger.Gap(artifact: ArtifactName("history"), reason: error.reason))
      }
    }
    outcome.findings = groups.map { $0.findings[0] }
    return outcome
  }

  /// Judges the files of the bases; what cannot be read of them makes nothing old.
  private mutating func leaveOutKnown(_ engine: Engine, jobs: Int, _ outcome: inout Outcome) {
    var known: Set<Value> = []
    for base in artifacts.bases {
      guard let files = try? GitArtifacts.files(of: base, in: artifacts.repository) else { continue }
      let request = ScanRequest(inputs: [.git(files)], jobs: jobs, allowsEmpty: true, policy: engine.options.policy)
      _ = Scan(request: request, engine: engine).run(cancellation: Interruption.cancellation) {
        (event: ScanEvent) throws(Never) in
        if case .finding(let finding) = event { known.insert(Value(finding)) }
      }
    }
    let before = groups.count
    groups.removeAll { group in known.contains(Value(group.findings[0])) }
    guard before > groups.count, let base = artifacts.bases.first else { return }
    let count = before - groups.count
    outcome.notes.append(
      CoverageLedger.Note(
        artifact: ArtifactName(bytes: base),
        text: "holds \(count == 1 ? "a value" : "\(count) values") found here already: not new, so not told (--known)"))
  }

  private func traced() throws(ArtifactError) -> [Finding] {
    let ids = groups.map { group in Set(group.objects.compactMap { ObjectID(hex: Array($0.utf8)) }) }
    let origins = try artifacts.origins(of: ids)
    let commits = Set(origins.compactMap { $0.first?.commit })
    let authors = try GitTrace.authors(of: commits, in: artifacts.repository)
    return zip(groups, origins).map { group, origin in
      let first = origin.first
      let place = first.flatMap { first in group.findings.firstIndex { $0.git?.object == first.object.text } } ?? 0
      var finding = group.findings[place]
      if let first {
        if let path = first.path { finding.artifact = path }
        let author = authors[first.commit]
        finding.git?.commit = GitOrigin.Commit(
          id: first.commit.text, author: ArtifactName(bytes: author?.name ?? []),
          date: Calendar.text(author?.time ?? 0))
      }
      finding.git?.commits = origin.commits
      finding.git?.paths = origin.paths.count
      finding.git?.isAtHead = origin.isAtHead
      return finding
    }
  }
}
