extension EvidenceRules {
  /// A pass needs all of it.
  mutating func checkPass() {
    if facts.admission != .admitted { complain(.admission, "a pass without an admitted pair") }
    if facts.hasStarted != true { complain(.process, "a pass without a process that was started") }
    if facts.text("backend") == FakeBackend.name { complain(.process, "a pass of the backend that starts no process") }
    if !facts.failureClasses.isEmpty || !(facts.report?["failure_reason"]?.isNull ?? true) {
      complain(.status, "a pass with a failure")
    }
    if let failures = facts.report?["failures"]?.array, !failures.isEmpty { complain(.status, "a pass with failures") }
    if let reasons = facts.report?["reasons"]?.array, !reasons.isEmpty {
      complain(.status, "a pass with reasons against it")
    }
    if !facts.markers.isEmpty { complain(.markers, "a pass with a marker") }
    if let redacted = facts.report?["redacted"]?.integer, redacted != 0 {
      complain(.secretScan, "a pass though secrets were redacted")
    }
    let exit = facts.report?["exit_status"]?.integer
    if let exit, exit != 0 { complain(.process, "a pass with an exit status other than 0") }
    if exit == nil { complainIfOwn(.process, "a pass without an exit status") }
    checkResult()
    checkDiff(facts.report?["diff"])
    checkBaseline()
    checkScan()
  }

  /// A failure has a class, and what the class says shows.
  mutating func checkFail() {
    if facts.text("failure_class") == nil { complain(.status, "a failure without a class") }
    if facts.text("failure_reason")?.isEmpty ?? true { complain(.status, "a failure without a reason") }
    let classes = facts.failureClasses
    if facts.hasStarted == false, !classes.contains(.spawnError) {
      complain(.process, "a failure though nothing was started")
    }
    if facts.hasStarted == true, classes.contains(.spawnError) {
      complain(.process, "the backend was started and could not be started")
    }
    if classes.contains(.agentProtocol), let log = facts.stdout, case .answered = AgentResult.read(log) {
      complain(.result, "the answer can be read though the class says otherwise", in: "backend/case-stdout.log")
    }
    if classes == [.noDiff], let diff = facts.report?["diff"], !diff.isNull {
      complain(.diff, "there is a diff though the class says otherwise")
    }
  }

  /// A blocked run was never started and says why.
  mutating func checkBlocked() {
    if facts.hasStarted == true { complain(.process, "a blocked run was started") }
    if facts.text("failure_reason")?.isEmpty ?? true { complain(.status, "a blocked run without a reason") }
    if !facts.failureClasses.isEmpty { complain(.status, "a blocked run with a failure class") }
    if !facts.markers.contains(where: \.isOfPreflight) { complain(.markers, "a blocked run without its marker") }
    if facts.markers.contains(.agentProtocol) { complain(.markers, "a blocked run with the marker of an answer") }
    if facts.admission == .admitted, facts.markers.contains(.notAdmitted) {
      complain(.markers, "\(Marker.notAdmitted.rawValue) though the pair was admitted")
    }
  }

  private mutating func checkResult() {
    let name = "backend/case-stdout.log"
    guard let log = facts.stdout else { return complain(.missing, "the backend's output is not there", in: name) }
    switch AgentResult.read(log) {
    case .answered(.completed): break
    case .answered(let status): complain(.result, "the agent's answer is \(status.rawValue)", in: name)
    case .unreadable(let message): complain(.result, searches.artifact.masked(message), in: name)
    }
    if let result = facts.report?["agent_result"], result.string != AgentResult.Status.completed.rawValue {
      complain(.result, "a pass whose result is not completed")
    }
  }

  private mutating func checkDiff(_ diff: JSONNode?) {
    guard let diff, !diff.isNull else { return complain(.diff, "a pass without a diff") }
    if diff["files"]?.array?.isEmpty ?? true { complain(.diff, "the diff names no file") }
    if diff["sha256"]?.string?.isEmpty ?? true { complain(.diff, "the diff has no digest") }
  }

  private mutating func checkBaseline() {
    guard let own = facts.report?["baseline"], own.object != nil else {
      return complain(.baseline, "a pass without a baseline")
    }
    if own["status"]?.string != "pass" { complain(.baseline, "the baseline did not pass") }
    let name = "baseline/report.json"
    guard let bytes = facts.baselineBytes, let other = facts.baseline else {
      return complain(.baseline, "the baseline's report is not there or no JSON", in: name)
    }
    if let digest = own["report_digest"]?.string, digest != Digest.text(bytes) {
      complain(.baseline, "report_digest is not that of the baseline's report")
    }
    if other["status"]?.string != "pass" { complain(.baseline, "the baseline did not pass", in: name) }
    if other["backend"]?.string == facts.text("backend") {
      complain(.baseline, "the baseline is of the same backend", in: name)
    }
    if let task = facts.report?["task_digest"]?.string {
      if own["task_digest"]?.string != task || other["task_digest"]?.string != task {
        complain(.baseline, "the baseline did another task")
      }
    }
    if other["run_id"]?.string != facts.text("run_id") {
      complain(.baseline, "the baseline is of another run", in: name)
    }
    let trace = "baseline/\(Trace.name)"
    if !facts.run.has(trace) { complainIfOwn(.missing, "the baseline's trace is not there", in: trace) }
    checkComparison(own, other)
    if let started = facts.started, let ended = facts.ended {
      let times = ["started_at", "ended_at"].map { other[$0]?.string.flatMap { Timestamp($0) } }
      for time in times {
        guard let time else {
          complain(.baseline, "the baseline has no times", in: name)
          continue
        }
        if time < started || time >= ended.advanced(by: 1) {
          complain(.baseline, "the baseline is of another time", in: name)
        }
      }
    }
  }

  private mutating func checkScan() {
    guard let scan = facts.report?["secret_scan"], scan.object != nil else {
      return complain(.secretScan, "a pass without a secret scan")
    }
    if scan["verdict"]?.string != "clean" { complain(.secretScan, "the secret scan of the run was not clean") }
    if scan["findings"]?.integer != 0 { complain(.secretScan, "the secret scan of the run had findings, or no number") }
    if scan["bytes"]?.integer == nil { complainIfOwn(.secretScan, "the secret scan of the run tells no bytes") }
    if scan["artifacts"]?.integer.map({ $0 <= 0 }) ?? true {
      complain(.secretScan, "the secret scan of the run read nothing")
    }
    if scan["pack_digest"]?.string?.isEmpty ?? true { complain(.secretScan, "the secret scan names no pack") }
  }
}
