import ArgumentParser
import Detection
import Findings
import Reports

/// The options of every command that judges: what is searched for, and how it is told.
struct JudgingOptions: ParsableArguments {
  @Option(help: "How the report is written: human, json, jsonl, github, gitlab or sarif.")
  var format: ReportFormat = .human

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Write the report to a file, whole or not at all.", valueName: "file"),
    completion: .file()
  )
  var output: PathArgument?

  @OptionGroup var search: SearchOptions

  @Option(
    help: ArgumentHelp(
      "Accept the values this file of suppressions accepts; may be given several times.", valueName: "file"
    ),
    completion: .file(extensions: ["toml"])
  )
  var suppressions: [PathArgument] = []

  @Flag(
    help: ArgumentHelp(
      "Accept a value where its own line says 'leakgate:allow FINGERPRINT REASON'. Under policy code only; the report "
        + "names each place."
    )
  )
  var inlineSuppressions = false

  @Flag(
    name: .shortAndLong,
    help:
      "Print nothing but problems; the exit status is the same. A report in another format than human is still written."
  )
  var quiet = false

  @Flag(help: "In human format: tell everything known of a finding, and which matches were dropped, where and why.")
  var explain = false

  @Flag(help: "Show secrets as they are. Only on a terminal, in human format, never in a build service.")
  var reveal = false

  @Flag(help: "Use no colours. NO_COLOR in the environment does the same.")
  var noColor = false

  /// Looks at what options cannot be checked for one by one.
  ///
  /// - Throws: `CommandError` for what the caller has to change.
  func check(output terminal: Terminal) throws(CommandError) {
    try search.check()
    if inlineSuppressions, search.policy != .code {
      throw .invalid("--inline-suppressions is refused under policy \(search.policy.rawValue); use --suppressions")
    }
    guard reveal else { return }
    if Environment.isBuildService { throw .invalid("--reveal is refused where CI is set: logs are kept") }
    if format != .human { throw .invalid("--reveal is refused with --format \(format.rawValue); use the human format") }
    if output != nil { throw .invalid("--reveal is refused with --output: files are kept") }
    if !terminal.isTerminal { throw .invalid("--reveal is refused unless standard output is a terminal") }
  }

  /// What the engine is asked to do.
  ///
  /// - Throws: `CommandError` where the key cannot be used.
  func settings(_ policy: Policy? = nil, identityKey: FingerprintKey? = nil) throws(CommandError) -> EngineOptions {
    var settings = try search.settings(policy, reveals: reveal)
    settings.identityKey = identityKey
    settings.readsMarkers = inlineSuppressions
    settings.tellsDropped = explain && format == .human
    return settings
  }
}
