extension EvidenceRules {
  /// The events in their order, within the run, and telling what the report tells.
  mutating func checkTrace() {
    let name = Trace.name
    let trace = logs.trace
    if !trace.isNumbered { complain(.trace, "an event has no time or no number", in: name) }
    if let started = facts.started, let earliest = trace.earliest, earliest < started {
      complain(.trace, "an event lies before the run", in: name)
    }
    if let ended = facts.ended, let latest = trace.latest,
      latest >= ended.advanced(by: 1) || latest > ended && ended.nanoseconds > 0
    {
      complain(.trace, "an event lies behind the run", in: name)
    }
    if !trace.numbersAscend { complain(.trace, "events are not numbered in ascending order", in: name) }
    if !trace.timesAscend { complain(.trace, "an event lies before the one above it", in: name) }
    guard facts.run.has(name) else { return }
    if facts.hasStarted == true, trace.count == 0 { complain(.trace, "it has no event", in: name) }
    checkClaims(trace, in: name)
    var needed = ["run_started", "preflight"] + (hasEnded ? ["run_ended"] : [])
    if facts.hasStarted == true { needed += ["process_started", "process_ended", "agent_result"] }
    if facts.status == .pass { needed.append("baseline") }
    for event in needed where trace.events[event] != 1 {
      complainIfOwn(.trace, "the event \(event) is \(trace.events[event] == nil ? "missing" : "there twice")", in: name)
    }
  }

  /// What events say that the report says too.
  private mutating func checkClaims(_ trace: TraceFacts, in name: String) {
    let told: [(claim: String, report: String?)] = [
      ("preflight.admission", facts.text("case_model_admission_status")),
      ("preflight.status", facts.status == .blocked ? "blocked" : "ready"),
      ("process_ended.exit_status", facts.report?["exit_status"]?.integer.map { "\($0)" }),
      ("agent_result.result", facts.text("agent_result") ?? "none"),
      ("baseline.status", facts.report?["baseline"]?["status"]?.string), ("run_ended.status", facts.text("status")),
    ]
    for (claim, report) in told {
      if let values = trace.claims[claim], values != [report ?? ""] {
        complain(.trace, "its \(claim) is not the report's", in: name)
      }
    }
    if facts.status == .pass, let bytes = trace.claims["process_ended.bytes"], bytes != ["\(logs.outputBytes)"] {
      complain(.output, "the logs of the backend do not hold what it printed", in: "backend")
    }
  }
}
