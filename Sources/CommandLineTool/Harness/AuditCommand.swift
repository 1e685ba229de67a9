import ArgumentParser
import Findings
import Harness
import Reports
import Scanning

/// `leakgate audit …`: what a run left.
struct AuditCommand: CommandGroupCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Judge what a run left: whole, in agreement with itself, without a secret.",
    discussion: """
      Examples:
        leakgate audit runs/20260601T015208Z-r1-string-slugify-4711
        leakgate audit verify runs/20260601T015208Z-r1-string-slugify-4711
      """,
    subcommands: [AuditRunCommand.self, AuditVerifyCommand.self, AuditPublicKeyCommand.self],
    defaultSubcommand: AuditRunCommand.self
  )
}

/// `leakgate audit RUN_DIR`: audits one run.
struct AuditRunCommand: JudgingCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Audit a run directory.",
    discussion: """
      Every artifact is searched under policy artifact; a manifest says which ones have to be there and in which form; \
      for runs of Case the evidence is held against itself. What comes of it is written to leakgate/audit.json of the \
      run directory, or to --out, with an in-toto statement over every artifact. The artifacts are never changed.

      The exit status is 0 where all is in order, 1 where a secret or a contradiction is found, 3 where something \
      could not be read.

      Examples:
        leakgate audit runs/1
        leakgate audit --manifest swe-bench.toml --out audits/1 logs/run_evaluation
        leakgate audit --sign leakgate.key runs/1
      """
  )

  @Argument(help: ArgumentHelp("The run directory.", valueName: "dir"), completion: .directory)
  var run: PathArgument

  @Option(
    help: ArgumentHelp("'case', or a TOML file that says which artifacts there are.", valueName: "manifest"),
    completion: .file(extensions: ["toml"])
  )
  var manifest: PathArgument?

  @Option(
    help: ArgumentHelp("Write the audit there and not to leakgate/ of the run.", valueName: "dir"),
    completion: .directory
  )
  var out: PathArgument?

  @Option(help: ArgumentHelp("Sign the statement with the key in this file.", valueName: "file"), completion: .file())
  var sign: PathArgument?

  @Option(help: ArgumentHelp("A folder the run may touch; may be given several times.", valueName: "dir"))
  var root: [PathArgument] = []

  @Option(help: ArgumentHelp("A folder the run may not name; may be given several times.", valueName: "dir"))
  var targetRoot: [PathArgument] = []

  @Option(help: ArgumentHelp("Number of workers; as many as there are processors unless given.", valueName: "n"))
  var jobs: Int?

  @Flag(help: "Answer with the JSON of audit.json.")
  var json = false

  func judge() throws(CommandError) -> Verdict {
    if let jobs, !(1...256).contains(jobs) {
      throw .invalid("--jobs \(jobs) is out of range; give a number from 1 to 256")
    }
    let paths = try HarnessInput.paths(root: root, targetRoot: targetRoot)
    let seed = try sign.map { file throws(CommandError) in try KeyFile.bytes(of: file) }
    let searches = try EngineSource.harnessSearches()
    let engine = searches.artifact.engine
    let (result, audit) = try CommandError.passingOn { () throws(HarnessError) in
      let folder = try RunDirectory(existing: run.bytes)
      let manifest = try chosenManifest()
      let place = try out.map { path throws(HarnessError) in try RunDirectory(making: path.bytes) }
      if let place, !place.keepsAudit(of: folder) {
        throw HarnessError(.invalid, "--out is a folder of the run, which an audit does not change; name one elsewhere")
      }
      let result = try Audit(
        folder, manifest: manifest, searches, engine: engine, paths: paths,
        jobs: jobs ?? ScanRequest.processors
      ).perform(at: .now)
      let audit = JSONText.bytes { result.write(to: &$0, version: LeakGateVersion.text) }
      let statement = Statement(result, audit: audit).bytes
      let prefix = place == nil ? Verification.folder : ""
      let target = place ?? folder
      try target.write(audit, to: prefix + Verification.auditName)
      try target.write(statement, to: prefix + Verification.statementName)
      if let seed { try target.write(Envelope.bytes(statement, seed: seed), to: prefix + Verification.envelopeName) }
      return (result, audit)
    }
    try Messages.answer(json ? String(decoding: audit, as: UTF8.self) : text(result))
    return result.verdict
  }

  private func chosenManifest() throws(HarnessError) -> Manifest {
    guard let manifest, manifest.bytes != Array("case".utf8) else { return try Manifest.caseRun() }
    switch FileContents.read(manifest.bytes) {
    case .success(let bytes): return try Manifest.read(bytes, named: manifest.name.text)
    case .failure(let error):
      throw HarnessError(.invalid, "cannot read the manifest \(manifest.name.text): \(error.message); check the path")
    }
  }

  private func text(_ result: AuditResult) -> String {
    var lines = result.evidence.map { "\($0.kind.rawValue): \($0.artifact): \($0.detail)" }
    lines += result.findings.map { finding in
      "\(finding.rule): \(finding.artifact.text):\(finding.location.line):\(finding.location.column): \(finding.redacted)"
    }
    lines += result.gaps.map { "incomplete: \($0.artifact.text): \($0.reason)" }
    lines += result.problems + result.notes.map { "note: \($0)" }
    lines.append("\(result.verdict.rawValue): \(Quantity.count(result.artifacts.count, "artifact"))")
    return lines.map { TerminalText.escaped($0) + "\n" }.joined()
  }
}

/// `leakgate audit verify RUN_DIR`: holds a statement against the run.
struct AuditVerifyCommand: JudgingCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Recompute the statement of an audit and fail on any difference.",
    discussion: """
      With --public-key the signed envelope has to be there and good; its payload is what counts. Without, anyone who may \
      write there could have written the statement, too: the answer says so.

      Examples:
        leakgate audit verify runs/1
        leakgate audit verify --public-key auditor.pub runs/1
      """
  )

  @Argument(help: ArgumentHelp("The run directory.", valueName: "dir"), completion: .directory)
  var run: PathArgument

  @Option(help: ArgumentHelp("Where the audit was written with --out.", valueName: "dir"), completion: .directory)
  var out: PathArgument?

  @Option(
    help: ArgumentHelp("The auditor's public key, as 'leakgate audit public-key' prints it.", valueName: "file"),
    completion: .file()
  )
  var publicKey: PathArgument?

  func judge() throws(CommandError) -> Verdict {
    let key = try publicKey.map { file throws(CommandError) in try KeyFile.publicBytes(of: file) }
    let search = try EngineSource.harnessSearches().artifact
    let (statement, clauses) = try CommandError.passingOn { () throws(HarnessError) in try differences(key, search) }
    var lines = clauses
    if let statement, clauses.isEmpty {
      let signature = key == nil ? "; by whom was not checked: give --public-key" : ", signed with that key"
      let artifacts = Quantity.count(statement.subjects.count, "artifact")
      lines.append("verified: \(artifacts), audited as \(statement.verdict)\(signature)")
    } else {
      lines.append("not verified")
    }
    try Messages.answer(lines.map { TerminalText.escaped($0) + "\n" }.joined())
    return clauses.isEmpty ? .clean : .leaking
  }

  /// The statement, and what does not agree with it or keeps it from being believed.
  private func differences(
    _ key: [UInt8]?, _ search: SecretSearch
  ) throws(HarnessError) -> (Statement?, [String]) {
    let folder = try RunDirectory(existing: run.bytes)
    let place = try out.map { path throws(HarnessError) in try RunDirectory(existing: path.bytes) }
    let prefix = place == nil ? Verification.folder : ""
    let source = place ?? folder
    guard var bytes = try source.read(prefix + Verification.statementName, limit: 256 << 20) else {
      throw HarnessError(.invalid, "there is no statement; run 'leakgate audit' first")
    }
    var clauses: [String] = []
    let envelope = try source.read(prefix + Verification.envelopeName, limit: 512 << 20)
    if key != nil || envelope != nil {
      guard let payload = envelope.flatMap({ Envelope.payload(of: $0, publicKey: key) }) else {
        return (nil, ["the signature is missing or not good"])
      }
      if payload != bytes { clauses.append("\(Verification.statementName): it is not what was signed") }
      bytes = payload
    }
    guard let statement = Statement(reading: bytes) else { return (nil, ["the statement cannot be read"]) }
    let audit = try source.read(prefix + Verification.auditName, limit: 256 << 20)
    return (statement, clauses + (try Verification.differences(between: statement, and: folder, audit: audit, search)))
  }
}

/// `leakgate audit public-key FILE`: the public half of a signing key.
struct AuditPublicKeyCommand: JudgingCommand {
  static let configuration = CommandConfiguration(
    commandName: "public-key",
    abstract: "Print the public key that belongs to a signing key.",
    discussion: """
      Examples:
        leakgate key new auditor.key
        leakgate audit public-key auditor.key > auditor.pub
      """
  )

  @Argument(help: ArgumentHelp("The signing key.", valueName: "file"), completion: .file())
  var file: PathArgument

  func judge() throws(CommandError) -> Verdict {
    let seed = try KeyFile.bytes(of: file)
    let key = try CommandError.passingOn { () throws(HarnessError) in try Envelope.publicKey(seed: seed) }
    try Messages.answer(Digest.digits(of: key) + "\n")
    return .clean
  }
}
