import Findings
import Reports

/// Hands everything on to another reporter, with the secrets in names and messages redacted.
struct MaskingReporter: Reporter {
  private var reporter: any Reporter
  private let mask: NameMask

  init(_ reporter: any Reporter, mask: NameMask) {
    self.reporter = reporter
    self.mask = mask
  }

  mutating func finding(_ finding: Finding) throws(ReportError) {
    var finding = finding
    finding.artifact = mask.masked(finding.artifact)
    finding.layers = masked(finding.layers)
    if let author = finding.git?.commit?.author { finding.git?.commit?.author = mask.masked(author) }
    try reporter.finding(finding)
  }

  mutating func gap(_ gap: CoverageLedger.Gap) throws(ReportError) { try reporter.gap(masked(gap)) }
  mutating func note(_ note: CoverageLedger.Note) throws(ReportError) { try reporter.note(masked(note)) }

  mutating func dropped(_ match: DroppedMatch) throws(ReportError) {
    var match = match
    match.artifact = mask.masked(match.artifact)
    match.layers = masked(match.layers)
    try reporter.dropped(match)
  }

  mutating func finish(_ summary: ScanSummary) throws(ReportError) { try reporter.finish(masked(summary)) }

  /// The summary with the secrets in its names and messages redacted.
  func masked(_ summary: ScanSummary) -> ScanSummary {
    var summary = summary
    summary.ledger.gaps = summary.ledger.gaps.map(masked)
    summary.ledger.notes = summary.ledger.notes.map(masked)
    summary.problems = summary.problems.map(mask.masked)
    // A pattern is what the caller wrote: it may be a token he took for a path.
    summary.ledger.excluded = Dictionary(
      summary.ledger.excluded.map { (mask.masked($0), $1) }, uniquingKeysWith: +)
    return summary
  }

  private func masked(_ layers: [Layer]) -> [Layer] {
    layers.map { layer in
      var layer = layer
      layer.member = layer.member.map { mask.masked($0) }
      return layer
    }
  }

  private func masked(_ gap: CoverageLedger.Gap) -> CoverageLedger.Gap {
    var gap = gap
    gap.artifact = mask.masked(gap.artifact)
    gap.reason = mask.masked(gap.reason)
    return gap
  }

  private func masked(_ note: CoverageLedger.Note) -> CoverageLedger.Note {
    var note = note
    note.artifact = mask.masked(note.artifact)
    note.text = mask.masked(note.text)
    return note
  }
}
