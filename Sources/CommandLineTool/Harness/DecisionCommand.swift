import ArgumentParser
import Findings
import Harness
import Reports

/// `leakgate decision …`: decision records.
struct DecisionCommand: CommandGroupCommand {
  static let configuration = CommandConfiguration(
    commandName: "decision",
    abstract: "Work with the records of what was decided about a harness's provider.",
    discussion: """
      Examples:
        leakgate decision check decision.json --admission record.json
      """,
    subcommands: [DecisionCheckCommand.self]
  )
}

/// `leakgate decision check FILE…`: says what is wrong with decision records.
struct DecisionCheckCommand: JudgingCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check decision records, and that no admission contradicts them.",
    discussion: """
      A decision approves nothing by itself. Each one is held against every admission record given, and what the two \
      say differently is an error.

      The exit status is 0 where every record is valid and nothing contradicts, 1 where one holds a secret, 2 otherwise.

      Examples:
        leakgate decision check decision.json
        leakgate decision check decision.json --admission record.json
      """
  )

  @Argument(help: ArgumentHelp("Decision records.", valueName: "file"), completion: .file(extensions: ["json"]))
  var files: [PathArgument] = []

  @Option(
    help: ArgumentHelp(
      "Hold the decisions against this admission record; may be given several times.", valueName: "file"),
    completion: .file(extensions: ["json"])
  )
  var admission: [PathArgument] = []

  @Flag(help: "Answer with one JSON object.")
  var json = false

  func judge() throws(CommandError) -> Verdict {
    let moment = Timestamp.now
    var (checks, unread) = try RecordFiles.checks(of: files) { DecisionRecord.read($0) }
    if !admission.isEmpty {
      let (admissions, missing) = try RecordFiles.checks(of: admission) { AdmissionRecord.read($0, at: moment) }
      unread += missing
      for check in admissions where check.record == nil {
        throw .invalid("the admission record \(check.name.text) is not valid; see 'leakgate admission check'")
      }
      checks = checks.map { $0.held(against: admissions.compactMap(\.record)) }
    }
    return try RecordAnswer(checks: checks, unread: unread, isJSON: json).tell { record in
      RecordSummary(text: "\(record.status.rawValue), \(record.pair?.text ?? "no pair")") { writer in
        writer.member("decision_status", record.status.rawValue)
        writer.member("provider_class", record.providerClass.rawValue)
        writer.member("provider", record.pair?.provider ?? "")
        writer.member("model", record.pair?.model ?? "")
      }
    }
  }
}
