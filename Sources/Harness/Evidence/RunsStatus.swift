import Findings
package import Reports

/// Where the runs of a folder stand.
package struct RunsStatus: Sendable {
  /// One run.
  package struct Run: Sendable {
    package var name: String
    package var status: String?
    package var provider: String?
    package var model: String?
    package var admission: String?
    package var reason: String?
    /// Whether the run passed and its evidence holds.
    package var isStage2Pass = false
    /// Why it does not count, beyond what its report says.
    package var doubts: [String] = []
  }

  package private(set) var runs: [Run] = []

  /// Whether any run counts.
  package var hasPass: Bool { runs.contains(where: \.isStage2Pass) }

  /// Reads every run below a folder, whatever is left of it; `audit` judges those that say they passed.
  ///
  /// - Throws: where the folder cannot be listed.
  package init(
    of folder: RunDirectory, _ searches: HarnessSearches, audit: (RunDirectory) throws(HarnessError) -> AuditResult
  ) throws(HarnessError) {
    for entry in try FolderListing.names(in: folder.path) {
      let path = SystemPath(folder.path + [UInt8(ascii: "/")] + entry)
      guard path.kind(followingLinks: true) == .folder else { continue }
      var run = Run(name: String(decoding: searches.artifact.masked(entry), as: UTF8.self))
      if path.kind(followingLinks: false) == .folder {
        // One that cannot be read keeps none of the others from being told.
        do throws(HarnessError) {
          try run.read(RunDirectory(existing: path.bytes), searches.artifact, audit: audit)
        } catch {
          run.doubts.append("incomplete: \(searches.artifact.masked(error.message))")
        }
      } else {
        run.doubts.append("a link: what it leads to is not read")
      }
      runs.append(run)
    }
  }

  /// Writes the answer as one object.
  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("runs")
    writer.beginArray()
    for run in runs {
      writer.beginObject()
      writer.member("run_id", run.name)
      writer.member("status", optional: run.status)
      writer.member("case_model_provider", optional: run.provider)
      writer.member("case_model", optional: run.model)
      writer.member("case_model_admission_status", optional: run.admission)
      writer.member("failure_reason", optional: run.reason)
      writer.member("stage_2_pass", run.isStage2Pass)
      writer.key("doubts")
      writer.value(run.doubts)
      writer.endObject()
    }
    writer.endArray()
    writer.member("stage_2_pass", hasPass)
    writer.member("cto_work_020", hasPass ? "a Stage 2 pass exists" : "blocked: no real Stage 2 pass exists")
    writer.endObject()
  }
}

extension RunsStatus.Run {
  /// Takes in what the run left.
  fileprivate mutating func read(
    _ run: RunDirectory, _ search: SecretSearch, audit: (RunDirectory) throws(HarnessError) -> AuditResult
  ) throws(HarnessError) {
    guard run.has(RunReport.name) else {
      return doubts.append("no report: the run broke off, is still going on, or was never started")
    }
    let facts = try RunFacts(run)
    guard facts.report != nil else { return doubts.append("its report is not one JSON object") }
    func text(_ name: String) -> String? { facts.text(name).map { search.masked($0) } }
    status = text("status")
    (provider, model) = (text("case_model_provider"), text("case_model"))
    (admission, reason) = (text("case_model_admission_status"), text("failure_reason"))
    guard facts.status == .pass, facts.text("backend") == HarnessRun.backend else { return }
    let result = try audit(run)
    isStage2Pass = result.isPass
    doubts = result.evidence.map { "\($0.kind.rawValue): \($0.artifact): \($0.detail)" }
    doubts += result.findings.map { "\($0.rule): \($0.artifact.text)" }
    doubts += result.gaps.map { "incomplete: \($0.artifact.text): \($0.reason)" }
  }
}
