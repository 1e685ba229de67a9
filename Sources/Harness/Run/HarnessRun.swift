package import Detection
import Findings
import Reports
import Scanning

/// One run of a backend with the gate before it and its evidence behind it.
package struct HarnessRun {
  /// The backend's name in reports.
  static let backend = "case"

  private let request: PreflightRequest
  private let run: RunDirectory
  private let searches: HarnessSearches
  private let engine: Engine
  private let limits: RunLimits
  private let roots: [[UInt8]]
  private let clock: () -> Timestamp
  private let shouldStop: () -> Bool
  private let keeper: [UInt8]
  private let adopts: Bool

  /// - Parameters:
  ///   - keeper: the path of this program, which is started once more to keep the backend.
  ///   - adopts: whether this process ends what a backend leaves that has ended its keeper; it must have no other children.
  ///   - engine: searches the streams and the run directory (policy `artifact`), the values of passed variables included.
  ///   - roots: folders the run may touch; the first is where the backend starts. With none, `work` of the run directory.
  package init(
    _ request: PreflightRequest, in run: RunDirectory, _ searches: HarnessSearches, engine: Engine, keeper: [UInt8],
    adopts: Bool = false, limits: RunLimits = RunLimits(), roots: [[UInt8]] = [],
    clock: @escaping () -> Timestamp = { .now },
    shouldStop: @escaping () -> Bool = { false }
  ) {
    self.request = request
    self.run = run
    self.searches = searches
    self.engine = engine
    self.limits = limits
    self.roots = roots
    self.clock = clock
    self.shouldStop = shouldStop
    self.keeper = keeper
    self.adopts = adopts
  }

  /// Does everything; the report is written last, whole or not at all.
  package func perform() throws(HarnessError) -> RunReport {
    guard !run.has(RunReport.name), !run.has(Trace.name) else {
      throw HarnessError(.invalid, "the run directory holds a run already; name a new one")
    }
    let started = clock()
    let trace = try Trace(in: run, clock: clock)
    try trace.add("run_started")
    let outcome = try Preflight(request, in: run, searches).check()
    try trace.add(
      "preflight", ["status": outcome.isReady ? "ready" : "blocked", "admission": outcome.admission.rawValue])
    var report = RunReport(
      id: run.id, status: .blocked, backend: Self.backend, startedAt: started, endedAt: started, taskDigest: taskDigest)
    report.provider = outcome.provider
    report.model = outcome.model
    report.admission = outcome.admission.rawValue
    report.admissionDigest = outcome.digest
    report.blocks = outcome.blocks
    report.markers = outcome.markers
    let isLeaking = outcome.blocks.contains { $0.reason == .secretInInput }
    try writeInput(outcome, isLeaking: isLeaking)
    if outcome.isReady, let pair = outcome.record?.pair {
      try runBackend(pair, &report, trace)
      try runBaseline(&report, trace)
      scan(&report)
      report.endedAt = clock()
      checkEvidence(&report)
    } else {
      scan(&report)
    }
    try trace.add("run_ended", ["status": report.status.rawValue])
    report.endedAt = clock()
    try finish(&report)
    return report
  }

  private var taskDigest: String { RunReport.taskDigest(of: request.tasks.map { Digest.text($0.bytes) }) }

  // MARK: What the run is given

  private var environment: EnvironmentList {
    var handed = request.environment.allowed()
    handed.set("CASE_DATA_DIR", run.path(of: CaseConfig.folder))
    if run.has(CaseConfig.piName) { handed.set("PI_CODING_AGENT_DIR", run.path(of: CaseConfig.piFolder)) }
    for name in request.passedNames {
      if let value = request.environment[name] { handed.set(name, value) }
    }
    return handed
  }

  private func writeInput(_ outcome: PreflightOutcome, isLeaking: Bool) throws(HarnessError) {
    let search = searches.artifact
    let handed = environment
    try run.write(
      JSONText.bytes { writer in
        writer.beginObject()
        writer.key("names")
        writer.value(handed.entries.map { search.masked($0.name) }.sorted())
        writer.key("values")
        writer.beginObject()
        for variable in HarnessVariable.allCases {
          if let value = request.environment[variable] { writer.member(variable.rawValue, search.masked(value)) }
        }
        writer.endObject()
        writer.key("roots")
        writer.value(roots.map { search.masked(String(decoding: $0, as: UTF8.self)) })
        writer.endObject()
      }, to: "environment.json")
    // A command line or a task with a secret in it is not kept, not even in part.
    let command = isLeaking ? [Array("***".utf8)] : request.command
    try run.write(
      JSONText.bytes { writer in
        writer.beginArray()
        writer.value(command.map { String(decoding: $0, as: UTF8.self) })
        writer.endArray()
      }, to: "argv.json")
    if let bytes = outcome.recordBytes { try run.write(bytes, to: "admission.json") }
    if isLeaking { return }
    for (index, task) in request.tasks.enumerated() {
      let last = task.name.bytes.split(separator: UInt8(ascii: "/")).last ?? []
      let name = String(validating: last, as: UTF8.self) ?? "task-\(index)"
      try run.write(task.bytes, to: "task/\(run.has("task/\(name)") ? "\(index)-" : "")\(name)")
    }
  }

  // MARK: The backend

  private func runBackend(_ pair: ModelPair, _ report: inout RunReport, _ trace: Trace) throws(HarnessError) {
    let work = try BackendWork(in: run, roots: roots)
    let backend = BackendRun(run: run, engine: engine, limits: limits, shouldStop: shouldStop)
    let outcome: BackendOutcome
    do throws(HarnessError) {
      var process = try BackendProcess.started(
        request.command, environment: environment, in: work.start, keeper: keeper, adopts: adopts)
      report.hasStarted = true
      try trace.add("process_started")
      outcome = try backend.watch(&process)
    } catch {
      if report.hasStarted { throw error }
      report.failures.append(Failure(.spawnError, detail: error.message))
      return
    }
    report.exitStatus = Int(outcome.status)
    report.redacted = outcome.redacted
    try trace.add("process_ended", ["exit_status": String(outcome.status), "bytes": String(outcome.bytes)])
    let changes = work.changesRead()
    report.changes = changes.names.map { searches.artifact.masked($0) }
    report.diffDigest = changes.digest
    try judge(outcome, pair, &report)
    for loss in changes.losses {
      report.failures.append(Failure(.evidenceIncomplete, detail: searches.artifact.masked(loss)))
    }
    observe(outcome, pair, &report)
    try trace.add("agent_result", ["result": report.result ?? "none"])
  }

  /// Enters what the process itself did wrong, the gravest first.
  private func judge(
    _ outcome: BackendOutcome, _ pair: ModelPair, _ report: inout RunReport
  ) throws(HarnessError) {
    if outcome.redacted > 0 {
      report.failures.append(Failure(.secretLeak, detail: "\(outcome.redacted) redacted in the backend's output"))
    }
    switch outcome.stop {
    case .timeLimit: report.failures.append(Failure(.timeout))
    case .outputLimit: report.failures.append(Failure(.evidenceIncomplete, reason: "the output limit was reached"))
    case .interrupted: report.failures.append(Failure(.evidenceIncomplete, reason: "the run was interrupted"))
    case nil: break
    }
    for failure in outcome.failures { report.failures.append(Failure(.evidenceIncomplete, detail: failure)) }
    switch AgentResult.read(outcome.output) {
    case .answered(let status):
      report.result = status.rawValue
      if status != .completed { report.failures.append(Failure(.agentReportedFailure, detail: status.rawValue)) }
    case .unreadable(let message):
      // Where the backend itself says what it could not read, its message is the precise one.
      let precise = searches.artifact.masked(AgentResult.complaint(in: outcome.errors) ?? message)
      report.result = precise
      report.failures.append(Failure(.agentProtocol, detail: precise))
      report.markers.append(.agentProtocol)
      let reason = FailureClass.agentProtocol.reason
      try run.write(Array("\(reason): \(precise)\n".utf8), to: Marker.agentProtocol.rawValue)
    }
    if outcome.status != 0, outcome.stop == nil {
      report.failures.append(Failure(.nonzeroExit, detail: "exit status \(outcome.status)"))
    }
    if report.diffDigest == nil { report.failures.append(Failure(.noDiff)) }
  }

  /// Enters the pair that was really used, as far as anything tells.
  private func observe(
    _ outcome: BackendOutcome, _ pair: ModelPair, _ report: inout RunReport
  ) {
    var pairs = ObservedPairs()
    for log in [outcome.output, outcome.errors] { pairs.read(log) }
    do throws(HarnessError) {
      for log in try EventLogs.read(in: run) { pairs.read(log) }
    } catch {
      report.failures.append(Failure(.evidenceIncomplete, detail: searches.artifact.masked(error.message)))
    }
    let other = pairs.first(otherThan: pair)
    report.observed = (other ?? pairs.pairs.first).map {
      ObservedPairs.Pair(
        provider: searches.artifact.masked($0.provider), model: searches.artifact.masked($0.model))
    }
    if other != nil {
      report.failures.append(Failure(.evidenceIncomplete, reason: "another than the admitted pair was used"))
    }
  }

  private func runBaseline(_ report: inout RunReport, _ trace: Trace) throws(HarnessError) {
    do throws(HarnessError) {
      // What it does is the task as the backend left it.
      let task = RunReport.taskDigest(of: Array(try WorkSnapshot(of: run.path(of: "task")).files.values))
      let baseline = try FakeBackend.perform(task: task, in: run, clock: clock)
      report.baseline = baseline
      try trace.add("baseline", ["status": baseline.status])
      if baseline.taskDigest != report.taskDigest { report.failures.append(Failure(.baselineMismatch)) }
    } catch {
      report.failures.append(Failure(.baselineMissing, detail: error.message))
    }
  }

  // MARK: What the run leaves

  private func scan(_ report: inout RunReport) {
    let result = RunScan.scan(run, engine: engine)
    report.scan = RunReport.SecretScan(
      verdict: result.verdict.rawValue, artifacts: result.ledger.artifacts, bytes: result.ledger.bytes,
      findings: result.findings, pack: searches.artifact.packDigest)
    if report.status == .blocked && !report.hasStarted && !report.blocks.isEmpty { return }
    if result.findings > 0 {
      report.failures.append(Failure(.secretLeak, detail: "\(result.findings) in the run directory"))
    } else if result.verdict != .clean {
      report.failures.append(Failure(.evidenceIncomplete, detail: "the run directory could not be read whole"))
    }
  }

  /// Decides about the status: no run passes whose evidence an audit would refuse, as the backend can reach all of it.
  private func checkEvidence(_ report: inout RunReport) {
    if report.failures.isEmpty {
      report.status = .pass
      do throws(HarnessError) {
        let found = try ReportCheck.objections(to: report, in: run, searches, paths: request.paths, at: clock())
        report.failures = found.map { Failure(.evidenceIncomplete, detail: $0) }
      } catch {
        report.failures.append(Failure(.evidenceIncomplete, detail: searches.artifact.masked(error.message)))
      }
    }
    report.status = report.failures.isEmpty ? .pass : .fail
  }

  /// Writes both reports, the one that counts last.
  private func finish(_ report: inout RunReport) throws(HarnessError) {
    if searches.artifact.holdsSecret(report.bytes()) || searches.artifact.holdsSecret(report.text()) {
      throw HarnessError(.fault, "the report of the run would hold a secret; it was not written")
    }
    try run.write(report.text(), to: "report.md")
    try run.write(report.bytes(), to: RunReport.name)
  }
}
