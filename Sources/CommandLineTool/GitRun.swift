import Artifacts
import Findings
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
  /// Whether there can be so much to read that remembering it is worth while.
  var remembers = false

  /// Chooses what is judged, and judges it.
  ///
  /// - Throws: `CommandError` where there is no repository, or no such revision.
  func judge(
    _ select: @escaping (GitOptions) throws(ArtifactError) -> GitArtifacts
  ) throws(CommandError) -> Verdict {
    try options.check(output: .output)
    return try ScanRun(options: options, comparesValues: true) { (pack) throws(CommandError) in
      let artifacts = try artifacts(try repository.choice(for: pack), select)
      var request = try options.request([.git(artifacts)])
      request.allowsEmpty = allowsEmpty
      if remembers { request.clean = repository.clean(for: pack, policy: options.policy) }
      return ScanRun.Task(
        request: request, review: GitReview(artifacts: artifacts, reportsKnown: reportsKnown),
        suppressions: try repository.suppressions(for: artifacts), judgesAll: artifacts.bases.isEmpty)
    }.judge()
  }

  /// What is judged, or why it cannot be chosen.
  func artifacts(
    _ choice: GitOptions, _ select: (GitOptions) throws(ArtifactError) -> GitArtifacts
  ) throws(CommandError) -> GitArtifacts {
    do throws(ArtifactError) {
      return try select(choice)
    } catch .git(let clause) {
      throw CommandError(.incomplete, "the repository cannot be read: \(clause)")
    } catch {
      throw .invalid(error.reason)
    }
  }
}
