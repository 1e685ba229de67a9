import ArgumentParser
import Findings
import Harness
import Reports

/// `leakgate harness preflight`: whether a run may start.
struct PreflightCommand: JudgingCommand {
  static let configuration = CommandConfiguration(
    commandName: "preflight",
    abstract: "Say whether a run may start: exactly the admitted provider and model, and no secret in its input.",
    discussion: """
      What is requested, the admission record and the provider's settings are read from the environment \
      (CTO_HARNESS_CASE_…, docs/harness.md). Every reason against the run is told, and for each kind of reason a \
      marker is written into the run directory, which is made where it is not there. Where the pair is admitted, an \
      isolated configuration of the backend is written, unless one is there already: then it is checked.

      The exit status is 0 where the run may start, 1 where it is blocked.

      Examples:
        leakgate harness preflight --run-dir runs/1 --task task.md -- case run task.md
        leakgate harness preflight --run-dir runs/1 --json
      """
  )

  @OptionGroup var input: HarnessInput

  @Flag(help: "Answer with one JSON object.")
  var json = false

  func judge() throws(CommandError) -> Verdict {
    let request = try input.request(at: .now)
    let searches = try EngineSource.harnessSearches(hiding: input.passedValues())
    let outcome: PreflightOutcome
    do throws(HarnessError) {
      let run = try RunDirectory(making: input.runDir.bytes)
      guard !run.has(RunReport.name) else {
        throw HarnessError(.invalid, "the run directory holds a run already; name a new one")
      }
      outcome = try Preflight(request, in: run, searches).check()
    } catch {
      throw CommandError(error)
    }
    if json {
      try Answer.json { outcome.write(to: &$0) }
    } else {
      let pair = "\(outcome.provider ?? "no provider") / \(outcome.model ?? "no model")"
      let state = outcome.isReady ? "ready" : "blocked"
      let lines = ["\(state): \(pair), \(outcome.admission.rawValue)"] + outcome.blocks.map { "  " + $0.text }
      try Messages.answer(lines.map { TerminalText.escaped($0) + "\n" }.joined())
    }
    return outcome.isReady ? .clean : .leaking
  }
}
