import ArgumentParser
import Findings
import Reports
import Rules

/// `leakgate rules new PROVIDER`: where a rule file begins.
struct RulesNewCommand: JudgingCommand {
  static let configuration = CommandConfiguration(
    commandName: "new",
    abstract: "Write the skeleton of a rule file.",
    discussion: """
      The skeleton is a whole rule that passes 'leakgate rules check --strict'; put in what is true of the provider. \
      A file that is there is not overwritten.

      Examples:
        leakgate rules new acme
        leakgate rules new acme --output rules/acme.toml
      """
  )

  @Argument(help: ArgumentHelp("Name of the provider: lower-case letters, digits and dashes.", valueName: "provider"))
  var provider: String

  @Option(name: .shortAndLong, help: ArgumentHelp("Write it to this file.", valueName: "file"))
  var output: PathArgument?

  func judge() throws(CommandError) -> Verdict {
    guard let skeleton = RuleSkeleton(provider: provider) else {
      throw .invalid("a provider is written with lower-case letters, digits and single dashes, a letter first")
    }
    if let output, !output.isDash, SystemPath(output.bytes).kind(followingLinks: false) != nil {
      throw .invalid("\(output.name.text) is there already; choose another name, or add the rule to it by hand")
    }
    try PackOutput(output).write(skeleton.text)
    return .clean
  }
}
