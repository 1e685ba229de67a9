import ArgumentParser

/// `leakgate rules …`: what is searched for.
struct RulesCommand: CommandGroupCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules",
    abstract: "List, show, check, begin and import rules.",
    discussion: """
      Examples:
        leakgate rules list
        leakgate rules show github-personal-access-token
        leakgate rules check house.toml
        leakgate rules new acme --output acme.toml
        leakgate rules import .gitleaks.toml
      """,
    subcommands: [
      RulesListCommand.self, RulesShowCommand.self, RulesCheckCommand.self, RulesNewCommand.self,
      RulesImportCommand.self,
    ]
  )
}

/// The formats of commands that answer questions.
enum AnswerFormat: String, ExpressibleByArgument, CaseIterable {
  case human
  case json
}
