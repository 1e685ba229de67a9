import ArgumentParser
import Artifacts
import Detection
import Findings
import Reports
import Rules
import Scanning

/// `leakgate baseline …`: takes over a repository that holds secrets already.
struct BaselineCommand: CommandGroupCommand {
  static let configuration = CommandConfiguration(
    commandName: "baseline",
    abstract: "Take over an old repository: accept what is there, refuse what is new.",
    discussion: """
      Examples:
        leakgate baseline create .leakgate/suppressions.toml
        leakgate baseline import .gitleaksignore .leakgate/suppressions.toml --reason 'from gitleaks'
      """,
    subcommands: [BaselineCreateCommand.self, BaselineImportCommand.self]
  )
}

/// `leakgate baseline create FILE`: accepts every value a history holds.
struct BaselineCreateCommand: JudgingCommand {
  static let configuration = CommandConfiguration(
    commandName: "create",
    abstract: "Write suppressions for every value the history holds, by fingerprint.",
    discussion: """
      Values are accepted wherever they stand, and no other value is, whatever line it stands on. A value without a \
      fingerprint cannot be accepted: with a key of your own (--key) every value has one. What cannot be accepted, or \
      not be read, is told, and the status says so. A file that is there is not written over: to renew what expired in \
      it, make another one and name both, or renew single values with 'leakgate suppress'.

      Examples:
        leakgate baseline create .leakgate/suppressions.toml --reason 'before LeakGate' --expires 2030-12-31
      """
  )

  @Argument(help: ArgumentHelp("The file of suppressions to be made.", valueName: "file"), completion: .file())
  var file: PathArgument

  @Option(help: ArgumentHelp("Why the values are accepted.", valueName: "text"))
  var reason = "there before LeakGate"

  @Option(help: ArgumentHelp("The last day the suppressions count on, as 2030-12-31.", valueName: "date"))
  var expires: String?

  @Option(help: ArgumentHelp("Who decides; GIT_AUTHOR_NAME or USER unless given.", valueName: "name"))
  var author: String?

  @OptionGroup var repository: RepositoryOptions
  @OptionGroup var options: SearchOptions

  func judge() throws(CommandError) -> Verdict {
    try options.check()
    try Suppressions.check(expires: expires)
    let pack = try PackSource.pack(for: options.rules, under: options.policy)
    let engine = try EngineSource.proven(pack, options.settings())
    let artifacts = try GitRun.artifacts(try repository.choice(for: pack)) { (choice) throws(ArtifactError) in
      try GitArtifacts.history(in: GitRepository(at: repository.folder), choice)
    }
    var request = try options.request([.git(artifacts)])
    request.allowsEmpty = true
    var lines = BaselineLines(reason: reason, author: author, expires: expires)
    let mask = NameMask(engine: engine)
    var unaccepted = 0
    guard SystemPath(file.bytes).kind(followingLinks: false) == nil else {
      throw .invalid(
        "\(file.name.text) is there already and is not overwritten; name another file, or renew single values with "
          + "'leakgate suppress'")
    }
    let result = Scan(request: request, engine: engine).run(cancellation: Interruption.cancellation) {
      (event: ScanEvent) throws(Never) in
      guard case .finding(let finding) = event else { return }
      if let fingerprint = finding.fingerprint { lines.add(fingerprint, rule: finding.rule) } else { unaccepted += 1 }
    }
    for problem in result.problems { Messages.complain(mask.masked(problem)) }
    for gap in result.ledger.gaps { Messages.complain(mask.masked("incomplete: \(gap.artifact.text): \(gap.reason)")) }
    try TextFile.create(lines.text, at: file.bytes)
    let left = unaccepted == 0 ? "" : "; \(unaccepted) without a fingerprint cannot be accepted without a key"
    try Messages.tell("\(file.name.text): \(Quantity.count(lines.count, "value")) accepted\(left)")
    return .worst([unaccepted > 0 ? .leaking : .clean, result.coverage])
  }
}
