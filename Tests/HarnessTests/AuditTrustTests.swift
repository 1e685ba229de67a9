import Findings
import Foundation
@testable import Harness
import TestSupport
import Testing

/// Ways in which a run, or who comes after it, could keep something from being read.
struct AuditTrustTests {
  @Test func `X08: the folder of audits hides nothing, in a run or an audit`() throws {
    let world = HarnessWorld()
    let secret = try Made.secret(8)
    let leak =
      "mkdir ../leakgate; printf '%s%s' '\(secret.prefix(9))' '\(secret.dropFirst(9))' > ../leakgate/notes.txt; "
    let report = try world.perform(leak + HarnessWorld.working)
    #expect(report.status == .fail && report.failures.map(\.kind) == [.secretLeak])
    let other = HarnessWorld()
    _ = try other.perform(HarnessWorld.working)
    for name in ["leakgate/notes.txt", "leakgate/audit.json", "leakgate/statement.dsse.json", "leakgate/deep/a.txt"] {
      other.tree.file("run/\(name)", "x \(secret)\n")
      let result = try other.audit()
      #expect(result.verdict == .leaking && result.findings.map(\.artifact) == [ArtifactName(name)], "\(name)")
      other.tree.remove("run/\(name)")
    }
    #expect(try other.audit().isPass)
  }

  @Test func `what an audit leaves is no artifact of the run, and the next one finds nothing in it`() throws {
    let world = HarnessWorld()
    world.tree.file("run/notes.txt", "key \(try Made.secret(9))\n")
    let manifest = try Manifest.read(Array("name = \"m\"\n[[artifact]]\npath = \"*\"".utf8), named: "m")
    let first = try world.audit(manifest: manifest)
    let audit = JSONText.bytes { first.write(to: &$0, version: "1") }
    let statement = Statement(first, audit: audit).bytes
    try world.run.write(audit, to: "leakgate/audit.json")
    try world.run.write(statement, to: "leakgate/statement.json")
    try world.run.write(
      Envelope.bytes(statement, seed: [UInt8](repeating: 3, count: 32)), to: "leakgate/statement.dsse.json")
    let second = try world.audit(manifest: manifest)
    #expect(second.findings == first.findings && second.artifacts == first.artifacts)
    world.tree.file("run/leakgate/extra.txt", "x\n")
    #expect(try world.audit(manifest: manifest).artifacts.map(\.name) == ["leakgate/extra.txt", "notes.txt"])
  }

  @Test func `an artifact that changes, comes or goes during an audit makes it incomplete`() throws {
    for change in ["written", "restored", "added", "removed"] {
      let tree = TemporaryTree()
      tree.file("run/a.txt", "one\n")
      tree.file("run/b.txt", "two\n")
      let run = try RunDirectory(existing: Array(tree.full("run").utf8))
      var survey = try ArtifactSurvey(
        run, ListedArtifact.all(in: run), manifest: Manifest(name: "", entries: []),
        paths: PathRule(roots: [], targets: []), started: nil)
      survey.read(jobs: 1)
      try survey.findChanges()
      #expect(survey.gaps.isEmpty)
      let time = try FileManager.default.attributesOfItem(atPath: tree.full("run/a.txt"))[.modificationDate]
      switch change {
      case "added": tree.file("run/c.txt", "three\n")
      case "removed": tree.remove("run/a.txt")
      default:
        // The clock of a file system may tick as seldom as a hundred times a second.
        Thread.sleep(forTimeInterval: 0.05)
        tree.file("run/a.txt", "ONE\n")
        if change == "restored" {
          try FileManager.default.setAttributes([.modificationDate: time as Any], ofItemAtPath: tree.full("run/a.txt"))
        }
      }
      try survey.findChanges()
      #expect(survey.gaps.map(\.name) == [change == "added" ? "c.txt" : "a.txt"], "\(change)")
    }
  }

  @Test func `an artifact that changes after it was listed and before it is read makes an audit incomplete`() throws {
    let tree = TemporaryTree()
    tree.file("run/a.txt", "one\n")
    let run = try RunDirectory(existing: Array(tree.full("run").utf8))
    var survey = try ArtifactSurvey(
      run, ListedArtifact.all(in: run), manifest: Manifest(name: "", entries: []),
      paths: PathRule(roots: [], targets: []), started: nil)
    tree.file("run/a.txt", "another\n")
    tree.file("run/b.txt", "new\n")
    survey.read(jobs: 1)
    try survey.findChanges()
    #expect(survey.gaps.map(\.name) == ["a.txt", "b.txt"])
  }

  @Test func `names that look alike are told apart when a statement is verified`() throws {
    // Bytes that are no UTF-8 are shown alike; a letter and its accent are equal to the letter with it.
    let pairs: [([UInt8], [UInt8])] = [
      ([0x61, 0xFE], [0x61, 0xFF]), ([0x65, 0xCC, 0x81], [0xC3, 0xA9]), ([0xC3, 0xA9], [0x65, 0xCC, 0x81]),
    ]
    let searches = try HarnessWorld.searches()
    for (old, new) in pairs {
      let tree = TemporaryTree()
      tree.folder("run")
      let run = try RunDirectory(existing: Array(tree.full("run").utf8))
      tree.file(bytes: Array("run/".utf8) + old, Array("one\n".utf8))
      let result = try run.audit(manifest: Manifest(name: "m", entries: []))
      let statement = try #require(Statement(reading: Statement(result, audit: []).bytes))
      #expect(try Verification.differences(between: statement, and: run, audit: [], searches.artifact) == [])
      tree.file(bytes: Array("run/".utf8) + new, Array("two\n".utf8))
      #expect(try Verification.differences(between: statement, and: run, audit: [], searches.artifact) != [])
    }
  }

  #if os(Linux)
    @Test func `a folder of a run that cannot be made is told with the reason it cannot`() throws {
      // Where nobody can make folders, whoever runs the test.
      let run = try RunDirectory(existing: Array("/sys/kernel".utf8))
      do throws(HarnessError) {
        try run.makeFolder("backend")
        Issue.record("it was made")
      } catch {
        #expect(error.verdict == .fault && !error.message.contains("No such file"), "\(error.message)")
      }
    }

    @Test func `who leaves the backend's group and goes on printing is ended with it`() throws {
      for straggler in ["setsid sh -c 'sleep 5; echo late'", "sleep 60"] {
        let world = HarnessWorld()
        let report = try world.perform(HarnessWorld.working + "; \(straggler) &")
        #expect(report.status == .pass, "\(report.failures)")
        #expect(try world.text("backend/case-stdout.log")?.contains("late") == false)
      }
    }
  #endif
}
