import Artifacts
import Detection
import Findings
import Reports

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A run of the self-test: one that passes, to be changed in one thing.
struct SelftestRun {
  var record: [String: String] = [
    "status": "admitted", "provider": "qwen-local", "model": "qwen3.6-35b-a3b",
    "credential_source_class": "pi-models-json-local-provider-no-secret",
    "allowed_network_class": "local-tailscale-vllm-spark1", "approval_source": "self-test",
    "admission_timestamp": "2026-05-31T18:40:00Z", "review_trigger": "a change of model",
  ]
  /// The record's text where it is not made of the members.
  var recordText: String?
  var environment = EnvironmentList()
  var task = "Write slugify.\n"
  /// The stand-in: a line of sh(1) that does the task.
  var script = SelftestRun.working
  var program: [String]?
  var arguments: [String] = []
  var config: String?
  var piConfig: String?
  var targets: [[UInt8]] = []
  /// Whether the audit lets artifacts be there that its manifest does not list.
  var allowsUnlisted = true
  var limits = RunLimits(time: .seconds(20))
  let run: RunDirectory
  private let searches: HarnessSearches
  private let engine: Engine
  private let keeper: [UInt8]
  private let folder: RunDirectory
  private let number: Int

  static let answer = "printf '<<<AGENT_RESULT\\n{\"status\":\"completed\"}\\nAGENT_RESULT>>>\\n'"
  static let working = "echo done > slug.txt; echo working; \(answer)"
  /// A value of the form of a credential, made here so that none stands in the source.
  static let secret: String = {
    let letters = Array("Zk4bQx7RwT2mJc9VhL5nYp8DgS3fAe6U")
    return "gsk" + "_" + String((0..<52).map { letters[($0 * 7 + $0 / 8) % letters.count] })
  }()

  init(
    _ folder: RunDirectory, number: Int, _ searches: HarnessSearches, _ engine: Engine, keeper: [UInt8]
  ) throws(HarnessError) {
    self.folder = folder
    self.number = number
    self.searches = searches
    self.engine = engine
    self.keeper = keeper
    try folder.makeFolder("run-\(number)")
    run = try RunDirectory(existing: folder.path(of: "run-\(number)"))
    environment.set("PATH", Array("/usr/local/bin:/usr/bin:/bin".utf8))
    set(.provider, "qwen-local")
    set(.model, "qwen3.6-35b-a3b")
    set(.localBaseURL, "http://localhost:8000/v1")
    environment.set(HarnessVariable.admissionFile.rawValue, folder.path(of: "record-\(number).json"))
  }

  mutating func set(_ variable: HarnessVariable, _ value: String) {
    environment.set(variable.rawValue, Array(value.utf8))
  }

  private var recordBytes: [UInt8] {
    if let recordText { return Array(recordText.utf8) }
    return JSONText.bytes { writer in
      writer.beginObject()
      for (name, value) in record.sorted(by: { $0.key < $1.key }) { writer.member(name, value) }
      writer.endObject()
    }
  }

  private func request(at moment: Timestamp) throws(HarnessError) -> PreflightRequest {
    try folder.write(recordBytes, to: "record-\(number).json")
    if let config { try run.write(Array(config.utf8), to: CaseConfig.name) }
    if let piConfig { try run.write(Array(piConfig.utf8), to: CaseConfig.piName) }
    var request = PreflightRequest(
      environment: environment, paths: PathRule(roots: [], targets: targets), moment: moment)
    request.command = (program ?? ["/bin/sh", "-c", script] + arguments).map { Array($0.utf8) }
    request.tasks = [.init(name: ArtifactName("task.md"), bytes: Array(task.utf8))]
    return request
  }

  /// Preflight: status, admission and markers, and that nothing was started.
  func preflight() throws(HarnessError) -> String {
    let outcome = try Preflight(request(at: .now), in: run, searches).check()
    let there = Marker.allCases.filter { run.has($0.rawValue) }
    guard Set(there) == Set(outcome.markers) else { return "markers differ" }
    let state = outcome.isReady ? "ready" : "blocked"
    return ([state, outcome.admission.rawValue] + outcome.markers.map(\.rawValue)).joined(separator: " ")
  }

  /// The whole run: status, failure class and markers.
  func perform() throws(HarnessError) -> String {
    let report = try HarnessRun(
      request(at: .now), in: run, searches, engine: engine, keeper: keeper, limits: limits
    ).perform()
    let kind = report.failures.first.map { [$0.kind.rawValue] } ?? []
    return ([report.status.rawValue] + kind + report.markers.map(\.rawValue)).joined(separator: " ")
  }

  /// The whole run in a process of its own, which is sent a signal once the backend has started: what its report says, and
  /// whether any of the processes is left whose numbers the backend has written into `started`.
  ///
  /// The backend finds the number of that process in `leakgate`.
  func performApart(_ script: String, signal: Int32? = nil) throws(HarnessError) -> String {
    _ = try request(at: .now)
    try folder.write(Array(task.utf8), to: "task-\(number).md")
    let call = ["harness", "run", "--timeout", "30", "--run-dir"].map { Array($0.utf8) }
    let (process, code) = ProgramStart(
      program: keeper,
      arguments: call + [run.path, Array("--task".utf8), folder.path(of: "task-\(number).md"), Array("--".utf8)]
        + ["/bin/sh", "-c", script].map { Array($0.utf8) },
      environment: environment.entries.map { Array("\($0.name)=".utf8) + $0.value }
    ).spawn()
    guard code == 0 else { throw HarnessError(.fault, "the run could not be started: \(systemReason(code))") }
    let start = ContinuousClock.now
    // Nothing is passed to poll: it only waits.
    while !run.has("work/started"), start.duration(to: .now) < .seconds(30) { poll(nil, 0, 5) }
    if let signal { kill(process, signal) } else { try run.write(Array("\(process)\n".utf8), to: "work/leakgate") }
    var end: Int32 = 0
    // SAFETY: waitpid fills the one number it is given.
    while unsafe waitpid(process, &end, 0) < 0, errno == EINTR {}
    let facts = try RunFacts(run)
    let words = [facts.text("status") ?? "no report", facts.text("failure_class")].compactMap(\.self)
    return (words + (try isAnyLeft() ? ["and a process is left"] : [])).joined(separator: " ")
  }

  /// Whether any process the backend told of is left after ten seconds.
  private func isAnyLeft() throws(HarnessError) -> Bool {
    let words = (try run.read("work/started") ?? []).split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }
    let processes = words.compactMap { pid_t(String(decoding: $0, as: UTF8.self)) }
    guard !processes.isEmpty else { throw HarnessError(.fault, "the backend has not told of its processes") }
    let start = ContinuousClock.now
    while processes.contains(where: { kill($0, 0) == 0 }) {
      if start.duration(to: .now) > .seconds(10) { return true }
      // Nothing is passed to poll: it only waits.
      poll(nil, 0, 5)
    }
    return false
  }

  /// The audit of what the run left: its verdict and the kinds of evidence.
  func audit() throws(HarnessError) -> String {
    var manifest = try Manifest.caseRun()
    manifest.allowsUnlisted = allowsUnlisted
    let result = try Audit(
      run, manifest: manifest, searches, engine: engine, paths: PathRule(roots: [], targets: targets),
      jobs: 1
    ).perform(at: .now)
    let kinds = Set(result.evidence.map(\.kind.rawValue)).sorted()
    return ([result.verdict.rawValue] + kinds).joined(separator: " ")
  }

  /// Replaces a text in an artifact of the run.
  func replace(_ old: String, by new: String, in name: String) throws(HarnessError) {
    let bytes = try run.read(name) ?? []
    guard let range = bytes.firstRange(of: Array(old.utf8)) else {
      throw HarnessError(.fault, "\(name) does not hold what the gate changes")
    }
    var changed = bytes
    changed.replaceSubrange(range, with: Array(new.utf8))
    try run.write(changed, to: name)
  }

  /// Makes an artifact older than any run.
  func age(_ name: String) {
    let path = (run.path(of: name) + [0]).map { CChar(bitPattern: $0) }
    let time = [timespec(), timespec()]
    // SAFETY: the path is NUL-terminated; utimensat(2) reads two times.
    unsafe utimensat(AT_FDCWD, path, time, 0)
  }

  func remove(_ name: String) { SystemPath(run.path(of: name)).remove() }
}
