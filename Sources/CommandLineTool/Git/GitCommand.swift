import ArgumentParser
import Artifacts
import Findings

/// `leakgate git …`: judges what git keeps, or is about to.
struct GitCommand: CommandGroupCommand {
  static let configuration = CommandConfiguration(
    commandName: "git",
    abstract: "Judge what git is about to record, what a change adds, or a whole history.",
    discussion: """
      Files are read as git keeps them, each distinct content once; names, messages and authors are judged too. No \
      setting, attribute or hook of the repository takes part.

      Examples:
        leakgate git staged
        leakgate git range main..HEAD
        leakgate git history
      """,
    subcommands: [
      GitStagedCommand.self, GitWorktreeCommand.self, GitRangeCommand.self, GitHistoryCommand.self,
      GitMessageCommand.self, GitPushCommand.self, GitReceiveCommand.self,
    ]
  )
}

/// `leakgate git staged`: judges what the next commit would record.
struct GitStagedCommand: JudgingCommand {
  static let configuration = CommandConfiguration(
    commandName: "staged",
    abstract: "Judge what is staged: the index decides, not the files.",
    discussion: """
      A finding counts when its value is not in HEAD already. Nothing staged is clean. Governed documents are judged \
      as 'leakgate gate' does.

      Examples:
        leakgate git staged
        leakgate git staged --known
        leakgate git staged --governed '.sot/**'
      """
  )

  @Flag(help: "Report values that HEAD holds already, too.")
  var known = false

  @Flag(help: "Let a commit pass of which all is excluded.")
  var allowEmpty = false

  @Option(
    help: ArgumentHelp(
      "Judge changed documents that match this pattern whole, under policy sot; may be given several times.",
      valueName: "glob")
  )
  var governed: [PathArgument] = []

  @OptionGroup var repository: RepositoryOptions
  @OptionGroup var options: JudgingOptions

  func judge() throws(CommandError) -> Verdict {
    let staged: (GitOptions) throws(ArtifactError) -> GitArtifacts
    do throws(ArtifactError) {
      staged = try GitArtifacts.staged(at: repository.folder)
    } catch {
      throw .invalid(error.reason)
    }
    return try GitRun(
      repository: repository, options: options, reportsKnown: known, allowsEmpty: true, allowsAllExcluded: allowEmpty,
      governed: governed
    ).judge(staged)
  }
}

/// `leakgate git worktree`: judges the files of the work tree.
struct GitWorktreeCommand: JudgingCommand {
  static let configuration = CommandConfiguration(
    commandName: "worktree",
    abstract: "Judge the files of the work tree, tracked and not.",
    discussion: """
      Examples:
        leakgate git worktree
        leakgate git worktree --ignored
      """
  )

  @Flag(help: "Judge files that git ignores, too.")
  var ignored = false

  @Flag(help: "Let a work tree without files pass.")
  var allowEmpty = false

  @OptionGroup var repository: RepositoryOptions
  @OptionGroup var options: JudgingOptions

  func judge() throws(CommandError) -> Verdict {
    try GitRun(repository: repository, options: options, allowsEmpty: allowEmpty).judge {
      (choice) throws(ArtifactError) in
      try GitArtifacts.workTree(at: repository.folder, withIgnored: ignored, choice)
    }
  }
}
