import ArgumentParser
import Artifacts
import Detection
import Findings
import Rules
import Scanning

/// `leakgate baseline …`: takes over a repository that holds secrets already.
struct BaselineCommand: CommandGroupCommand {
  static let configuration = CommandConfiguration(
    commandName: "baseline",
    abstract: "Take over an old repository: accept what is there, refuse what is new.",
    discussion: """
      Examples:
        leakgate baseline create .leakgate/suppressions.toml --reason 'before LeakGate'
      """,
    subcommands: [BaselineCreateCommand.self]
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
      not be read, is told, and the status says so.

      Examples:
        leakgate baseline create .leakgate/suppressions.toml --reason 'before LeakGate' --expires 2026-12-31
      """
  )

  @Argument(help: ArgumentHelp("The file of suppressions to be made.", valueName: "file"), completion: .file())
  var file: PathArgument

  @Option(help: ArgumentHelp("Why the values are accepted.", valueName: "text"))
  var reason: String

  @Option(help: ArgumentHelp("The last day the suppressions count on, as 2025-12-31.", valueName: "date"))
  var expires: String?

  @OptionGroup var repository: RepositoryOptions
  @OptionGroup var options: JudgingOptions

  func judge() throws(CommandError) -> Verdict {
    try options.check(output: .output)
    if let expires, !Calendar.isDate(expires) {
      throw .invalid("--expires '\(expires)' is no date; write it as 2025-12-31")
    }
    let pack = try PackSource.pack(for: options.rules)
    let key = try KeyFile.key(named: options.key)
    let engine = try EngineSource.proven(pack, EngineOptions(policy: options.policy, key: key))
    let artifacts = try GitRun(repository: repository, options: options).artifacts(
      try repository.choice(for: pack)
    ) { (choice) throws(ArtifactError) in
      try GitArtifacts.history(in: GitRepository(at: repository.folder), choice)
    }
    var request = try options.request([.git(artifacts)])
    request.allowsEmpty = true
    var lines = BaselineLines(reason: reason, expires: expires)
    let result = Scan(request: request, engine: engine).run(cancellation: Interruption.cancellation) {
      (event: ScanEvent) throws(Never) in
      if case .finding(let finding) = event { lines.add(finding) }
    }
    for gap in result.ledger.gaps { Messages.complain("incomplete: \(gap.artifact.text): \(gap.reason)") }
    try TextFile.create(lines.text, at: file.bytes)
    let left = lines.left == 0 ? "" : "; \(lines.left) without a fingerprint cannot be accepted without a key"
    try Messages.answer("\(file.name.text): \(lines.count) values accepted\(left)\n")
    return .worst([lines.left > 0 ? .leaking : .clean, result.ledger.isComplete ? .clean : .incomplete])
  }
}

/// The suppressions of a baseline, each value and rule once.
private struct BaselineLines {
  let reason: String
  let expires: String?
  private(set) var text = ""
  private(set) var count = 0
  /// Findings without a fingerprint.
  private(set) var left = 0
  private var seen: Set<String> = []

  init(reason: String, expires: String?) {
    self.reason = reason
    self.expires = expires
  }

  mutating func add(_ finding: Finding) {
    guard let fingerprint = finding.fingerprint?.text else {
      left += 1
      return
    }
    guard seen.insert(fingerprint + finding.rule).inserted else { return }
    count += 1
    let suppression = Suppression(
      fingerprint: fingerprint, rule: finding.rule, reason: reason, added: Suppressions.today, expires: expires)
    text += (text.isEmpty ? "" : "\n") + SuppressionFile.text(suppression)
  }
}
