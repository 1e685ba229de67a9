import Detection
import Findings
import Harness
import Rules
import TestSupport
import Testing

/// A folder with an admission record, a run directory to be, and the environment of a harness that runs Qwen.
struct HarnessWorld {
  let tree = TemporaryTree()
  var environment = EnvironmentList()
  var command: [String] = ["case", "run", "task.md"]
  var task = "# Task\n\nWrite slugify.\n"
  var passedNames: [String] = []
  var targets: [String] = []
  var roots: [String] = []
  var moment = RecordSamples.moment

  /// Engines are made once: they are the same for all tests.
  private static let engines = Result { () throws -> (Engine, Engine) in
    let pack = try RulePack.default
    return (
      try Engine(pack: pack, options: EngineOptions(policy: .sot)),
      try Engine(pack: pack, options: EngineOptions(policy: .artifact))
    )
  }

  static func engine() throws -> Engine { try engines.get().1 }

  static func searches() throws -> HarnessSearches {
    let (governed, artifact) = try engines.get()
    return HarnessSearches(governed: SecretSearch(engine: governed), artifact: SecretSearch(engine: artifact))
  }

  init(_ members: [String: String] = RecordSamples.qwen) {
    tree.file("record.json", RecordSamples.text(members))
    let text = { (name: String) in members[name].map { String($0.dropFirst().dropLast()) } ?? "" }
    set(.provider, text("provider"))
    set(.model, text("model"))
    set(.admissionFile, tree.full("record.json"))
    set(.localBaseURL, "http://spark1.tail0000.ts.net:8000/v1")
    environment.set("PATH", Array("/usr/bin:/bin".utf8))
  }

  mutating func set(_ variable: HarnessVariable, _ value: String) {
    environment.set(variable.rawValue, Array(value.utf8))
  }

  mutating func record(_ changes: [String: String?], of members: [String: String] = RecordSamples.qwen) {
    tree.file("record.json", String(decoding: RecordSamples.bytes(members, changes), as: UTF8.self))
  }

  /// The name of the run directory.
  var folder = "run"
  var run: RunDirectory { get throws { try RunDirectory(making: Array(tree.full(folder).utf8)) } }

  func preflight() throws -> PreflightOutcome {
    let paths = PathRule(roots: roots.map { Array($0.utf8) }, targets: targets.map { Array($0.utf8) })
    var request = PreflightRequest(environment: environment, paths: paths, moment: moment)
    request.command = command.map { Array($0.utf8) }
    request.tasks = [.init(name: ArtifactName("task.md"), bytes: Array(task.utf8))]
    request.passedNames = passedNames
    return try Preflight(request, in: run, Self.searches()).check()
  }

  /// The text of a file of the run directory, `nil` where there is none.
  func text(_ name: String) throws -> String? {
    try run.read(name).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The markers that are there.
  func markers() throws -> [Marker] { try Marker.allCases.filter { try run.has($0.rawValue) } }
}

/// Secrets made when a test runs.
enum Made {
  static func secret(_ seed: UInt64 = 1, _ template: String = "gsk_{{alnum:52}}") throws -> String {
    String(decoding: try Template(parsing: template).expand(seed: seed).bytes, as: UTF8.self)
  }
}
