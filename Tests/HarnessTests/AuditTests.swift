import Findings
import Foundation
import Glibc
import Harness
import TestSupport
import Testing

struct AuditTests {
  @Test func `X07: an artifact that is missing, empty, of the wrong format or older than the run`() throws {
    let world = HarnessWorld()
    _ = try world.perform(HarnessWorld.working)
    func kinds() throws -> Set<Evidence.Kind> { Set(try world.audit().evidence.map(\.kind)) }
    func trial(_ name: String, _ text: String?, _ kind: Evidence.Kind) throws {
      let before = try #require(try world.run.read(name))
      if let text { world.tree.file("run/\(name)", text) } else { world.tree.remove("run/\(name)") }
      #expect(try kinds().contains(kind), "\(name) \(kind)")
      #expect(try world.audit().verdict == .leaking)
      try world.run.write(before, to: name)
    }
    for name in ["report.json", "report.md", "trace.jsonl", "argv.json", "environment.json"] {
      try trial(name, nil, .missing)
      try trial(name, "", .empty)
    }
    try trial("report.md", "a\0b", .format)
    try trial("argv.json", "[[\"a\"]", .format)
    try trial("trace.jsonl", "{\"seq\":1}\nnot json\n", .format)
    try trial("trace.jsonl", "{\"seq\":1}", .format)
    let report = world.tree.full("run/report.md")
    try FileManager.default.setAttributes([.modificationDate: Date(timeIntervalSince1970: 1000)], ofItemAtPath: report)
    #expect(try kinds() == [.stale])
    try world.run.write(Array("again\n".utf8), to: "report.md")
  }

  @Test func `a secret is found wherever in a run directory it lies`() throws {
    let world = HarnessWorld()
    _ = try world.perform(HarnessWorld.working)
    let secret = try Made.secret(6)
    for name in [
      "report.md", "backend/more.log", "task/task.md", "work/slug.txt", "case-data/.case/x/events/1.jsonl", "argv.json",
      "case-data/config.json",
    ] {
      let before = try world.run.read(name)
      let text = name.hasSuffix("json") ? "{\"note\":\"\(secret)\"}" : "x \(secret) y\n"
      try world.run.write(Array(text.utf8), to: name)
      let result = try world.audit()
      #expect(result.findings.contains { $0.artifact == ArtifactName(name) }, "\(name)")
      #expect(result.verdict == .leaking)
      if let before { try world.run.write(before, to: name) } else { world.tree.remove("run/\(name)") }
    }
    #expect(try world.audit().isPass)
  }

  @Test func `a link in a run directory is not followed, and the run is not clean`() throws {
    let world = HarnessWorld()
    _ = try world.perform(HarnessWorld.working)
    world.tree.link("run/backend/link.log", to: world.tree.full("record.json"))
    #expect(try world.audit().verdict == .incomplete)
  }

  @Test func `a record that is no file, or too large to judge, makes an audit incomplete and hides nothing else`()
    throws
  {
    let world = HarnessWorld()
    _ = try world.perform(HarnessWorld.working)
    world.tree.file("run/backend/more.log", "x \(try Made.secret()) y\n")
    world.tree.remove("run/admission.json")
    world.tree.link("run/admission.json", to: world.tree.full("record.json"))
    let linked = try world.audit()
    #expect(linked.gaps.contains { $0.artifact == ArtifactName("admission.json") } && !linked.findings.isEmpty)
    world.tree.remove("run/admission.json")
    world.tree.file(bytes: Array("run/admission.json".utf8), [UInt8](repeating: 0x20, count: 65 << 20))
    let large = try world.audit()
    #expect(large.gaps.contains { $0.artifact == ArtifactName("admission.json") } && !large.findings.isEmpty)
  }

  @Test(arguments: ["backend/case-stderr.log", "baseline/trace.jsonl"])
  func `X07: a log or trace that every run leaves is missed, even where nothing was in it`(_ name: String) throws {
    let world = HarnessWorld()
    _ = try world.perform(HarnessWorld.working)
    #expect(try world.audit().isPass)
    world.tree.remove("run/\(name)")
    let evidence = try world.audit().evidence
    #expect(evidence.map(\.kind) == [.missing] && evidence.map(\.artifact) == [name])
  }

  @Test func `a path of a target repository is a finding wherever it is named`() throws {
    let world = HarnessWorld()
    _ = try world.perform("echo opened /srv/target/x.c and https://host/srv/target2; " + HarnessWorld.working)
    let foreign = PathRule(roots: [], targets: [Array("/srv/target".utf8)])
    #expect(try Set(world.audit(paths: foreign).evidence.map(\.kind)) == [.foreignPath])
    let homes = PathRule(roots: [Array(world.tree.path.utf8)], targets: [])
    #expect(try Set(world.audit(paths: homes).evidence.map(\.kind)) == [.foreignPath])
    #expect(try world.audit().isPass)
  }

  @Test func `an expired record is a note, not a contradiction`() throws {
    var world = HarnessWorld()
    let soon = Timestamp.now.advanced(by: 2)
    world.moment = .now
    world.record(["review_trigger": "\"\(soon.text)\""])
    #expect(try world.perform(HarnessWorld.working).status == .pass)
    while Timestamp.now < soon { usleep(50_000) }
    let result = try world.audit()
    #expect(result.isPass && result.notes == ["the admission record has expired since the run"])
  }

  @Test func `a manifest of its own is ten lines of TOML`() throws {
    let world = HarnessWorld()
    world.tree.file("run/preds.json", "[]")
    world.tree.file("run/logs/a.jsonl", "{}\n")
    let text = """
      name = "swe-bench"
      unlisted = "must-not"
      [[artifact]]
      path = "/preds.json"
      format = "json"
      [[artifact]]
      path = "*.jsonl"
      presence = "may"
      format = "jsonl"
      """
    let manifest = try Manifest.read(Array(text.utf8), named: "m")
    #expect(try world.audit(manifest: manifest).verdict == .clean)
    world.tree.file("run/extra.bin", "x")
    #expect(try world.audit(manifest: manifest).evidence.map(\.kind) == [.forbidden])
    for wrong in [
      "", "name = 1", "name = \"x\"", "name = \"x\"\nother = 1\n[[artifact]]\npath = \"a\"", text + "\ncolour = 1",
      text.replacing("\"may\"", with: "\"maybe\""),
    ] {
      #expect(throws: HarnessError.self) { try Manifest.read(Array(wrong.utf8), named: "m") }
    }
  }

  @Test(arguments: [".ssh", ".ssh/", "/sub/.ssh", "sub", "/sub/", "**/.ssh/", ".ssh/**"])
  func `a folder that may not be there is found by what is in it`(_ pattern: String) throws {
    let world = HarnessWorld()
    world.tree.file("run/sub/.ssh/config", "Host x\n")
    let text = "name = \"m\"\n[[artifact]]\npath = \"\(pattern)\"\npresence = \"must-not\"\n"
    let manifest = try Manifest.read(Array(text.utf8), named: "m")
    #expect(try world.audit(manifest: manifest).evidence.map(\.kind) == (pattern == ".ssh/**" ? [] : [.forbidden]))
  }

  @Test func `a governed document whose name is no text is not taken for judged`() throws {
    let world = HarnessWorld()
    let text = "name = \"m\"\n[[artifact]]\npath = \"*.md\"\npolicy = \"sot\"\n"
    let manifest = try Manifest.read(Array(text.utf8), named: "m")
    world.tree.file("run/a.md", "text\n")
    #expect(try world.audit(manifest: manifest).verdict == .clean)
    world.tree.file(bytes: Array("run/".utf8) + [0xFF] + Array(".md".utf8), Array("text\n".utf8))
    let result = try world.audit(manifest: manifest)
    #expect(result.verdict == .incomplete && result.gaps.count == 1, "\(result.gaps)")
  }

  @Test func `no audit shows a secret in the name of a member`() throws {
    let world = HarnessWorld()
    let (name, content) = (try Made.secret(8), try Made.secret(9))
    let archive = Packing.tar([(name: "logs/\(name).log", bytes: Array("k = \(content)\n".utf8))])
    world.tree.folder("run")
    world.tree.file(bytes: Array("run/a.tar".utf8), archive)
    let manifest = try Manifest.read(Array("name = \"m\"\n[[artifact]]\npath = \"a.tar\"\n".utf8), named: "m")
    let result = try world.audit(manifest: manifest)
    #expect(result.findings.contains { !$0.layers.isEmpty })
    let audit = String(decoding: JSONText.bytes { result.write(to: &$0, version: "1") }, as: UTF8.self)
    for secret in [name, content] { #expect(!audit.contains(secret.suffix(8)), "\(audit)") }
  }

  @Test func `a secret around another one is redacted to its end`() throws {
    let words = ["kT9#vq2Lz8WdQw4Er6Ty", try Made.secret(3, "AKIA{{base32:16}}"), "0xR7mYp3Nc5B6hZx9CvLz8WdQw4Er"]
    let shown = try HarnessWorld.searches().artifact.masked("password = \"\(words.joined(separator: " "))\"")
    for word in words { #expect(!shown.contains(word.suffix(4)), "\(shown)") }
  }

  @Test func `a run directory without anything in it is told as that`() throws {
    let result = try HarnessWorld().audit()
    #expect(result.verdict == .invalid && result.problems.count == 1)
    #expect(result.problems.first?.hasPrefix("there is nothing in the run directory") == true)
  }

  /// The manifests of docs/harness.md, each with names of artifacts it asks for and forbids.
  private static let shown: [String: (there: [String: String], forbidden: String)] = [
    "swe-bench": (
      [
        "preds.json": "[]", "logs/run_evaluation/1/m/i/report.json": "{}", "logs/run_evaluation/1/m/i/patch.diff": "",
        "logs/run_evaluation/1/m/i/run_instance.log": "x\n",
      ], ".env"
    ), "inspect": (["2026-06-02_task.json": "{}"], "sub/.env"),
    "openhands": (["output.jsonl": "{}\n", "metadata.json": "{}"], "config.toml"),
    "claude-code": (["-srv-work/0b1c.jsonl": "{}\n"], ".credentials.json"),
    "codex": (["sessions/2026/06/02/rollout-2026-06-02.jsonl": "{}\n"], "auth.json"),
    "ci-job": (["build/job.log": "ok\n"], ".netrc"),
  ]

  @Test func `every manifest shown in the docs judges what it is for`() throws {
    let page = try RepositoryFiles.text("docs/harness.md")
    let blocks = page.components(separatedBy: "```toml\n").dropFirst().map { $0.components(separatedBy: "```")[0] }
    #expect(blocks.count == Self.shown.count)
    for block in blocks {
      #expect(block.split(separator: "\n").count <= 10)
      let manifest = try Manifest.read(Array(block.utf8), named: "docs")
      let (there, forbidden) = try #require(Self.shown[manifest.name], "\(manifest.name)")
      let tree = TemporaryTree()
      tree.folder("run")
      for (name, text) in there { tree.file("run/\(name)", text) }
      let run = try RunDirectory(existing: Array(tree.full("run").utf8))
      func kinds() throws -> Set<Evidence.Kind> { Set(try run.audit(manifest: manifest).evidence.map(\.kind)) }
      #expect(try kinds().isEmpty, "\(manifest.name)")
      tree.file("run/\(forbidden)", "x\n")
      #expect(try kinds() == [.forbidden], "\(manifest.name)")
      for name in there.keys { tree.remove("run/\(name)") }
      // Inspect writes one of two formats.
      #expect(try kinds() == (manifest.name == "inspect" ? [.forbidden] : [.forbidden, .missing]), "\(manifest.name)")
    }
  }

  @Test func `the statement is recomputed, and any difference is told`() throws {
    let world = HarnessWorld()
    _ = try world.perform(HarnessWorld.working)
    let result = try world.audit()
    let audit = Array("audit".utf8)
    let statement = try #require(Statement(reading: Statement(result, audit: audit).bytes))
    func differences() throws -> [String] {
      try Verification.differences(between: statement, and: world.run, audit: audit, HarnessWorld.searches().artifact)
    }
    #expect(try differences() == [])
    world.tree.append("x", to: "run/report.md")
    world.tree.file("run/new.txt", "x")
    world.tree.remove("run/argv.json")
    #expect(try differences() == ["argv.json: it is gone", "report.md: it has changed", "new.txt: it is new"])
    let seed = [UInt8](repeating: 7, count: 32)
    let envelope = try Envelope.bytes(statement.bytes, seed: seed)
    let key = try Envelope.publicKey(seed: seed)
    #expect(Envelope.payload(of: envelope, publicKey: key) == statement.bytes)
    #expect(Envelope.payload(of: envelope, publicKey: try Envelope.publicKey(seed: seed.map { $0 + 1 })) == nil)
    var forged = envelope
    let place = try #require(forged.firstRange(of: Array("\"payload\":\"".utf8))?.upperBound)
    forged[place + 40] = forged[place + 40] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
    #expect(Envelope.payload(of: forged, publicKey: key) == nil)
  }
}
