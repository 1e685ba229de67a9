import ArgumentParser
import Artifacts
import Findings
import Harness
import Reports

/// What a run of a harness is given: the options that preflight and run share.
struct HarnessInput: ParsableArguments {
  @Option(
    help: ArgumentHelp("The folder that holds everything of the run; made where it is not there.", valueName: "dir"),
    completion: .directory
  )
  var runDir: PathArgument

  @Option(
    name: .customLong("task"),
    help: ArgumentHelp("A file of the task; may be given several times.", valueName: "file"), completion: .file()
  )
  var tasks: [PathArgument] = []

  @Option(
    help: ArgumentHelp(
      "Hand this variable to the backend: a credential it needs. It is never recorded; its value is redacted.",
      valueName: "name")
  )
  var passEnv: [String] = []

  @Option(
    help: ArgumentHelp("A folder the run may touch; may be given several times.", valueName: "dir"),
    completion: .directory
  )
  var root: [PathArgument] = []

  @Option(
    help: ArgumentHelp(
      "A folder the run may not touch nor name: a target repository. May be given several times.", valueName: "dir"),
    completion: .directory
  )
  var targetRoot: [PathArgument] = []

  @Argument(parsing: .postTerminator, help: ArgumentHelp("The backend's command line.", valueName: "command"))
  var command: [String] = []

  /// The backend's command line as bytes.
  var commandBytes: [[UInt8]] { command.map(RawArgument.bytes) }

  /// What preflight is asked.
  ///
  /// - Throws: `CommandError` for what the caller has to change.
  func request(at moment: Timestamp) throws(CommandError) -> PreflightRequest {
    // Whoever has the key can test guesses against every fingerprint (docs/decisions/0004-fingerprints.md).
    if passEnv.contains(KeyFile.variable) {
      throw .invalid("--pass-env \(KeyFile.variable) is refused: a backend must not have the key of fingerprints")
    }
    let paths = try Self.paths(root: root, targetRoot: targetRoot)
    var request = PreflightRequest(environment: Environment.all(), paths: paths, moment: moment)
    request.command = commandBytes
    for task in tasks {
      switch FileContents.read(task.bytes) {
      case .success(let bytes): request.tasks.append(PreflightRequest.TaskFile(name: task.name, bytes: bytes))
      case .failure(let error):
        throw .invalid("cannot read the task file \(task.name.text): \(error.message); check the path")
      }
    }
    for name in passEnv where ["CASE_DATA_DIR", "PI_CODING_AGENT_DIR"].contains(name) {
      throw .invalid("--pass-env \(name): the run sets it itself, to the isolated configuration")
    }
    for name in passEnv where request.environment[name] == nil {
      throw .invalid("--pass-env \(name): there is no such variable, or it is empty")
    }
    request.passedNames = passEnv
    return request
  }

  /// The rule for paths an artifact may mention.
  static func paths(root: [PathArgument], targetRoot: [PathArgument]) throws(CommandError) -> PathRule {
    for path in root + targetRoot where !PathRule.canBeNamed(path.bytes) {
      throw .invalid("\(path.name.text) cannot be looked for in artifacts; give an absolute path below /")
    }
    return PathRule(roots: root.map(\.bytes), targets: targetRoot.map(\.bytes))
  }
}

extension CommandError {
  init(_ error: HarnessError) { self.init(error.verdict, error.message) }

  /// What some work of the harness gives; where it fails, the command fails for the same reason.
  static func passingOn<Result>(_ work: () throws(HarnessError) -> Result) throws(CommandError) -> Result {
    do throws(HarnessError) { return try work() } catch { throw CommandError(error) }
  }
}

extension Environment {
  /// The whole environment of the process.
  static func all() -> EnvironmentList {
    var list = EnvironmentList()
    for bytes in ProgramStart.inheritedEnvironment() {
      guard let equals = bytes.firstIndex(of: UInt8(ascii: "=")) else { continue }
      let name = String(decoding: bytes[..<equals], as: UTF8.self)
      if list[name] == nil { list.set(name, Array(bytes[(equals + 1)...])) }
    }
    return list
  }
}
