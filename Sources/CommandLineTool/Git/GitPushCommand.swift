import ArgumentParser
import Artifacts
import Findings
import Scanning

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// `leakgate git pre-receive`: judges a push where it arrives.
struct GitReceiveCommand: JudgingCommand {
  static let configuration = CommandConfiguration(
    commandName: "pre-receive",
    abstract: "Judge a push where it arrives: for a pre-receive hook.",
    discussion: """
      Reads the lines OLD NEW REF that git gives the hook and judges what no ref here reaches yet, objects in \
      quarantine included. A push that only deletes is clean. Governed documents that a ref would have anew are judged \
      as 'leakgate gate' does.

      Examples:
        leakgate git pre-receive        in hooks/pre-receive of the server
        leakgate git pre-receive --governed '.sot/**'
      """
  )

  @Flag(help: "Report values that are there already, too.")
  var known = false

  @Option(
    help: ArgumentHelp(
      "Judge changed documents that match this pattern whole, under policy sot; may be given several times.",
      valueName: "glob")
  )
  var governed: [PathArgument] = []

  @OptionGroup var repository: RepositoryOptions
  @OptionGroup var options: JudgingOptions

  func judge() throws(CommandError) -> Verdict {
    try GitRun(
      repository: repository, options: options, reportsKnown: known, allowsEmpty: true, governed: governed
    ).judgePush(RefUpdate.received, known: .here)
  }
}

/// `leakgate git pre-push`: judges a push before it leaves.
struct GitPushCommand: JudgingCommand {
  static let configuration = CommandConfiguration(
    commandName: "pre-push",
    abstract: "Judge a push before it leaves: for a pre-push hook.",
    discussion: """
      Reads the lines that git gives the hook and judges the commits the remote is not known to have. Governed \
      documents that a ref would have anew are judged as 'leakgate gate' does.

      Examples:
        leakgate git pre-push --remote "$1"        in .git/hooks/pre-push
        leakgate git pre-push --remote "$1" --governed '.sot/**'
      """
  )

  @Option(help: ArgumentHelp("Name of the remote: what its branches reach is there already.", valueName: "name"))
  var remote = ""

  @Flag(help: "Report values that are there already, too.")
  var known = false

  @Option(
    help: ArgumentHelp(
      "Judge changed documents that match this pattern whole, under policy sot; may be given several times.",
      valueName: "glob")
  )
  var governed: [PathArgument] = []

  @OptionGroup var repository: RepositoryOptions
  @OptionGroup var options: JudgingOptions

  func judge() throws(CommandError) -> Verdict {
    try GitRun(
      repository: repository, options: options, reportsKnown: known, allowsEmpty: true, governed: governed
    ).judgePush(RefUpdate.pushed, known: .remote(remote))
  }
}

extension GitRun {
  /// Judges what a push brings that is not known yet.
  ///
  /// - Parameter updates: reads the lines git gives the hook on standard input.
  fileprivate func judgePush(
    _ updates: @escaping ([UInt8]) throws(ArtifactError) -> [RefUpdate], known: GitArtifacts.Known
  ) throws(CommandError) -> Verdict {
    let text = try HookInput.read()
    return try judge { (choice) throws(ArtifactError) in
      try GitArtifacts.push(
        of: updates(text), in: GitRepository(at: repository.folder), known: known, telling: !governed.isEmpty, choice)
    }
  }
}

/// `leakgate git message FILE`: judges a commit message before it is recorded.
struct GitMessageCommand: JudgingCommand {
  static let configuration = CommandConfiguration(
    commandName: "message",
    abstract: "Judge a commit message before it is recorded: for a commit-msg hook.",
    discussion: """
      Of the diff that 'git commit --verbose' puts below the message, lines that stay or go are not judged.

      Examples:
        leakgate git message "$1"        in .git/hooks/commit-msg
      """
  )

  @Argument(help: ArgumentHelp("The file that holds the message.", valueName: "file"), completion: .file())
  var file: PathArgument

  @OptionGroup var options: JudgingOptions

  func judge() throws(CommandError) -> Verdict {
    try options.check(output: .output)
    let bytes: [UInt8]
    switch FileContents.read(file.bytes) {
    case .success(let content): bytes = content
    case .failure(let error): throw .invalid("cannot read the message \(file.name.text): \(error.message)")
    }
    var request = try options.search.request([.bytes(file.name, CommitMessage.judged(bytes))])
    request.allowsEmpty = true
    return try ScanRun(request: request, options: options).judge()
  }
}

/// What git writes a commit-msg hook into the file of the message.
enum CommitMessage {
  /// The line below which `git commit --verbose` shows what it records (git-commit(1), `--cleanup=scissors`).
  private static let scissors = Array(" ------------------------ >8 ------------------------".utf8)

  /// How the diff below it begins, for each file.
  private static let diff = Array("diff --".utf8)

  /// The message with what is not recorded blanked out, so that lines keep their numbers.
  ///
  /// In the diff below the scissors these are lines that stay or go. Others count: somebody may have typed them there, and
  /// git records them where it did not write the scissors itself.
  static func judged(_ message: [UInt8]) -> [UInt8] {
    var (isBelow, isDiff) = (false, false)
    let lines = message.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { line in
      if line.dropFirst().starts(with: scissors) { isBelow = true }
      if isBelow, line.starts(with: diff) { isDiff = true }
      let leaves = line.first == UInt8(ascii: "-") || line.first == UInt8(ascii: " ")
      return isDiff && leaves ? [] : line
    }
    return Array(lines.joined(separator: [UInt8(ascii: "\n")]))
  }
}

/// What git tells a hook on standard input.
enum HookInput {
  /// All of it.
  ///
  /// - Throws: `CommandError` where it is closed, a terminal, or cannot be read.
  static func read() throws(CommandError) -> [UInt8] {
    guard case .readable = StandardInput.condition() else {
      throw .invalid("standard input is closed or a terminal; this command is to be run by git, as a hook")
    }
    switch FileContents.readAll(STDIN_FILENO) {
    case .success(let bytes): return bytes
    case .failure(let error): throw .invalid("cannot read standard input: \(error.message)")
    }
  }
}
