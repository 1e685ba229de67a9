import ArgumentParser
import Findings

/// A command that ends in a verdict; every command of LeakGate is one.
protocol JudgingCommand: ParsableCommand {
  /// Does the work and says what came of it.
  ///
  /// - Throws: `CommandError` when there was nothing to judge; its line is printed and its verdict stands.
  func judge() throws(CommandError) -> Verdict
}

/// A command that only holds others: called by itself, it is a problem of usage.
protocol CommandGroupCommand: JudgingCommand {}

extension CommandGroupCommand {
  func judge() throws(CommandError) -> Verdict {
    let names = Self.configuration.subcommands.compactMap { $0.configuration.commandName }
    throw .invalid("no command given; choose one of \(names.joined(separator: ", "))")
  }
}
