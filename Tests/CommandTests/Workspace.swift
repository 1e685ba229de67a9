import Foundation
import Rules
import TestSupport
import Testing

/// A folder of its own in which shell lines are run, with `leakgate` on the path; gone when the test is.
final class Workspace {
  let folder: String

  init() throws {
    folder = NSTemporaryDirectory() + "/leakgate-test-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// Writes a file, its folders with it.
  @discardableResult
  func write(_ text: String, to name: String) throws -> Workspace {
    let path = folder + "/" + name
    let parent = (path as NSString).deletingLastPathComponent
    try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    return self
  }

  /// Writes a pack of one rule to `rules.toml`: an engine made of it starts faster than one of the built-in pack.
  @discardableResult
  func writeRules() throws -> Workspace {
    try write("[[rules]]\nid = 'house'\nregex = '''house_[a-z]{16}'''\n", to: "rules.toml")
  }

  func read(_ name: String) throws -> String { try String(contentsOfFile: folder + "/" + name, encoding: .utf8) }

  func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: folder).sorted() }

  /// Runs a line of sh(1) in the folder; what it prints is kept in files beside it, so nothing can fill up.
  func run(_ line: String, environment: [String: String] = [:]) throws -> Outcome {
    let capture = folder + ".capture"
    try FileManager.default.createDirectory(atPath: capture, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: capture) }
    let files = ["out", "err"].map { capture + "/" + $0 }
    for file in files { _ = FileManager.default.createFile(atPath: file, contents: nil) }
    let process = try start(line, environment: environment)
    process.standardOutput = FileHandle(forWritingAtPath: files[0])
    process.standardError = FileHandle(forWritingAtPath: files[1])
    try process.run()
    process.waitUntilExit()
    let texts = try files.map { String(decoding: try Data(contentsOf: URL(fileURLWithPath: $0)), as: UTF8.self) }
    return Outcome(status: process.terminationStatus, output: texts[0], errors: texts[1])
  }

  /// A process ready to run a line, with nothing on standard input.
  func start(_ line: String, environment: [String: String] = [:]) throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", line]
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.standardInput = FileHandle.nullDevice
    let path = try #require(BuiltProgram.folder) + ":/usr/local/bin:/usr/bin:/bin"
    let basics = ["PATH": path, "HOME": folder, "LC_ALL": "C", "TERM": "xterm"]
    process.environment = basics.merging(environment) { $1 }
    return process
  }
}

/// What a line came to.
struct Outcome {
  let status: Int32
  let output: String
  let errors: String

  /// The lines of standard output.
  var lines: [Substring] { output.split(separator: "\n") }
}

/// Secrets that are made when a test runs, so that none stands here.
enum Secret {
  /// A value for `GROQ_API_KEY`, another one for each seed.
  static func groq(_ seed: UInt64 = 1) throws -> String { try filled("gsk_{{alnum:52}}", seed) }

  /// A value for the rule of `Workspace.writeRules`.
  static func house(_ seed: UInt64 = 1) throws -> String { try filled("house_{{lower:16}}", seed) }

  static func filled(_ template: String, _ seed: UInt64 = 1) throws -> String {
    String(decoding: try Template(parsing: template).expand(seed: seed).bytes, as: UTF8.self)
  }
}
