import ArgumentParser
import Findings
import Reports
import Rules

/// `leakgate rules show ID`: everything about one rule.
struct RulesShowCommand: JudgingCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show everything about a rule.",
    discussion: """
      Examples and counterexamples are shown as the templates they are written as.

      Examples:
        leakgate rules show github-personal-access-token
        leakgate rules show --rules house.toml house-token
        leakgate rules show --format json aws-access-key-id
      """
  )

  @Argument(help: ArgumentHelp("Id of the rule, or one of its aliases.", valueName: "id"))
  var id: String

  @Option(help: "How it is written: human or json.")
  var format: AnswerFormat = .human

  @Option(help: ArgumentHelp("Look in the rules of this file; may be given several times.", valueName: "file"))
  var rules: [PathArgument] = []

  func judge() throws(CommandError) -> Verdict {
    let pack = try PackSource.pack(for: rules)
    let index =
      pack.rules.firstIndex { $0.id == id } ?? pack.rules.indices.first { pack.details(at: $0).aliases.contains(id) }
    guard let index else { throw RuleNames.unknown(id, in: pack) }
    // The pattern of a caller's rule may be a token as it is.
    let description = RuleDescription(
      rule: pack.rules[index], details: pack.details(at: index), shown: rules.isEmpty ? { $0 } : Messages.mask())
    switch format {
    case .human: try Messages.answer(description.text)
    case .json: try Answer.json(description.write)
    }
    return .clean
  }
}
