import ArgumentParser
import Artifacts
import Findings

/// `leakgate gate BASE..HEAD`: what a change has to pass before it is merged.
struct GateCommand: JudgingCommand {
  static let configuration = CommandConfiguration(
    commandName: "gate",
    abstract: "Judge a change for review: new values in its commits, and changed governed documents whole.",
    discussion: """
      The commits of the range are judged as 'leakgate git range' does. The whole new content of every changed file \
      that --governed matches is judged under policy sot, whether its values are new or not; admission and decision \
      records among them have to be valid. Governed files that are deleted or renamed are listed.

      Examples:
        leakgate gate origin/main..HEAD
        leakgate gate --governed '.sot/**' --governed 'docs/protocols/**' main..HEAD
        leakgate gate --format json -o report.json main..topic
        leakgate gate --ci --format github        in GitHub Actions (docs/ci.md)
      """
  )

  @Argument(help: ArgumentHelp("BASE..HEAD; HEAD is HEAD where it is left out.", valueName: "range"))
  var range: PathArgument?

  @Flag(
    help: """
      In GitHub Actions or GitLab CI: take the range from what the service tells unless it is given, and leave step \
      outputs and a summary.
      """
  )
  var ci = false

  @Option(
    help: ArgumentHelp("A pattern of governed documents; may be given several times.", valueName: "glob")
  )
  var governed = [PathArgument(bytes: Array(".sot/**".utf8))]

  @OptionGroup var ends: RangeOptions
  @OptionGroup var repository: RepositoryOptions
  @OptionGroup var options: JudgingOptions

  func judge() throws(CommandError) -> Verdict {
    let change = try change()
    return try GitRun(
      repository: repository, options: options, reportsKnown: ends.known,
      allowsEmpty: ends.allowEmpty || change.mayBeEmpty,
      remembers: true, governed: governed, companion: ci ? StepReporter() : nil
    ).judge { (choice) throws(ArtifactError) in
      let source = try GitRepository(at: repository.folder)
      let to = try source.commit(change.head)
      var from = try change.base(in: source)
      if ends.mergeBase, let base = from { from = try source.mergeBase(base, to) }
      return try GitArtifacts.range(in: source, from: from, to: to, choice)
    }
  }

  private func change() throws(CommandError) -> ServedChange {
    if let range { return ServedChange(try RangeEnds.of(range)) }
    guard ci else { throw .invalid("no range given; write BASE..HEAD, or --ci in a build service") }
    return try ServedChange.told()
  }
}
