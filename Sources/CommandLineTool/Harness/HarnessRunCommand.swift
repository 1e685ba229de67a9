import ArgumentParser
import Findings
import Harness
import Reports
import Scanning

/// `leakgate harness run`: one run with the gate before it and its evidence behind it.
struct HarnessRunCommand: JudgingCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run a backend: preflight, live redaction of its output, baseline, report.",
    discussion: """
      The backend starts in a process group of its own with an environment that holds nothing but what it needs, and nothing it \
      started outlives the run. What it prints is redacted on its way to the disk. The built-in baseline does the same task. report.json is written \
      last, whole or not at all; docs/harness.md describes the run directory.

      The exit status is 0 where the run passed, 1 where it failed or was blocked.

      Examples:
        leakgate harness run --run-dir runs/1 --task task.md --timeout 1800 -- case run task.md
      """
  )

  @OptionGroup var input: HarnessInput

  @Option(help: ArgumentHelp("Seconds the backend may take.", valueName: "n"))
  var timeout: Int = 3600

  @Option(help: ArgumentHelp("Mebibytes the backend may print.", valueName: "n"))
  var outputLimit: Int = 1024

  @Flag(help: "Answer with the report.")
  var json = false

  func judge() throws(CommandError) -> Verdict {
    guard !input.command.isEmpty else { throw .invalid("no command given; name the backend behind --") }
    guard !input.tasks.isEmpty else { throw .invalid("no task given; name its files with --task") }
    guard timeout > 0, outputLimit > 0, outputLimit <= 1 << 20 else {
      throw .invalid("--timeout and --output-limit have to be greater than 0")
    }
    Interruption.watch()
    let request = try input.request(at: .now)
    let searches = try EngineSource.harnessSearches(hiding: input.passedValues())
    let keeper = try ProcessSetup.ownProgram()
    let limits = RunLimits(time: .seconds(timeout), output: outputLimit << 20)
    let (report, written) = try CommandError.passingOn { () throws(HarnessError) in
      let run = try RunDirectory(making: input.runDir.bytes)
      let report = try HarnessRun(
        request, in: run, searches, engine: searches.artifact.engine, keeper: keeper, adopts: true, limits: limits,
        roots: input.root.map(\.bytes),
        shouldStop: { Interruption.cancellation.isRequested }
      ).perform()
      return (report, json ? try run.read("report.json") : nil)
    }
    let reason = report.failureReason.map { ": \($0)" } ?? ""
    try Messages.answer(
      written.map { String(decoding: $0, as: UTF8.self) }
        ?? "\(report.status.rawValue)\(TerminalText.escaped(reason))\n")
    return report.status == .pass ? .clean : .leaking
  }
}

extension HarnessInput {
  /// The values of the variables handed over by name.
  ///
  /// - Throws: where one is too short to be told from other text.
  func passedValues() throws(CommandError) -> [[UInt8]] {
    var values: [[UInt8]] = []
    for name in passEnv {
      guard let value = Environment.bytes(name) else { continue }
      guard value.count >= 6 else {
        throw .invalid("--pass-env \(name): a value of under 6 bytes cannot be redacted")
      }
      values.append(value)
    }
    return values
  }
}
