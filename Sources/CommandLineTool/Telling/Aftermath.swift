import Findings
import Reports

/// What standard error is told after a scan: problems and gaps always, the outcome where the report does not show it.
struct Aftermath {
  let summary: ScanSummary
  let options: JudgingOptions
  let elapsed: Duration

  /// Gaps told one by one; the report has them all.
  private static let listed = 20

  func tell() {
    // A person who has the human report before them has just read all of it.
    let isHuman = options.format == .human && options.output.map(\.isDash) ?? true && !options.quiet
    guard !(isHuman && Terminal.output.isTerminal && Terminal.errors.isTerminal) else { return }
    for problem in summary.problems { Messages.complain(problem) }
    let gaps = summary.ledger.gaps.filter { !$0.isAccepted }
    for gap in gaps.prefix(Self.listed) {
      Messages.complain("incomplete: \(TerminalText.escaped(gap.artifact.bytes)): \(gap.reason)")
    }
    if gaps.count > Self.listed {
      Messages.complain("incomplete: \(Quantity.count(gaps.count - Self.listed)) more, listed in the report")
    }
    if !isHuman, !options.quiet {
      Messages.complain("\(summary.verdict.rawValue): \(SummaryLine.text(summary, elapsed: elapsed))")
    }
  }
}
