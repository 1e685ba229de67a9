import ArgumentParser
import Findings
import Harness
import Reports

/// `leakgate admission …`: admission records.
struct AdmissionCommand: CommandGroupCommand {
  static let configuration = CommandConfiguration(
    commandName: "admission",
    abstract: "Work with the records that admit a provider and model to a harness.",
    discussion: """
      Examples:
        leakgate admission check .sot/03-PROTOCOLS/CTO-CASE-MODEL-PROVIDER-ADMISSION.*.json
      """,
    subcommands: [AdmissionCheckCommand.self]
  )
}

/// `leakgate admission check FILE…`: says what is wrong with admission records.
struct AdmissionCheckCommand: JudgingCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check admission records: fields, exact ids, dates, and that no secret is in them.",
    discussion: """
      A record is one JSON object with the members docs/harness.md lists and no other. It is searched for secrets \
      under policy sot. A record that is valid need not admit anything: whether it does, now, is told.

      The exit status is 0 where every record is valid, 1 where one holds a secret, 2 where one is not valid.

      Examples:
        leakgate admission check .sot/03-PROTOCOLS/CTO-CASE-MODEL-PROVIDER-ADMISSION.*.json
        leakgate admission check --json record.json
      """
  )

  @Argument(help: ArgumentHelp("Admission records.", valueName: "file"), completion: .file(extensions: ["json"]))
  var files: [PathArgument] = []

  @Flag(help: "Answer with one JSON object.")
  var json = false

  func judge() throws(CommandError) -> Verdict {
    let moment = Timestamp.now
    let (checks, unread) = try RecordFiles.checks(of: files) { AdmissionRecord.read($0, at: moment) }
    return try RecordAnswer(checks: checks, unread: unread, isJSON: json).tell { record in
      let words = record.isAdmitted ? "admitted" : "not admitted"
      let isExpired = record.reviewTrigger.isPast(at: moment)
      return RecordSummary(text: "\(record.pair.text), \(words)\(isExpired ? ", past its review date" : "")") {
        writer in
        writer.member("status", record.status)
        writer.member("provider", record.pair.provider)
        writer.member("model", record.pair.model)
        writer.member("admits", record.admits(at: moment))
      }
    }
  }
}
