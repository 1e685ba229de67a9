import Detection
import Findings
import Reports
import Rules
import Scanning

/// One scan from its rules to its report: the wiring that every searching command shares.
struct ScanRun {
  let request: ScanRequest
  let options: JudgingOptions

  /// Loads the rules, proves the engine, scans and reports.
  ///
  /// The order is that of what is cheapest to get wrong: rules, key, engine and the report's place are known to be good
  /// before the first byte of an artifact is read.
  func judge() throws(CommandError) -> Verdict {
    let start = ContinuousClock.now
    Interruption.watch()
    let progress = ScanProgress()
    let line = ProgressLine(progress: progress, isWanted: !options.quiet)
    defer { line.finish() }
    let pack = try PackSource.pack(for: options.rules)
    let engine = try engine(pack)
    let setup = ReportSetup(options: options, pack: pack, elapsed: { start.duration(to: .now) })
    let report = try setup.reporter(erasing: line)
    let summary: ScanSummary
    do throws(ReportError) {
      summary = try scan(engine, pack: pack, progress: progress, reporter: report)
    } catch {
      line.finish()
      throw .fault(error.message)
    }
    line.finish()
    Aftermath(summary: summary, options: options, elapsed: start.duration(to: .now)).tell()
    return summary.verdict
  }

  private func engine(_ pack: RulePack) throws(CommandError) -> Engine {
    let settings = EngineOptions(
      policy: options.policy, key: try KeyFile.key(named: options.key), reveals: options.reveal,
      compilesAllPatterns: !options.rules.isEmpty
    )
    return try EngineSource.proven(pack, settings)
  }

  private func scan(
    _ engine: Engine, pack: RulePack, progress: ScanProgress, reporter: any Reporter
  ) throws(ReportError) -> ScanSummary {
    var reporter = MaskingReporter(reporter, mask: NameMask(engine: engine))
    let result = try Scan(request: request, engine: engine).run(
      progress: progress, cancellation: Interruption.cancellation
    ) {
      (event: ScanEvent) throws(ReportError) in
      switch event {
      case .finding(let finding): try reporter.finding(finding)
      case .gap(let gap): try reporter.gap(gap)
      case .note(let note): try reporter.note(note)
      }
    }
    let summary = ScanSummary(
      verdict: result.verdict, policy: request.policy, pack: pack.digest, version: LeakGateVersion.text,
      ledger: result.ledger, findings: result.findings, dropped: result.dropped, problems: result.problems
    )
    try reporter.finish(summary)
    return reporter.masked(summary)
  }
}
