import ArgumentParser
import Findings
import Reports
import Rules

/// `leakgate rules list`: every rule in a line.
struct RulesListCommand: JudgingCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the rules: id, confidence, severity, what is found.",
    discussion: """
      Examples:
        leakgate rules list
        leakgate rules list --rules house.toml
        leakgate rules list --format json | jq -r '.[].id'
      """
  )

  @Option(help: "How the list is written: human or json.")
  var format: AnswerFormat = .human

  @Option(help: ArgumentHelp("List the rules of this file; may be given several times.", valueName: "file"))
  var rules: [PathArgument] = []

  func judge() throws(CommandError) -> Verdict {
    let pack = try PackSource.pack(for: rules)
    switch format {
    case .human: try Messages.answer(table(pack))
    case .json:
      try Answer.json { writer in
        writer.beginArray()
        for (index, rule) in pack.rules.enumerated() {
          writer.breakLine()
          writer.beginObject()
          writer.member("id", rule.id)
          writer.member("confidence", rule.confidence.name)
          writer.member("severity", rule.severity.name)
          writer.member("summary", pack.details(at: index).summary)
          writer.endObject()
        }
        writer.endArray()
      }
    }
    return .clean
  }

  private func table(_ pack: RulePack) -> String {
    let widest = pack.rules.map(\.id.count).max() ?? 0
    var text = ""
    for (index, rule) in pack.rules.enumerated() {
      let columns = [(rule.id, widest), (rule.confidence.name, 6), (rule.severity.name, 8)]
      for (column, width) in columns {
        text += TerminalText.escaped(column) + String(repeating: " ", count: max(0, width - column.count) + 2)
      }
      text += TerminalText.escaped(pack.details(at: index).summary) + "\n"
    }
    return text
  }
}
