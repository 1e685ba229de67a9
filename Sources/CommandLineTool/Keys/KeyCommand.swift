import ArgumentParser
import Findings

/// `leakgate key …`: fingerprint keys.
struct KeyCommand: CommandGroupCommand {
  static let configuration = CommandConfiguration(
    commandName: "key",
    abstract: "Make keys for fingerprints.",
    discussion: """
      A fingerprint identifies a secret without telling it. With a key of your own, nobody else can test guesses \
      against the fingerprints in a report.

      Examples:
        leakgate key new ~/.config/leakgate/key
        leakgate key new | gh secret set LEAKGATE_KEY
      """,
    subcommands: [KeyNewCommand.self]
  )
}

/// `leakgate key new [FILE]`: makes a key.
struct KeyNewCommand: JudgingCommand {
  static let configuration = CommandConfiguration(
    commandName: "new",
    abstract: "Make a new key of 32 random bytes, written as hex digits.",
    discussion: """
      The file is made with mode 0600 and an existing one is never overwritten. Without a file the key goes to \
      standard output, for a store of secrets.

      Examples:
        leakgate key new leakgate.key
        leakgate scan --key leakgate.key .
        LEAKGATE_KEY_FILE=leakgate.key leakgate scan .
      """
  )

  @Argument(help: ArgumentHelp("The file to make.", valueName: "file"), completion: .file())
  var file: PathArgument?

  func judge() throws(CommandError) -> Verdict {
    if let file, !file.isDash { try KeyFile.create(file) } else { try Messages.answer(KeyFile.newText()) }
    return .clean
  }
}
