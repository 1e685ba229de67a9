import Reports

/// What a run came to: the content of `report.json`.
package struct RunReport: Sendable {
  /// The closed vocabulary of `status`.
  package enum Status: String, Sendable, CaseIterable {
    case pass
    case fail
    case blocked
  }

  /// What was found in the run directory.
  struct SecretScan {
    var verdict: String
    var artifacts: Int
    var bytes: Int
    var findings: Int
    var pack: String
  }

  package static let name = "report.json"
  static let schema = "cto-harness-report/2"

  var id: String
  package var status: Status
  package var failures: [Failure] = []
  /// Reasons of preflight, where the run is blocked.
  package var blocks: [Block] = []
  var backend: String
  package var hasStarted = false
  var provider: String?
  var model: String?
  var admission: String?
  var observed: ObservedPairs.Pair?
  var admissionDigest: String?
  var startedAt: Timestamp
  var endedAt: Timestamp
  var taskDigest: String
  var result: String?
  var exitStatus: Int?
  var redacted = 0
  var changes: [String] = []
  var diffDigest: String?
  var baseline: Baseline?
  var scan: SecretScan?
  package var markers: [Marker] = []

  /// The same-run baseline as the report of a run has it.
  struct Baseline {
    var status: String
    var taskDigest: String
    var diffDigest: String?
    var reportDigest: String
  }

  /// One digest over those of the task's files, whatever their order.
  static func taskDigest(of files: [String]) -> String {
    Digest.text(Array(files.sorted().map { $0 + "\n" }.joined().utf8))
  }

  /// The first failure's class, or `nil`.
  package var failureReason: String? { failures.first?.reason ?? blocks.first?.reason.rawValue }

  /// The JSON text of the report.
  func bytes() -> [UInt8] {
    JSONText.bytes { writer in
      writer.beginObject()
      writer.member("schema", Self.schema)
      writer.member("run_id", id)
      writer.member("status", status.rawValue)
      writer.member("failure_class", optional: failures.first?.kind.rawValue)
      writer.member("failure_reason", optional: failureReason)
      writer.member("backend", backend)
      writer.member("case_process_started", hasStarted)
      writer.member("case_model_provider", optional: provider)
      writer.member("case_model", optional: model)
      writer.member("case_model_admission_status", optional: admission)
      writer.member("case_model_observed_provider", optional: observed?.provider)
      writer.member("case_model_observed_model", optional: observed?.model)
      writer.member("admission_digest", optional: admissionDigest)
      writer.member("started_at", startedAt.text)
      writer.member("ended_at", endedAt.text)
      writer.member("task_digest", taskDigest)
      writer.member("agent_result", optional: result)
      writer.key("exit_status")
      if let exitStatus { writer.value(exitStatus) } else { writer.null() }
      writer.member("redacted", redacted)
      writeFailures(&writer)
      writer.key("diff")
      if let diffDigest {
        writer.beginObject()
        writer.key("files")
        writer.value(changes)
        writer.member("sha256", diffDigest)
        writer.endObject()
      } else {
        writer.null()
      }
      writeBaseline(&writer)
      writeScan(&writer)
      writer.key("markers")
      writer.value(markers.map(\.rawValue))
      writer.endObject()
    }
  }

  private func writeFailures(_ writer: inout JSONWriter) {
    writer.key("failures")
    writer.beginArray()
    for failure in failures {
      writer.beginObject()
      writer.member("class", failure.kind.rawValue)
      writer.member("reason", failure.reason)
      writer.member("detail", optional: failure.detail)
      writer.endObject()
    }
    writer.endArray()
    writer.key("reasons")
    writer.value(blocks.map(\.reason.rawValue))
  }

  private func writeBaseline(_ writer: inout JSONWriter) {
    writer.key("baseline")
    guard let baseline else { return writer.null() }
    writer.beginObject()
    writer.member("backend", FakeBackend.name)
    writer.member("status", baseline.status)
    writer.member("task_digest", baseline.taskDigest)
    writer.member("diff_sha256", optional: baseline.diffDigest)
    writer.member("report_digest", baseline.reportDigest)
    writer.key("comparison")
    writer.beginObject()
    writer.member("same_task", baseline.taskDigest == taskDigest)
    writer.member("both_completed", baseline.status == "pass" && result == AgentResult.Status.completed.rawValue)
    writer.member("both_changed_files", baseline.diffDigest != nil && diffDigest != nil)
    writer.endObject()
    writer.endObject()
  }

  private func writeScan(_ writer: inout JSONWriter) {
    writer.key("secret_scan")
    guard let scan else { return writer.null() }
    writer.beginObject()
    writer.member("verdict", scan.verdict)
    writer.member("artifacts", scan.artifacts)
    writer.member("bytes", scan.bytes)
    writer.member("findings", scan.findings)
    writer.member("pack_digest", "sha256:" + scan.pack)
    writer.endObject()
  }

  /// What the report for people says of the status.
  static func statusLine(_ status: String) -> String { "**Status: \(status).**" }

  /// The report for people.
  func text() -> [UInt8] {
    var lines = ["# Run \(id)", "", Self.statusLine(status.rawValue) + (failureReason.map { " \($0)" } ?? ""), ""]
    lines += ["| field | value |", "|---|---|", "| backend | \(backend) |", "| process started | \(hasStarted) |"]
    lines.append("| provider / model | `\(provider ?? "-")` / `\(model ?? "-")` |")
    lines.append("| admission | \(admission ?? "-"), record `\(admissionDigest ?? "-")` |")
    lines.append("| started, ended | \(startedAt.text), \(endedAt.text) |")
    lines.append("| agent result | \(result ?? "-") |")
    lines.append("| changed files | \(changes.count) |")
    lines.append("| same-run baseline | \(baseline?.status ?? "-") |")
    lines.append("| secret scan | \(scan?.verdict ?? "-") |")
    lines.append("| redacted in the logs | \(redacted) |")
    for failure in failures { lines.append("| \(failure.kind.rawValue) | \(failure.detail ?? failure.reason) |") }
    for block in blocks { lines.append("| blocked | \(block.text) |") }
    for marker in markers { lines.append("| marker | \(marker.rawValue) |") }
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }
}
