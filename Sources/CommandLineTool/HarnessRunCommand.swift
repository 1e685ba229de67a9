import ArgumentParser
import Detection
import Findings
import Harness
import Reports
import Rules
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
    let searches = try EngineSource.harnessSearches()
    let values = try input.passedValues()
    let engine = values.isEmpty ? searches.artifact.engine : try EngineSource.streamEngine(hiding: values)
    let keeper = try ProcessSetup.ownProgram()
    let limits = RunLimits(time: .seconds(timeout), output: outputLimit << 20)
    let (report, written) = try CommandError.passingOn { () throws(HarnessError) in
      let run = try RunDirectory(making: input.runDir.bytes)
      let report = try HarnessRun(
        request, in: run, searches, engine: engine, keeper: keeper, limits: limits, roots: input.root.map(\.bytes),
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

extension EngineSource {
  /// An engine under policy `artifact` that knows these values as well as the rules.
  static func streamEngine(hiding values: [[UInt8]]) throws(CommandError) -> Engine {
    let pack = try PackSource.builtIn()
    let rules = values.enumerated().map { index, value in
      let pattern = value.map { byte in
        let digits = String(byte, radix: 16)
        return "\\x" + (digits.count < 2 ? "0" : "") + digits
      }.joined()
      return "[[rules]]\nid = 'passed-variable-\(index + 1)'\nregex = '''(?<secret>\(pattern))'''\n"
    }
    let text = "[extend]\nuseDefault = true\n" + rules.joined()
    let combined: RulePack
    do throws(RulesError) {
      let own = try RulePack.load(
        [RuleSource(name: "passed variables", bytes: Array(text.utf8))], origin: .foreign,
        read: { _ in .unreadable("") })
      combined = try pack.combining([own]).pack
    } catch {
      // The lines would hold the values.
      throw .invalid("the values of --pass-env cannot be searched for")
    }
    return try proven(combined, EngineOptions(policy: .artifact))
  }
}
