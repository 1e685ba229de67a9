import Artifacts
import Detection
import Findings
import Reports
import Rules
import Scanning

/// One scan from its rules to its report: the wiring that every searching command shares.
struct ScanRun {
  /// What is scanned.
  struct Task {
    var request: ScanRequest
    /// What becomes of findings before they are told; `nil` where they are told as they come.
    var review: GitReview?
    /// What is accepted besides what the options name.
    var suppressions: [Suppression] = []
    /// Whether all there is is judged, so that a suppression without a finding has had its day.
    var judgesAll = true
    /// The governed documents among what is scanned, for each change of its own.
    var governed: [GovernedFiles] = []
  }

  let options: JudgingOptions
  /// The key by which the review compares values; `nil` where it does not.
  var identityKey: FingerprintKey?
  /// What is told the same as the report's readers; `nil` where there is nothing of the kind.
  var companion: (any Reporter)?
  /// Says what is scanned, once the rules are known to be good.
  let task: (RulePack) throws(CommandError) -> Task

  /// A scan of what is known beforehand, told as it comes.
  init(request: ScanRequest, options: JudgingOptions) {
    self.init(options: options) { _ in Task(request: request) }
  }

  init(
    options: JudgingOptions, identityKey: FingerprintKey? = nil, companion: (any Reporter)? = nil,
    task: @escaping (RulePack) throws(CommandError) -> Task
  ) {
    self.options = options
    self.identityKey = identityKey
    self.companion = companion
    self.task = task
  }

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
    let pack = try PackSource.pack(for: options.search.rules, under: options.search.policy)
    let engine = try EngineSource.proven(pack, options.settings(identityKey: identityKey))
    let task = try task(pack)
    let setup = ReportSetup(options: options, pack: pack, elapsed: { start.duration(to: .now) })
    let asked = try setup.reporter(erasing: line)
    let report = companion.map { PairedReporter(asked, $0) } ?? asked
    let suppressions = SuppressionList(
      try task.suppressions + Suppressions.read(options.suppressions), today: Suppressions.today)
    let summary: ScanSummary
    do throws(ReportError) {
      summary = try scan(task, suppressions, engine, pack: pack, progress: progress, reporter: report)
    } catch {
      line.finish()
      throw .fault(error.message)
    }
    line.finish()
    Aftermath(summary: summary, options: options, elapsed: start.duration(to: .now)).tell()
    return summary.verdict
  }

  private func scan(
    _ task: Task, _ suppressions: SuppressionList, _ engine: Engine, pack: RulePack, progress: ScanProgress,
    reporter: any Reporter
  ) throws(ReportError) -> ScanSummary {
    var reporter = MaskingReporter(reporter, mask: NameMask(engine: engine))
    let request = task.request
    var review = task.review
    var suppressions = suppressions
    var marked = MarkedFindings()
    var result = try Scan(request: request, engine: engine).run(
      progress: progress, cancellation: Interruption.cancellation
    ) {
      (event: ScanEvent) throws(ReportError) in
      switch event {
      case .finding(let finding):
        if marked.accept(finding) { break }
        if review != nil {
          review?.take(finding)
        } else if !suppressions.accept(finding) {
          try reporter.finding(finding)
        }
      case .gap(let gap): try reporter.gap(gap)
      case .note(let note): try reporter.note(note)
      case .dropped(let match): try reporter.dropped(match)
      }
    }
    result.findings -= marked.count
    request.clean?.save()
    if !result.wasCancelled { review?.remember() }
    if var outcome = review?.settle(engine, jobs: request.jobs) {
      result.ledger.gaps += outcome.gaps
      result.ledger.notes += outcome.notes
      for governed in task.governed {
        let judgement = governed.judge(like: request)
        result.merge(judgement.result)
        outcome.take(judgement)
      }
      result.findings = outcome.findings.count
      outcome.findings.removeAll { suppressions.accept($0, inGoverned: $0.policy == .sot) }
      for finding in outcome.findings { try reporter.finding(finding) }
      for gap in outcome.gaps { try reporter.gap(gap) }
      for note in outcome.notes { try reporter.note(note) }
    }
    result.findings -= suppressions.accepted
    for complaint in suppressions.complaints(judgedAll: task.judgesAll) {
      let note = CoverageLedger.Note(artifact: ArtifactName("suppressions"), text: complaint)
      result.ledger.notes.append(note)
      // A governed document may not rest on a decision that is stale.
      if request.policy == .sot { result.findings += 1 }
      try reporter.note(note)
    }
    for note in marked.notes {
      result.ledger.notes.append(note)
      try reporter.note(note)
    }
    let summary = ScanSummary(
      verdict: result.verdict, policy: request.policy, pack: pack.digest, version: LeakGateVersion.text,
      ledger: result.ledger, findings: result.findings, suppressed: suppressions.accepted + marked.count,
      dropped: result.dropped, problems: result.problems
    )
    try reporter.finish(summary)
    return reporter.masked(summary)
  }
}
