#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

extension Selftest {
  private static func gate(
    _ name: String, _ expected: String, _ change: @escaping @Sendable (inout SelftestRun) -> Void
  ) -> Gate {
    Gate(name: name, expected: expected) { run throws(HarnessError) in
      change(&run)
    } judge: { run throws(HarnessError) in
      try run.perform()
    }
  }

  private static func failing(_ name: String, _ kind: FailureClass, script: String) -> Gate {
    let marker = kind == .agentProtocol ? " \(Marker.agentProtocol.rawValue)" : ""
    return gate(name, "fail \(kind.rawValue)\(marker)") { $0.script = script }
  }

  private static func interrupted(by name: String, _ number: Int32) -> Gate {
    Gate(name: "\(name) during the run", expected: "fail \(FailureClass.evidenceIncomplete.rawValue)") { _ in
    } judge: { run throws(HarnessError) in
      try run.performApart("echo $$ > started; exec sleep 30", signal: number)
    }
  }

  private static func killed(_ name: String, _ expected: String, _ program: String) -> Gate {
    let script =
      "\(SelftestRun.working); sleep 60 & echo $$ $! > started; "
      + "while ! [ -s leakgate ]; do sleep 0.02; done; kill -KILL \(program); sleep 60"
    return Gate(name: name, expected: expected) { _ in
    } judge: { run throws(HarnessError) in
      try run.performApart(script)
    }
  }

  private static let work = "echo done > slug.txt; "

  /// The gates of a run.
  static let backend: [Gate] =
    [
      gate("a run that passes", "pass") { _ in },
      gate("a run that is blocked starts nothing", "blocked \(Marker.notAdmitted.rawValue)") {
        $0.set(.model, "gpt-5.5")
      },
      failing("no answer of the agent", .agentProtocol, script: work + "echo hello"),
      failing("answer without an end", .agentProtocol, script: work + "echo '<<<AGENT_RESULT'"),
      failing("answer that is no JSON", .agentProtocol, script: work + "echo '<<<AGENT_RESULT {x AGENT_RESULT>>>'"),
      failing("answer that is no object", .agentProtocol, script: work + "echo '<<<AGENT_RESULT [] AGENT_RESULT>>>'"),
      failing("answer without a status", .agentProtocol, script: work + "echo '<<<AGENT_RESULT {} AGENT_RESULT>>>'"),
      failing(
        "answer with another status", .agentProtocol,
        script: work + "echo '<<<AGENT_RESULT {\"status\":\"done\"} AGENT_RESULT>>>'"),
      failing(
        "agent that failed", .agentReportedFailure,
        script: work + "echo '<<<AGENT_RESULT {\"status\":\"failed\"} AGENT_RESULT>>>'"),
      failing("exit status other than 0", .nonzeroExit, script: SelftestRun.working + "; exit 3"),
      failing("no diff", .noDiff, script: SelftestRun.answer),
      failing(
        "secret in the output", .secretLeak, script: "echo $0 > /dev/null; " + SelftestRun.working + "; " + leak("")),
      failing("secret in the errors", .secretLeak, script: SelftestRun.working + "; " + leak(" >&2")),
      failing("secret in a file of the run", .secretLeak, script: SelftestRun.working + "; " + leak(" > notes.txt")),
      failing(
        "the fallback pair of the backend was used", .evidenceIncomplete,
        script: SelftestRun.working + "; echo 'using anthropic/claude-sonnet-4-6'"),
      failing("place of the baseline taken", .baselineMissing, script: "echo x > ../baseline; " + SelftestRun.working),
      failing(
        "task changed by the backend", .baselineMismatch, script: "echo more >> ../task/task.md; " + SelftestRun.working
      ),
      gate("time limit", "fail \(FailureClass.timeout.rawValue)") { run in
        run.limits.time = .seconds(1)
        run.script = SelftestRun.working + "; exec sleep 30"
      },
      gate("output limit", "fail \(FailureClass.evidenceIncomplete.rawValue)") { run in
        run.limits.output = 1000
        run.script = SelftestRun.working + "; head -c 5000 /dev/zero; exec sleep 30"
      },
      interrupted(by: "SIGINT", SIGINT), interrupted(by: "SIGTERM", SIGTERM), interrupted(by: "SIGHUP", SIGHUP),
      gate("backend that is not there", "fail \(FailureClass.spawnError.rawValue)") {
        $0.program = ["/nonexistent/backend"]
      },
      killed("LeakGate killed by the backend", "no report", "$(cat leakgate)"),
    ] + keeper

  /// Only Linux lets LeakGate adopt what a keeper leaves.
  private static var keeper: [Gate] {
    #if os(Linux)
      [killed("keeper killed by the backend", "fail \(FailureClass.nonzeroExit.rawValue)", "$PPID")]
    #else
      []
    #endif
  }

  /// A line that prints a credential which stands nowhere in it.
  private static func leak(_ redirection: String) -> String {
    let value = SelftestRun.secret
    return "printf '%s%s\\n' '\(value.prefix(9))' '\(value.dropFirst(9))'\(redirection)"
  }
}
