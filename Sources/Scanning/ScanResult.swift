package import Findings

/// What a scan came to.
package struct ScanResult: Sendable, Equatable {
  /// What was and was not read.
  package var ledger = CoverageLedger()
  /// Number of findings told.
  package var findings = 0
  /// Matches dropped, by reason.
  package var dropped: [String: Int] = [:]
  /// What is wrong with what was asked for, each a full one-line message.
  package var problems: [String] = []
  /// Whether the scan was asked to stop, so that it proves nothing even where nothing was left to read.
  package var wasCancelled = false

  package init() {}

  /// Adds what another scan came to.
  package mutating func merge(_ other: ScanResult) {
    ledger.merge(other.ledger)
    findings += other.findings
    dropped.merge(other.dropped, uniquingKeysWith: +)
    problems += other.problems
    wasCancelled = wasCancelled || other.wasCancelled
  }

  /// The verdict; `clean` only where everything asked for was read and nothing found.
  package var verdict: Verdict { .worst([findings > 0 ? .leaking : .clean, coverage]) }

  /// The verdict whatever was found: `clean` only where everything asked for was read.
  package var coverage: Verdict {
    .worst([problems.isEmpty ? .clean : .invalid, ledger.isComplete && !wasCancelled ? .clean : .incomplete])
  }
}
