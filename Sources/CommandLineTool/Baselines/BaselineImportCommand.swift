import ArgumentParser
import Artifacts
import Detection
import Findings
import Reports
import Rules
import Scanning

/// `leakgate baseline import FROM FILE`: takes over what another tool was told to accept.
struct BaselineImportCommand: JudgingCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Take over what gitleaks or detect-secrets was told to accept.",
    discussion: """
      Reads a JSON report of gitleaks (its baseline), a .gitleaksignore, or a .secrets.baseline of detect-secrets. The \
      places it names are judged: in the commit it names, else in the files of the folder. A value that is found there \
      and is the one meant is accepted by its fingerprint, wherever it stands; no line is. What cannot be taken over is \
      told with the reason.

      Examples:
        leakgate baseline import .gitleaksignore .leakgate/suppressions.toml --reason 'from gitleaks'
        leakgate baseline import .secrets.baseline .leakgate/suppressions.toml --reason 'audited' --key k
      """
  )

  @Argument(help: ArgumentHelp("The file of the other tool.", valueName: "from"), completion: .file())
  var from: PathArgument

  @Argument(
    help: ArgumentHelp("The file of suppressions to be made or added to.", valueName: "file"), completion: .file())
  var file: PathArgument

  @Option(help: ArgumentHelp("Why the values are accepted.", valueName: "text"))
  var reason = "taken over from another tool"

  @Option(help: ArgumentHelp("The last day the suppressions count on, as 2030-12-31.", valueName: "date"))
  var expires: String?

  @Option(help: ArgumentHelp("Who decides; GIT_AUTHOR_NAME or USER unless given.", valueName: "name"))
  var author: String?

  @Option(
    name: [.customShort("C"), .long],
    help: ArgumentHelp(
      "Look below this folder, and in its repository, instead of the current one.", valueName: "folder"),
    completion: .directory
  )
  var repository: PathArgument?

  @OptionGroup var options: SearchOptions

  func judge() throws(CommandError) -> Verdict {
    try options.check()
    try Suppressions.check(expires: expires)
    let foreign = try foreign()
    let known = try Suppressions.known(in: file)
    let pack = try PackSource.pack(for: options.rules, under: options.policy)
    var settings = try options.settings(reveals: true)
    settings.identityKey = .random()
    let engine = try EngineSource.proven(pack, settings)
    var search = ForeignSearch(foreign.entries)
    var request = try options.request(
      try search.inputs(below: repository?.bytes, GitOptions(distinguishesPaths: pack.readsPaths)))
    request.allowsEmpty = true
    let result = Scan(request: request, engine: engine).run(cancellation: Interruption.cancellation) {
      (event: ScanEvent) throws(Never) in
      if case .finding(let finding) = event { search.take(finding) }
    }
    var told = ImportAccount(mask: NameMask(engine: engine))
    var lines = BaselineLines(reason: reason, author: author, expires: expires, known: known?.suppressions ?? [])
    for (entry, fate) in search.fates() {
      if case .accepted(let values) = fate { for (value, rule) in values { lines.add(value, rule: rule) } }
      told.tell(entry.label, fate)
    }
    for line in foreign.unread { told.tell(unread: line) }
    Messages.complainMasked(result.problems)
    for gap in result.ledger.gaps { told.tell(gap) }
    if lines.count > 0 { try Suppressions.write(lines.text, to: file, known: known, changes: lines.changes) }
    try Messages.tell("\(file.name.text): \(Quantity.count(lines.count, "value")) accepted; \(told.summary)")
    return .worst([told.verdict, result.coverage])
  }

  private func foreign() throws(CommandError) -> ForeignBaseline {
    switch FileContents.read(from.bytes) {
    case .success(let bytes): return try ForeignBaseline(bytes, name: from.name.text)
    case .failure(let error): throw .invalid("cannot read \(from.name.text): \(error.message); check the path")
    }
  }
}

/// What is told of an import: what was not carried over, one by one, and what that comes to.
private struct ImportAccount {
  private let mask: NameMask
  private var carried = 0
  private var left = 0
  private(set) var verdict = Verdict.clean

  init(mask: NameMask) { self.mask = mask }

  var summary: String { "\(Quantity.count(carried, "entry", "entries")) carried over, \(left) not" }

  mutating func tell(_ label: String, _ fate: ForeignSearch.Fate) {
    switch fate {
    case .accepted: carried += 1
    case .gone(let reason): leave("\(label): \(reason)", .clean)
    case .refused(let reason): leave("\(label): \(reason)", .leaking)
    case .unread(let reason): leave("\(label): \(reason)", .incomplete)
    }
  }

  /// What is written in the file and cannot be understood may have accepted anything.
  mutating func tell(unread line: String) { leave(line, .incomplete) }

  mutating func tell(_ gap: CoverageLedger.Gap) {
    Messages.complain(mask.masked("incomplete: \(gap.artifact.text): \(gap.reason)"))
  }

  private mutating func leave(_ line: String, _ verdict: Verdict) {
    left += 1
    self.verdict = .worst([self.verdict, verdict])
    Messages.complain(mask.masked("not carried over: \(line)"))
  }
}
