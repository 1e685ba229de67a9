package import Findings

/// What a scan came to, in one line.
package enum SummaryLine {
  /// The line without the verdict; the time is told only where there is one.
  package static func text(_ summary: ScanSummary, elapsed: Duration? = nil) -> String {
    let ledger = summary.ledger
    let open = ledger.gaps.count { !$0.isAccepted }
    let accepted = ledger.gaps.count - open
    let excluded = ledger.excluded.values.reduce(0, +)
    var counts = [Quantity.count(summary.findings, "finding")]
    if summary.suppressed > 0 { counts.append("\(Quantity.count(summary.suppressed)) suppressed") }
    if open > 0 { counts.append("\(Quantity.count(open)) incomplete") }
    if accepted > 0 { counts.append("\(Quantity.count(accepted)) accepted as incomplete") }
    if excluded > 0 { counts.append("\(Quantity.count(excluded)) excluded") }
    if !summary.problems.isEmpty { counts.append(Quantity.count(summary.problems.count, "problem")) }
    let read = "\(Quantity.count(ledger.artifacts, "artifact")), \(Quantity.bytes(ledger.bytes)) read"
    let time = elapsed.map { " in " + Quantity.time($0) } ?? ""
    let origin = "policy \(summary.policy.rawValue), pack \(summary.pack.prefix(16)), leakgate \(summary.version)"
    return "\(counts.joined(separator: ", ")); \(read)\(time); \(origin)"
  }
}
