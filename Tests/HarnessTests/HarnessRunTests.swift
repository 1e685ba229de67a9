import Detection
import Findings
import Foundation
import Glibc
import Harness
import Reports
import TestSupport
import Testing

extension HarnessWorld {
  static let answer = "printf '<<<AGENT_RESULT\\n{\"status\":\"completed\"}\\nAGENT_RESULT>>>\\n'"
  static let working = "echo done > slug.txt; \(answer)"

  /// The whole run with a line of sh(1) for the backend.
  func perform(
    _ script: String, limits: RunLimits = RunLimits(time: .seconds(20)), roots: [String] = [],
    engine: Engine? = nil, shouldStop: @escaping () -> Bool = { false }
  ) throws -> RunReport {
    let paths = PathRule(roots: [], targets: targets.map { Array($0.utf8) })
    var request = PreflightRequest(environment: environment, paths: paths, moment: moment)
    request.command = ["/bin/sh", "-c", script].map { Array($0.utf8) }
    request.tasks = [.init(name: ArtifactName("task.md"), bytes: Array(task.utf8))]
    request.passedNames = passedNames
    return try HarnessRun(
      request, in: run, Self.searches(), engine: engine ?? Self.engine(), keeper: Array(BuiltProgram.path.utf8),
      limits: limits, roots: roots.map { Array($0.utf8) }, shouldStop: shouldStop
    ).perform()
  }

  func audit(paths: PathRule = PathRule(roots: [], targets: []), manifest: Manifest? = nil) throws -> AuditResult {
    try Audit(
      run, manifest: manifest ?? .caseRun(), Self.searches(), engine: Self.engine(), paths: paths, jobs: 1
    ).perform(at: .now)
  }

  func object(_ name: String) throws -> [String: Any] {
    let text = try #require(try text(name))
    return try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }
}

struct HarnessRunTests {
  @Test func `a run that passes leaves whole evidence, and its audit is clean`() throws {
    let world = HarnessWorld()
    let report = try world.perform(HarnessWorld.working)
    #expect(report.status == .pass && report.failures == [])
    let object = try world.object("report.json")
    #expect(object["status"] as? String == "pass" && object["case_process_started"] as? Bool == true)
    #expect((object["diff"] as? [String: Any])?["files"] as? [String] == ["slug.txt"])
    #expect((object["baseline"] as? [String: Any])?["status"] as? String == "pass")
    #expect((object["secret_scan"] as? [String: Any])?["verdict"] as? String == "clean")
    for name in [
      "report.md", "argv.json", "environment.json", "admission.json", "task/task.md", "baseline/report.json",
    ] {
      #expect(try world.run.has(name), "\(name)")
    }
    #expect(try world.text("admission.json") == RecordSamples.text(RecordSamples.qwen))
    let audit = try world.audit()
    #expect(audit.verdict == .clean && audit.isPass, "\(audit.evidence)")
  }

  @Test func `the environment handed over is an allow-list, with the isolated configuration`() throws {
    var world = HarnessWorld()
    world.environment.set("GROQ_API_KEY", Array(try Made.secret().utf8))
    world.environment.set("NODE_OPTIONS", Array("--require x".utf8))
    _ = try world.perform("env > env.txt; " + HarnessWorld.working)
    let text = try #require(try world.text("work/env.txt"))
    let names = Set(text.split(separator: "\n").map { String($0.prefix { $0 != "=" }) })
    #expect(!names.contains("GROQ_API_KEY") && !names.contains("NODE_OPTIONS"))
    let folder = world.tree.full("run/case-data")
    #expect(text.contains("CASE_DATA_DIR=\(folder)\n") && text.contains("PI_CODING_AGENT_DIR=\(folder)/pi\n"))
  }

  @Test func `a secret is redacted on its way to disk, counted, and the run cannot pass`() throws {
    let world = HarnessWorld()
    let secret = try Made.secret(8)
    let half = secret.prefix(10)
    let script = "printf '\(half)'; sleep 0.2; printf '\(secret.dropFirst(10))\\n'; " + HarnessWorld.working
    let report = try world.perform(script)
    #expect(report.status == .fail && report.failures.first?.kind == .secretLeak)
    let log = try #require(try world.text("backend/case-stdout.log"))
    #expect(log.hasPrefix("gsk_***\n") && !log.contains(half.dropFirst(4)))
    #expect(try world.object("report.json")["redacted"] as? Int == 1)
    let audit = try world.audit()
    #expect(audit.findings.isEmpty && !audit.isPass)
  }

  @Test func `a run that is blocked starts nothing and says why`() throws {
    var world = HarnessWorld()
    world.set(.model, "gpt-5.5")
    let report = try world.perform("echo started > \(world.tree.full("started")); " + HarnessWorld.working)
    #expect(report.status == .blocked && !report.hasStarted)
    #expect(!FileManager.default.fileExists(atPath: world.tree.full("started")))
    #expect(try world.text("backend/case-stdout.log") == nil)
    let audit = try world.audit()
    #expect(audit.verdict == .clean && !audit.isPass, "\(audit.evidence)")
  }

  @Test func `a local provider without its URL is blocked as the seed has it`() throws {
    var world = HarnessWorld()
    world.set(.localBaseURL, "")
    let report = try world.perform(HarnessWorld.working)
    #expect(report.failureReason == "missing explicit local provider config")
    let object = try world.object("report.json")
    #expect(object["case_model_admission_status"] as? String == "admitted")
    #expect(object["case_process_started"] as? Bool == false)
    #expect(object["markers"] as? [String] == ["backend/provider-config-missing.txt"])
  }

  @Test func `the failure of both real runs is told as they told it`() throws {
    let world = HarnessWorld()
    let report = try world.perform("echo 'AGENT_RESULT start delimiter not found' >&2; exit 1")
    #expect(report.failureReason == "case agent result protocol failed")
    #expect(try world.object("report.json")["failure_class"] as? String == "agent-protocol-error")
    #expect(report.failures.map(\.kind) == [.agentProtocol, .nonzeroExit, .noDiff])
    #expect(
      try world.text(Marker.agentProtocol.rawValue)
        == "case agent result protocol failed: AGENT_RESULT start delimiter not found\n")
    let audit = try world.audit()
    #expect(audit.verdict == .clean && !audit.isPass, "\(audit.evidence)")
  }

  @Test func `output that never pauses reaches the disk while it comes, and so is not kept in memory`() throws {
    let world = HarnessWorld()
    let report = try world.perform(
      "yes some words | head -c 3000000; wc -c < ../backend/case-stdout.log > size; \(HarnessWorld.working)")
    #expect(report.status == .pass, "\(report.failures)")
    let size = try #require(try world.text("work/size").flatMap { Int($0.filter(\.isNumber)) })
    #expect(size > 1_000_000)
  }

  @Test func `a time limit and an interruption end the whole group`() throws {
    for isInterrupted in [false, true] {
      let world = HarnessWorld()
      let start = ContinuousClock.now
      let report = try world.perform(
        "(sleep 2; echo late > late.txt) & exec sleep 60",
        limits: RunLimits(time: .milliseconds(isInterrupted ? 60_000 : 200)),
        shouldStop: { isInterrupted && start.duration(to: .now) > .milliseconds(200) })
      #expect(start.duration(to: .now) < .seconds(20))
      #expect(report.status == .fail)
      #expect(report.failures.first?.kind == (isInterrupted ? .evidenceIncomplete : .timeout))
      usleep(2_000_000)
      #expect(try world.text("work/late.txt") == nil)
      #expect(try world.audit().verdict == .clean)
    }
  }

  @Test func `a pair that is not the admitted one fails the run, wherever it shows`() throws {
    let event = #"{"event":"model","provider":"anthropic","model":"claude-sonnet-4-6"}"#
    for script in [
      "echo '\(event)'", "echo '\(event)' >&2",
      "mkdir -p \"$CASE_DATA_DIR/.case/x/events\"; echo '\(event)' > \"$CASE_DATA_DIR/.case/x/events/1.jsonl\"",
    ] {
      let world = HarnessWorld()
      let report = try world.perform(script + "; " + HarnessWorld.working)
      #expect(report.status == .fail && report.failures.map(\.kind) == [.evidenceIncomplete])
      let object = try world.object("report.json")
      #expect(object["case_model_observed_provider"] as? String == "anthropic")
    }
  }

  @Test(arguments: [false, true]) func `a run whose work cannot be read whole leaves a report that says so`(
    _ hasRoot: Bool
  ) throws {
    let world = HarnessWorld()
    world.tree.folder("proj")
    // Larger than what is held against what was there before.
    let report = try world.perform(
      "truncate -s \(WorkSnapshot.greatestSize + 1) big; \(HarnessWorld.working)",
      roots: hasRoot ? [world.tree.full("proj")] : [])
    #expect(report.status == .fail && report.failures.contains { $0.kind == .evidenceIncomplete }, "\(report.failures)")
    #expect(try world.object("report.json")["status"] as? String == "fail")
  }

  @Test func `work in folders deeper than any path the system takes is read all the same`() throws {
    let world = HarnessWorld()
    let name = String(repeating: "d", count: 200)
    // PATH_MAX is 4096 bytes.
    let deep = "(i=0; while [ $i -lt 24 ]; do mkdir \(name); cd \(name); i=$((i+1)); done; echo end > file)"
    let report = try world.perform("\(deep); \(HarnessWorld.working)")
    #expect(report.status == .pass, "\(report.failures)")
    #expect(try world.audit().verdict == .clean)
  }

  @Test func `a run directory is made with the folder it lies in, and no further`() throws {
    let tree = TemporaryTree()
    func make(_ name: String) throws -> RunDirectory { try RunDirectory(making: Array(tree.full(name).utf8)) }
    for name in ["runs/1", "runs/2", "audits/1/", "plain"] { #expect(try make(name).has(".")) }
    tree.file("file", "x")
    for name in ["a/b/c", "file/1", "file"] {
      #expect(throws: HarnessError.self) { try make(name) }
    }
    #expect(SystemPath(Array(tree.full("a").utf8)).kind(followingLinks: false) == nil)
  }

  @Test func `a run directory is used once, and a report is not written over`() throws {
    let world = HarnessWorld()
    _ = try world.perform(HarnessWorld.working)
    let before = try world.text("report.json")
    #expect(throws: HarnessError.self) { try world.perform(HarnessWorld.working) }
    #expect(try world.text("report.json") == before)
  }

  @Test func `a run that breaks off leaves no report`() throws {
    let world = HarnessWorld()
    // The trace's place is taken by a folder once the backend runs: what comes next cannot be written.
    #expect(throws: HarnessError.self) {
      try world.perform("mkdir -p ../baseline/trace.jsonl ../report.md; " + HarnessWorld.working)
    }
    #expect(try !world.run.has("report.json"))
  }
}
