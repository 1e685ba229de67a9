package import Findings
package import Rules

/// A SARIF log (OASIS, Static Analysis Results Interchange Format 2.1.0), as code scanning of GitHub and others take it.
///
/// Columns are left out: SARIF counts characters, and here bytes are counted; offsets are given in bytes.
package struct SARIFReporter: LedgerReporter {
  private var writer: JSONWriter
  private let details: (String) -> RuleDetails?
  /// Summaries of the rules findings were told of, by id.
  private var rules: [String: String] = [:]

  /// A reporter that asks `details` for what to do about a rule's findings.
  package init(buffer: ReportBuffer, details: @escaping (String) -> RuleDetails?) {
    writer = JSONWriter(buffer: buffer)
    self.details = details
  }

  package mutating func finding(_ finding: Finding) throws(ReportError) {
    begin()
    rules[finding.rule] = finding.summary
    writer.breakLine()
    writer.beginObject()
    writer.member("ruleId", finding.rule)
    writer.member("level", "error")
    text("message", "\(finding.summary) \(finding.redacted)")
    writer.key("locations")
    writer.beginArray()
    writer.beginObject()
    physicalLocation(finding.artifact, finding.location)
    writer.endObject()
    writer.endArray()
    if let fingerprint = finding.fingerprint {
      writer.key("partialFingerprints")
      writer.beginObject()
      writer.member("leakgate/v1", fingerprint.text)
      writer.endObject()
    }
    writer.key("properties")
    writer.beginObject()
    writer.member("confidence", finding.confidence.name)
    writer.member("severity", finding.severity.name)
    if let commit = finding.git?.commit { writer.member("commit", commit.id) }
    writer.key("facts")
    writer.value(finding.facts)
    writer.endObject()
    writer.endObject()
    try writer.buffer.endRecord()
  }

  package mutating func finish(_ summary: ScanSummary) throws(ReportError) {
    begin()
    writer.endArray()
    writer.breakLine()
    writer.key("invocations")
    writer.beginArray()
    writer.beginObject()
    writer.member("executionSuccessful", summary.isWhole)
    writer.member("exitCode", Int(summary.verdict.status))
    writer.key("toolExecutionNotifications")
    writer.beginArray()
    for problem in summary.problems { notification("error", problem, nil) }
    for gap in summary.ledger.gaps {
      notification(gap.isAccepted ? "warning" : "error", "incomplete: \(gap.reason)", gap.artifact)
    }
    for note in summary.ledger.notes { notification("note", note.text, note.artifact) }
    writer.endArray()
    writer.endObject()
    writer.endArray()
    driver(summary)
    writer.endObject()
    writer.endArray()
    writer.endObject()
    try writer.endReport()
  }

  private mutating func begin() {
    guard !writer.hasBegun else { return }
    writer.beginObject()
    writer.member("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
    writer.member("version", "2.1.0")
    writer.key("runs")
    writer.beginArray()
    writer.beginObject()
    writer.key("results")
    writer.beginArray()
  }

  private mutating func driver(_ summary: ScanSummary) {
    writer.breakLine()
    writer.key("tool")
    writer.beginObject()
    writer.key("driver")
    writer.beginObject()
    writer.member("name", "LeakGate")
    writer.member("semanticVersion", summary.version)
    writer.key("rules")
    writer.beginArray()
    for (id, summary) in rules.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
      writer.beginObject()
      writer.member("id", id)
      text("shortDescription", summary)
      if let remediation = details(id)?.remediation, !remediation.isEmpty { text("help", remediation) }
      writer.endObject()
    }
    writer.endArray()
    writer.key("properties")
    writer.beginObject()
    writer.member("pack", summary.pack)
    writer.member("policy", summary.policy.rawValue)
    writer.member("verdict", summary.verdict.rawValue)
    writer.endObject()
    writer.endObject()
    writer.endObject()
  }

  private mutating func notification(_ level: String, _ message: String, _ artifact: ArtifactName?) {
    writer.beginObject()
    writer.member("level", level)
    text("message", message)
    if let artifact {
      writer.key("locations")
      writer.beginArray()
      writer.beginObject()
      physicalLocation(artifact, nil)
      writer.endObject()
      writer.endArray()
    }
    writer.endObject()
  }

  private mutating func physicalLocation(_ artifact: ArtifactName, _ location: Location?) {
    writer.key("physicalLocation")
    writer.beginObject()
    writer.key("artifactLocation")
    writer.beginObject()
    writer.member("uri", Self.uri(artifact))
    writer.endObject()
    if let location {
      writer.key("region")
      writer.beginObject()
      writer.member("startLine", location.line)
      writer.member("endLine", location.endLine)
      writer.member("byteOffset", location.start)
      writer.member("byteLength", location.end - location.start)
      writer.endObject()
    }
    writer.endObject()
  }

  private mutating func text(_ name: String, _ text: String) {
    writer.key(name)
    writer.beginObject()
    writer.member("text", text)
    writer.endObject()
  }

  /// The name as a relative reference of RFC 3986; a byte that may not stand in a segment is written as `%HH`.
  private static func uri(_ name: ArtifactName) -> String {
    let plain = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/!$&'()*+,;=@".utf8)
    var uri: [UInt8] = []
    for byte in name.bytes {
      if plain.contains(byte) { uri.append(byte) } else { uri += "%\(Hex.digits(byte, width: 2))".utf8 }
    }
    return String(decoding: uri, as: UTF8.self)
  }
}
