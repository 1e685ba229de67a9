import ArgumentParser
import Findings
import Harness
import Reports

/// `leakgate harness status RUNS_DIR`: where the runs stand.
struct HarnessStatusCommand: JudgingCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "List the runs of a folder, and whether any is a Stage 2 pass.",
    discussion: """
      Every folder is listed, that of a run that left no report, too. A run that says it passed counts only where its \
      audit is clean.

      Examples:
        leakgate harness status runs
        leakgate harness status --require-pass --json runs
      """
  )

  @Argument(help: ArgumentHelp("The folder that holds run directories.", valueName: "dir"), completion: .directory)
  var folder: PathArgument

  @Flag(help: "Exit with 1 where no run is a Stage 2 pass.")
  var requirePass = false

  @Flag(help: "Answer with one JSON object.")
  var json = false

  func judge() throws(CommandError) -> Verdict {
    let searches = try EngineSource.harnessSearches()
    let engine = searches.artifact.engine
    let status = try CommandError.passingOn { () throws(HarnessError) in
      let manifest = try Manifest.caseRun()
      let paths = PathRule(roots: [], targets: [])
      return try RunsStatus(of: RunDirectory(existing: folder.bytes), searches) { run throws(HarnessError) in
        try Audit(run, manifest: manifest, searches, engine: engine, paths: paths, jobs: 1).perform(at: .now)
      }
    }
    if json { try Answer.json { status.write(to: &$0) } } else { try Messages.answer(Self.text(status)) }
    return requirePass && !status.hasPass ? .leaking : .clean
  }

  private static func text(_ status: RunsStatus) -> String {
    var lines = status.runs.map { run in
      let pair = "\(run.provider ?? "-") / \(run.model ?? "-")"
      let parts = [run.name, run.status ?? "no status", pair, run.admission ?? "-", run.reason ?? "-"]
      let pass = run.isStage2Pass ? ", Stage 2 pass" : ""
      return TerminalText.escaped(parts.joined(separator: ", ")) + pass
        + run.doubts.map { "\n  \(TerminalText.escaped($0))" }.joined()
    }
    let count = Quantity.count(status.runs.count, "run")
    lines.append(
      status.hasPass ? "\(count), a Stage 2 pass among them" : "\(count), no Stage 2 pass: CTO-WORK-020 is blocked")
    return lines.joined(separator: "\n") + "\n"
  }
}

/// `leakgate harness selftest`: every negative gate, run.
struct HarnessSelftestCommand: JudgingCommand {
  static let configuration = CommandConfiguration(
    commandName: "selftest",
    abstract: "Run every negative gate of the harness route against a stand-in backend.",
    discussion: """
      Nothing but a temporary folder is touched. The exit status is 0 where every gate holds.

      Examples:
        leakgate harness selftest --json
      """
  )

  @Flag(help: "Write one JSON object a gate.")
  var json = false

  func judge() throws(CommandError) -> Verdict {
    let searches = try EngineSource.harnessSearches()
    let folder = try TemporaryFolder()
    let place = try CommandError.passingOn { () throws(HarnessError) in try RunDirectory(existing: folder.path) }
    defer { place.remove() }
    let keeper = try ProcessSetup.ownProgram()
    let outcomes = Selftest(in: place, searches, keeper: keeper).outcomes()
    for outcome in outcomes {
      if json {
        try Answer.json { writer in
          writer.beginObject()
          writer.member("gate", outcome.gate)
          writer.member("passed", outcome.passed)
          writer.member("expected", outcome.expected)
          writer.member("got", outcome.got)
          writer.endObject()
        }
      } else if !outcome.passed {
        try Messages.answer("\(outcome.gate): \(outcome.got) instead of \(outcome.expected)\n")
      }
    }
    let failed = outcomes.count { !$0.passed }
    if !json { try Messages.answer("\(Quantity.count(outcomes.count, "gate")), \(failed) failed\n") }
    return failed == 0 ? .clean : .fault
  }
}
