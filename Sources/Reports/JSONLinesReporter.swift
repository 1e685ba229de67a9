package import Findings

/// One JSON object a line, the summary last: the stable contract of docs/schemas/finding-lines.schema.json.
///
/// Same input, same bytes: no times, fixed order of keys.
package struct JSONLinesReporter: Reporter {
  private var writer: JSONWriter
  private let policy: Policy

  package init(buffer: ReportBuffer, policy: Policy) {
    writer = JSONWriter(buffer: buffer)
    self.policy = policy
  }

  package mutating func finding(_ finding: Finding) throws(ReportError) {
    writer.finding(finding, policy: policy)
    try writer.endLine()
  }

  package mutating func gap(_ gap: CoverageLedger.Gap) throws(ReportError) {
    writer.gap(gap)
    try writer.endLine()
  }

  package mutating func note(_ note: CoverageLedger.Note) throws(ReportError) {
    writer.note(note)
    try writer.endLine()
  }

  package mutating func finish(_ summary: ScanSummary) throws(ReportError) {
    for (pattern, entries) in summary.ledger.excludedInOrder {
      writer.beginObject()
      writer.member("kind", "excluded")
      writer.member("pattern", pattern)
      writer.member("entries", entries)
      writer.endObject()
      try writer.endLine()
    }
    for problem in summary.problems {
      writer.beginObject()
      writer.member("kind", "problem")
      writer.member("message", problem)
      writer.endObject()
      try writer.endLine()
    }
    writer.beginObject()
    writer.member("kind", "summary")
    writer.summaryMembers(summary)
    writer.endObject()
    try writer.endLine()
    try writer.buffer.commit()
  }
}

extension CoverageLedger {
  /// The exclusions by pattern, in ascending order of the patterns' bytes.
  var excludedInOrder: [(pattern: String, entries: Int)] {
    excluded.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map { ($0.key, $0.value) }
  }
}
