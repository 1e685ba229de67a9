import ArgumentParser
import Artifacts
import Findings

/// `leakgate git range BASE..HEAD`: judges what commits bring.
struct GitRangeCommand: JudgingCommand {
  static let configuration = CommandConfiguration(
    commandName: "range",
    abstract: "Judge what the commits of a range bring, what later ones remove included.",
    discussion: """
      A finding counts when its value is not in the files of BASE. A range without commits is invalid unless \
      --allow-empty is given.

      Examples:
        leakgate git range main..HEAD
        leakgate git range --since v1.2
        leakgate git range --merge-base origin/main..feature
      """
  )

  @Argument(help: ArgumentHelp("BASE..HEAD; HEAD is HEAD where it is left out.", valueName: "range"))
  var range: PathArgument?

  @Option(help: ArgumentHelp("Judge REF..HEAD.", valueName: "ref"))
  var since: PathArgument?

  @OptionGroup var ends: RangeOptions
  @OptionGroup var repository: RepositoryOptions
  @OptionGroup var options: JudgingOptions

  func judge() throws(CommandError) -> Verdict {
    let (base, head) = try revisions()
    return try GitRun(
      repository: repository, options: options, reportsKnown: ends.known, allowsEmpty: ends.allowEmpty, remembers: true
    ).judge { (choice) throws(ArtifactError) in
      let source = try GitRepository(at: repository.folder)
      let (from, to) = (try source.commit(base), try source.commit(head))
      return try GitArtifacts.range(
        in: source, from: ends.mergeBase ? source.mergeBase(from, to) : from, to: to, choice)
    }
  }

  /// The two revisions of the range as written.
  private func revisions() throws(CommandError) -> (base: [UInt8], head: [UInt8]) {
    switch (range, since) {
    case (nil, nil): throw .invalid("no range given; write BASE..HEAD, or --since REF")
    case (.some, .some): throw .invalid("both a range and --since are given; choose one")
    case (nil, let since?): return (since.bytes, RangeEnds.head)
    case (let range?, nil): return try RangeEnds.of(range)
    }
  }
}

/// `leakgate git history`: judges everything a repository ever held.
struct GitHistoryCommand: JudgingCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "Judge a whole history: every content, message and name of every commit.",
    discussion: """
      Without a revision everything in the repository is judged, also what no branch reaches any more. Each value is \
      reported once, with the commit that brought it first.

      Examples:
        leakgate git history
        leakgate git history main v1.0
        leakgate git history --since 2024-01-01
      """
  )

  @Argument(help: ArgumentHelp("Judge what these reach instead of everything.", valueName: "ref"))
  var refs: [PathArgument] = []

  @Flag(name: .customLong("all"), help: "Judge everything; so it is when no revision is given.")
  var everything = false

  @Option(
    help: ArgumentHelp("Only commits committed on this date (UTC) or later, as they say themselves.", valueName: "date")
  )
  var since: String?

  @Flag(help: "Let a repository without commits pass, or one without any since the date.")
  var allowEmpty = false

  @OptionGroup var repository: RepositoryOptions
  @OptionGroup var options: JudgingOptions

  func judge() throws(CommandError) -> Verdict {
    if everything, !refs.isEmpty { throw .invalid("--all and revisions are given; choose one") }
    if let since, !Calendar.isDate(since) { throw .invalid("--since '\(since)' is no date; write it as 2024-01-31") }
    return try GitRun(repository: repository, options: options, allowsEmpty: allowEmpty, remembers: true).judge {
      (choice) throws(ArtifactError) in
      let source = try GitRepository(at: repository.folder)
      if refs.isEmpty, since == nil { return try GitArtifacts.history(in: source, choice) }
      return try GitArtifacts.history(
        in: source, of: refs.map(\.bytes), since: since, allowsNone: allowEmpty, choice)
    }
  }
}
