import ArgumentParser
import Findings

/// `leakgate completions SHELL`: the script that completes commands and options in a shell.
struct CompletionsCommand: JudgingCommand {
  /// The shells there is a script for.
  enum Shell: String, ExpressibleByArgument, CaseIterable {
    case bash
    case zsh
    case fish

    var completionShell: CompletionShell {
      switch self {
      case .bash: .bash
      case .zsh: .zsh
      case .fish: .fish
      }
    }
  }

  static let configuration = CommandConfiguration(
    commandName: "completions",
    abstract: "Print the completion script for a shell.",
    discussion: """
      Examples:
        leakgate completions bash > /etc/bash_completion.d/leakgate
        leakgate completions zsh > ~/.zfunc/_leakgate
        leakgate completions fish > ~/.config/fish/completions/leakgate.fish
      """
  )

  @Argument(help: "The shell: bash, zsh or fish.")
  var shell: Shell

  func judge() throws(CommandError) -> Verdict {
    try Messages.answer(LeakGateCommand.completionScript(for: shell.completionShell) + "\n")
    return .clean
  }
}
