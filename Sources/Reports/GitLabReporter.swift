package import Findings
package import Rules

/// A secret detection report as GitLab reads it (security-report-schemas 15.2.1, `secret-detection-report-format.json`).
///
/// The one format with times in it: its schema demands them.
package struct GitLabReporter: LedgerReporter {
  /// What the report tells that no scan knows.
  package struct Context: Sendable {
    /// When the scan began, in seconds since 1970.
    package var start: Int
    /// When it ended.
    package var end: @Sendable () -> Int
    /// The commit findings are in that were not traced to one.
    package var commit: String

    package init(start: Int, end: @escaping @Sendable () -> Int, commit: String) {
      self.start = start
      self.end = end
      self.commit = commit
    }
  }

  /// Version of the schema.
  private static let schema = "15.2.1"
  private static let longestName = 255
  private static let longestSolution = 7000

  private var writer: JSONWriter
  private let context: Context
  private let details: (String) -> RuleDetails?

  /// A reporter that asks `details` for what to do about a rule's findings.
  package init(buffer: ReportBuffer, context: Context, details: @escaping (String) -> RuleDetails?) {
    writer = JSONWriter(buffer: buffer)
    self.context = context
    self.details = details
  }

  package mutating func finding(_ finding: Finding) throws(ReportError) {
    begin()
    writer.breakLine()
    writer.beginObject()
    writer.member("id", Self.id(of: finding))
    writer.member("name", String(finding.summary.prefix(Self.longestName)))
    writer.member("description", Self.description(of: finding))
    writer.member("severity", finding.severity.name.prefix(1).uppercased() + finding.severity.name.dropFirst())
    if let solution = details(finding.rule)?.remediation, !solution.isEmpty {
      writer.member("solution", String(solution.prefix(Self.longestSolution)))
    }
    writer.key("identifiers")
    writer.beginArray()
    writer.beginObject()
    writer.member("type", "leakgate_rule_id")
    writer.member("name", "LeakGate rule \(finding.rule)")
    writer.member("value", finding.rule)
    writer.endObject()
    writer.endArray()
    location(finding)
    // The schema's name for an excerpt; it holds the redacted form.
    writer.member("raw_source_code_extract", finding.redacted)
    writer.endObject()
    try writer.buffer.endRecord()
  }

  package mutating func finish(_ summary: ScanSummary) throws(ReportError) {
    begin()
    writer.endArray()
    writer.breakLine()
    writer.key("scan")
    writer.beginObject()
    for role in ["analyzer", "scanner"] { tool(role, summary.version) }
    writer.member("type", "secret_detection")
    writer.member("start_time", Self.time(context.start))
    writer.member("end_time", Self.time(context.end()))
    // A failure only where it is not known what there is: findings are a success of the scan.
    writer.member("status", summary.isWhole ? "success" : "failure")
    writer.key("messages")
    writer.beginArray()
    for problem in summary.problems { message("fatal", problem) }
    // There is no place for notes.
    for gap in summary.ledger.gaps {
      message(
        gap.isAccepted ? "info" : "warn",
        "\(gap.isAccepted ? "accepted as " : "")incomplete: \(gap.artifact.text): \(gap.reason)")
    }
    message("info", "\(summary.verdict.rawValue): \(SummaryLine.text(summary))")
    writer.endArray()
    writer.endObject()
    writer.endObject()
    try writer.endReport()
  }

  private mutating func begin() {
    guard !writer.hasBegun else { return }
    writer.beginObject()
    writer.member("version", Self.schema)
    writer.key("vulnerabilities")
    writer.beginArray()
  }

  private mutating func location(_ finding: Finding) {
    let commit = finding.git?.commit
    writer.key("location")
    writer.beginObject()
    writer.key("file")
    writer.value(finding.artifact.bytes)
    writer.member("start_line", finding.location.line)
    writer.member("end_line", finding.location.endLine)
    writer.key("commit")
    writer.beginObject()
    writer.member("sha", commit?.id ?? context.commit)
    if let commit {
      writer.key("author")
      writer.value(commit.author.bytes)
      writer.member("date", commit.date)
    }
    writer.endObject()
    writer.endObject()
  }

  private mutating func tool(_ role: String, _ version: String) {
    writer.key(role)
    writer.beginObject()
    writer.member("id", "leakgate")
    writer.member("name", "LeakGate")
    writer.member("version", version)
    writer.key("vendor")
    writer.beginObject()
    writer.member("name", "LeakGate")
    writer.endObject()
    writer.endObject()
  }

  private mutating func message(_ level: String, _ text: String) {
    writer.beginObject()
    writer.member("level", level)
    writer.member("value", text)
    writer.endObject()
  }

  /// The same for the same secret in the same place of the same content, and for nothing else.
  private static func id(of finding: Finding) -> String {
    let place = "\(finding.location.start)-\(finding.location.end)"
    let inner = finding.inner.map { ":\(finding.layers.text):\($0.start)-\($0.end)" } ?? ""
    return "\(finding.rule):\(finding.artifact.text):\(place):\(finding.git?.object ?? "raw")\(inner)"
  }

  private static func description(of finding: Finding) -> String {
    var text = "\(finding.redacted) (\(finding.rule), confidence \(finding.confidence.name))"
    if !finding.facts.isEmpty { text += ": " + finding.facts.joined(separator: "; ") }
    if let fingerprint = finding.fingerprint { text += ". Fingerprint \(fingerprint.text)" }
    return text
  }

  /// `yyyy-mm-ddThh:mm:ss` in UTC, as the schema has it.
  private static func time(_ seconds: Int) -> String { String(Calendar.text(seconds).dropLast()) }
}
