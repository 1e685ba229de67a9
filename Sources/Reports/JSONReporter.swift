package import Findings

/// One JSON object: `findings` written as they come, then what was not read, then the summary.
///
/// The document is whole as soon as `finish` has been called, with whatever verdict; no times, fixed order of keys.
package struct JSONReporter: LedgerReporter {
  private var writer: JSONWriter
  private let policy: Policy

  package init(buffer: ReportBuffer, policy: Policy) {
    writer = JSONWriter(buffer: buffer)
    self.policy = policy
  }

  package mutating func finding(_ finding: Finding) throws(ReportError) {
    begin()
    writer.breakLine()
    writer.finding(finding, policy: policy)
    try writer.buffer.endRecord()
  }

  package mutating func finish(_ summary: ScanSummary) throws(ReportError) {
    begin()
    writer.endArray()
    try list("incomplete", summary.ledger.gaps) { $0.gap($1) }
    try list("notes", summary.ledger.notes) { $0.note($1) }
    writer.breakLine()
    writer.key("excluded")
    writer.value(summary.ledger.excluded)
    writer.breakLine()
    writer.key("problems")
    writer.value(summary.problems)
    writer.breakLine()
    writer.key("summary")
    writer.beginObject()
    writer.summaryMembers(summary)
    writer.endObject()
    writer.endObject()
    try writer.endReport()
  }

  private mutating func begin() {
    guard !writer.hasBegun else { return }
    writer.beginObject()
    writer.key("findings")
    writer.beginArray()
  }

  private mutating func list<Element>(
    _ name: String, _ elements: [Element], write: (inout JSONWriter, Element) -> Void
  ) throws(ReportError) {
    writer.breakLine()
    writer.key(name)
    writer.beginArray()
    for element in elements {
      writer.breakLine()
      write(&writer, element)
      try writer.buffer.endRecord()
    }
    writer.endArray()
  }
}
