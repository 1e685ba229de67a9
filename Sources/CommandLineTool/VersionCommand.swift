import ArgumentParser
import Findings
import Rules

/// `leakgate version`: what this build is made of.
struct VersionCommand: JudgingCommand {
  static let configuration = CommandConfiguration(
    commandName: "version",
    abstract: "Tell the version, the built-in rules' digest, and the pattern engine.",
    discussion: """
      'leakgate --version' prints the version alone.

      Examples:
        leakgate version
        leakgate --version
      """
  )

  func judge() throws(CommandError) -> Verdict {
    let pack = try PackSource.builtIn()
    try Messages.answer(
      """
      \(LeakGateVersion.line)
      pack \(pack.digest) (\(pack.rules.count) rules)
      \(EngineLibrary.description)

      """
    )
    return .clean
  }
}
