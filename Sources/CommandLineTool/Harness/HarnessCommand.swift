import ArgumentParser
import Findings

/// `leakgate harness …`: the gate around the runs of a harness.
struct HarnessCommand: CommandGroupCommand {
  static let configuration = CommandConfiguration(
    commandName: "harness",
    abstract: "Admit, run and account for the runs of a harness.",
    discussion: """
      Examples:
        leakgate harness preflight --run-dir runs/1 --task task.md -- case run task.md
        leakgate harness run --run-dir runs/1 --task task.md -- case run task.md
        leakgate harness status runs
      """,
    subcommands: [
      PreflightCommand.self, HarnessRunCommand.self, HarnessStatusCommand.self, HarnessSelftestCommand.self,
    ]
  )
}
