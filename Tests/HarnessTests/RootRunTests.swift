import Findings
import Foundation
@testable import Harness
import TestSupport
import Testing

/// Runs whose backend works outside of the run directory.
struct RootRunTests {
  private let world = HarnessWorld()

  init() {
    world.tree.file("proj/old.txt", "old\n")
    world.tree.file("proj/.case/past/events/1.jsonl", Self.event("anthropic", "claude-opus-4-1"))
  }

  private static func event(_ provider: String, _ model: String) -> String {
    #"{"event":"model","provider":"\#(provider)","model":"\#(model)"}"# + "\n"
  }

  private func perform(_ script: String, roots: [String] = ["proj"]) throws -> RunReport {
    try world.perform("\(script); \(HarnessWorld.working)", roots: roots.map { world.tree.full($0) })
  }

  private func kinds() throws -> Set<Evidence.Kind> { Set(try world.audit().evidence.map(\.kind)) }

  @Test func `X12: what changed in a root is kept, and an audit holds the diff against it`() throws {
    let report = try perform("mkdir src; echo new > src/new.txt; rm old.txt")
    #expect(report.status == .pass && report.changes == ["old.txt", "slug.txt", "src/new.txt"], "\(report.failures)")
    #expect(try world.text("work/src/new.txt") == "new\n")
    #expect(try !world.run.has("work/.case"))
    // What becomes of the root afterwards is nothing to the run.
    world.tree.file("proj/src/new.txt", "newer\n")
    #expect(try world.audit().isPass)
    world.tree.file("run/work/src/new.txt", "newer\n")
    #expect(try kinds() == [.diff])
    try FileManager.default.removeItem(atPath: world.tree.full("run/work"))
    #expect(try kinds() == [.diff] && !world.audit().isPass)
  }

  @Test func `the diff of several roots is over all of them`() throws {
    world.tree.folder("lib")
    let report = try perform("echo x > ../lib/x.txt", roots: ["proj", "lib"])
    #expect(report.status == .pass && report.changes == ["1/slug.txt", "2/x.txt"], "\(report.failures)")
    #expect(try world.audit().isPass)
    for name in ["1/slug.txt", "2/x.txt"] {
      let before = try #require(try world.text("work/\(name)"))
      world.tree.file("run/work/\(name)", "other\n")
      #expect(try kinds() == [.diff], "\(name)")
      world.tree.file("run/work/\(name)", before)
    }
    #expect(try world.audit().isPass)
  }

  @Test func `a secret that is left in a root fails the run`() throws {
    let secret = try Made.secret(5)
    let report = try perform("printf '%s%s' '\(secret.prefix(9))' '\(secret.dropFirst(9))' > notes.txt")
    #expect(report.status == .fail && report.failures.map(\.kind) == [.secretLeak])
    #expect(try world.audit().findings.map(\.artifact) == [ArtifactName("work/notes.txt")])
  }

  @Test(arguments: [("e\\314\\201", "\\303\\251"), ("\\376", "\\377"), ("\\357\\277\\275", "\\377")])
  func `a file whose name is another's as text is not overlooked`(_ one: String, _ other: String) throws {
    let secret = try Made.secret(5)
    let report = try perform(
      """
      echo x > "$(printf '\(one)')"
      printf '%s%s' '\(secret.prefix(9))' '\(secret.dropFirst(9))' > "$(printf '\(other)')"
      """)
    #expect(report.status == .fail && report.failures.map(\.kind).contains(.evidenceIncomplete), "\(report.failures)")
  }

  @Test func `a folder named like the run directory as text is no part of it`() throws {
    var world = HarnessWorld()
    world.folder = "r\u{E9}"
    let secret = try Made.secret(5)
    world.tree.folder("proj")
    let report = try world.perform(
      """
      f="$(printf 're\\314\\201')"; mkdir "$f"
      printf '%s%s' '\(secret.prefix(9))' '\(secret.dropFirst(9))' > "$f/a"; \(HarnessWorld.working)
      """, roots: [world.tree.full("proj") + "/.."])
    #expect(report.status == .fail && report.failures.map(\.kind) == [.secretLeak], "\(report.failures)")
  }

  @Test func `events left in a root tell which pair was used, those of before do not`() throws {
    let other = Self.event("anthropic", "claude-opus-4-1")
    let report = try perform("mkdir -p .case/x/events; printf '%s' '\(other)' > .case/x/events/1.jsonl")
    #expect(report.status == .fail && report.failures.map(\.kind) == [.evidenceIncomplete])
    #expect(report.observed?.model == "claude-opus-4-1")
    #expect(try kinds() == [.pair])
    #expect(try world.text("work/.case/x/events/1.jsonl") == other)
  }

  @Test func `what the run itself writes below a root is no diff`() throws {
    let report = try world.perform(HarnessWorld.answer, roots: [world.tree.path])
    #expect(report.status == .fail && report.failures.map(\.kind) == [.noDiff], "\(report.failures)")
  }

  @Test(arguments: ["ln -s old.txt link.txt", "mkfifo pipe", "mkdir ../run/work"])
  func `what cannot be kept of a root fails the run`(_ line: String) throws {
    let report = try perform(line)
    #expect(report.status == .fail && report.failures.map(\.kind) == [.evidenceIncomplete], "\(report.failures)")
  }

  @Test func `a root in the run directory is refused`() throws {
    world.tree.folder("run/sub")
    #expect(throws: HarnessError.self) { try perform("true", roots: ["run/sub"]) }
    #expect(throws: HarnessError.self) { try perform("true", roots: ["run"]) }
  }
}
