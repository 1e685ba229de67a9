import Artifacts
import Findings
import Reports
import Rules
import Scanning

/// One judgement of what a repository keeps, from its rules to its report.
struct GitRun {
  let repository: RepositoryOptions
  let options: JudgingOptions
  /// Whether values the base holds already are reported, too.
  var reportsKnown = false
  /// Whether nothing to judge is no problem.
  var allowsEmpty = false
  /// Whether that is so, too, where all there was is excluded.
  var allowsAllExcluded = true
  /// Whether there can be so much to read that remembering it is worth while.
  var remembers = false

  /// Patterns of documents that are judged whole under policy `sot` where they change, besides what is new.
  var governed: [PathArgument] = []
  /// What is told the same as the report's readers.
  var companion: (any Reporter)?

  /// Chooses what is judged, and judges it.
  ///
  /// - Throws: `CommandError` where there is no repository, or no such revision.
  func judge(
    _ select: @escaping (GitOptions) throws(ArtifactError) -> GitArtifacts
  ) throws(CommandError) -> Verdict {
    try options.check(output: .output)
    let patterns = try GovernedPattern.compiled(governed)
    let identityKey = FingerprintKey.random()
    return try ScanRun(options: options, identityKey: identityKey, companion: companion) {
      (pack) throws(CommandError) in
      // What is not read again tells nothing of what was dropped in it.
      let clean = remembers && !options.explain ? repository.clean(for: pack, under: options.search) : nil
      var choice = try repository.choice(for: pack)
      // A path that is left out is not judged, so it must not be kept.
      if clean != nil, choice.exclusions.isEmpty { choice.memory = CacheFile.commits }
      let artifacts = try Self.artifacts(choice, select)
      if let complaint = artifacts.complaint { Messages.complain(Messages.masked(complaint)) }
      var request = try options.search.request([.git(artifacts)])
      request.allowsEmpty = allowsEmpty
      request.allowsAllExcluded = allowsAllExcluded
      request.clean = clean
      return ScanRun.Task(
        request: request, review: GitReview(artifacts: artifacts, reportsKnown: reportsKnown),
        suppressions: try repository.suppressions(for: artifacts), judgesAll: artifacts.bases.isEmpty,
        governed: try GovernedFiles.all(of: artifacts, patterns) { () throws(CommandError) in
          try EngineSource.proven(pack.adding(KeyRules.pack), options.settings(.sot, identityKey: identityKey))
        })
    }.judge()
  }

  /// What is judged, or why it cannot be chosen.
  static func artifacts(
    _ choice: GitOptions, _ select: (GitOptions) throws(ArtifactError) -> GitArtifacts
  ) throws(CommandError) -> GitArtifacts {
    do throws(ArtifactError) {
      return try select(choice)
    } catch {
      throw CommandError(error)
    }
  }
}

extension CommandError {
  /// Why a repository cannot be judged.
  init(_ error: ArtifactError) {
    if case .git(let clause) = error {
      self.init(.incomplete, "the repository cannot be read: \(clause)")
    } else {
      self.init(.invalid, error.reason)
    }
  }
}
