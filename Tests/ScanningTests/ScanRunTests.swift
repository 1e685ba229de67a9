import Artifacts
import Findings
import Glibc
import TestSupport
import Testing

@testable import Scanning

struct ScanRunTests {
  private let tree = TemporaryTree()

  /// What a scan of paths below the tree tells, names shortened, with its result.
  private func scan(
    _ paths: [String] = [""], _ change: (inout ScanRequest) -> Void = { _ in }
  ) -> (lines: [String], result: ScanResult) {
    var request = ScanRequest(paths.map { tree.name($0) })
    change(&request)
    let (events, result) = ScanRun(request).collect()
    return (events.map { $0.line.replacing(tree.path + "/", with: "") }, result)
  }

  @Test func `a tree without findings is clean`() {
    tree.file("a/x", "text")
    tree.file("b", "")
    let (lines, result) = scan()
    #expect(lines == [])
    #expect(result.verdict == .clean)
    #expect(result.ledger.artifacts == 2)
    #expect(result.ledger.bytes == 4)
  }

  @Test func `findings are told in the order of the walk`() {
    tree.file("b", "LEAK")
    tree.file("a/y", "..LEAK")
    tree.file("a/x", "LEAKLEAK")
    let (lines, result) = scan()
    #expect(lines == ["a/x@0", "a/x@4", "a/y@2", "b@0"])
    #expect(result.findings == 4)
    #expect(result.dropped == ["seen": 4])
    #expect(result.verdict == .leaking)
  }

  // R01
  @Test func `what cannot be opened makes the scan incomplete and the rest is scanned (R01)`() {
    tree.file("a/x", "LEAK")
    tree.file("shut")
    tree.file("folder/y")
    tree.forbid("shut")
    tree.forbid("folder")
    let (lines, result) = withoutPrivilege { scan() }
    #expect(
      lines == [
        "a/x@0", "folder: cannot be opened: permission denied", "shut: cannot be opened: permission denied",
      ])
    #expect(result.verdict == .leaking)
    let (_, clean) = withoutPrivilege { scan([""]) { $0.exclusions = globs("a") } }
    #expect(clean.verdict == .incomplete)
  }

  // R02, R11
  @Test func `a bad path is invalid and the good ones are scanned (R02, R11)`() {
    tree.file("good", "LEAK")
    tree.link("dangling", to: "nowhere")
    let (lines, result) = scan(["missing", "good", "dangling"])
    #expect(lines == ["good@0"])
    #expect(
      result.problems == [
        "cannot scan '\(tree.full("missing"))': no such file or directory",
        "cannot scan '\(tree.full("dangling"))': no such file or directory",
      ])
    #expect(result.verdict == .invalid)
  }

  // R03
  @Test func `named links are followed (R03)`() {
    tree.file("real/x", "LEAK")
    tree.link("link", to: "real")
    #expect(scan(["link"]).lines == ["link/x@0"])
  }

  // R04
  @Test func `links out of the tree are notes under code and gaps under the other policies (R04)`() {
    tree.file("outside", "LEAK")
    tree.file("root/x")
    tree.link("root/link", to: "../outside")
    let told = "root/link: symbolic link not followed: it leads out of what is scanned"
    let (lines, result) = scan(["root"])
    #expect(lines == [told])
    #expect(result.ledger.notes.count == 1)
    #expect(result.verdict == .clean)
    for policy in [Policy.artifact, .sot] {
      let (lines, result) = scan(["root"]) { $0.policy = policy }
      #expect(lines == [told])
      #expect(result.ledger.gaps.count == 1)
      #expect(result.verdict == .incomplete)
    }
  }

  @Test func `an object store is a note under code and a gap under the other policies`() {
    tree.file(".git/objects/pack/multi-pack-index", "LEAK")
    tree.file(".git/config", "LEAK")
    #expect(
      scan().lines == [".git/config@0", ".git/objects: git object store not opened: run `leakgate git history` in it"])
    #expect(scan().result.ledger.isComplete)
    #expect(!scan { $0.policy = .artifact }.result.ledger.isComplete)
  }

  private func scan(_ change: (inout ScanRequest) -> Void) -> (lines: [String], result: ScanResult) {
    scan([""], change)
  }

  // R05
  @Test func `a pipe in the tree never blocks and makes the scan incomplete unless excluded (R05)`() {
    tree.fifo("pipe")
    tree.file("x")
    let (lines, result) = scan()
    #expect(lines == ["pipe: named pipe (FIFO): not read"])
    #expect(result.verdict == .incomplete)
    #expect(scan { $0.exclusions = globs("pipe") }.result.verdict == .clean)
    #expect(scan(["pipe"]).result.verdict == .invalid)
  }

  // R06
  @Test func `a file that changes while it is read makes the scan incomplete (R06)`() {
    tree.file("a", String(repeating: "x", count: 100))
    tree.file("b", String(repeating: "x", count: 100))
    let tree = tree
    let path = tree.full("a")
    let (events, result) = ScanRun(ScanRequest([tree.name]), window: 10) { name, _ in
      // SAFETY: the path is NUL-terminated for the call.
      if name.text == path { unsafe truncate(path, 50) }
    }.collect()
    #expect(events.map(\.line) == ["\(path): changed while being read: its size went from 100 to 50 bytes"])
    #expect(result.ledger.artifacts == 1)
    #expect(result.verdict == .incomplete)
  }

  // R08
  @Test func `hidden and ignored files are scanned, what is excluded is counted (R08, X06)`() {
    // Files in which a tree would have itself let off.
    for name in [".gitignore", ".gitleaksignore", ".leakgate.toml", ".gitattributes"] { tree.file(name, "*\n") }
    for name in [".env", "node_modules/x", "sub/.git/config"] { tree.file(name, "LEAK") }
    #expect(scan().lines == [".env@0", "node_modules/x@0", "sub/.git/config@0"])
    let (lines, result) = scan { $0.exclusions = globs("node_modules", ".e*") }
    #expect(lines == ["sub/.git/config@0"])
    #expect(result.ledger.excluded == ["node_modules": 1, ".e*": 1])
  }

  // R09
  @Test func `a file whose name is not UTF-8 is scanned under its bytes (R09)`() {
    tree.file(bytes: [0xFF, 0x0A], Array("LEAK".utf8))
    let (events, _) = ScanRun(ScanRequest([tree.name])).collect()
    guard case .finding(let finding)? = events.first else {
      Issue.record("not found")
      return
    }
    #expect(finding.artifact.bytes.suffix(3) == [UInt8(ascii: "/"), 0xFF, 0x0A])
  }

  // R12
  @Test func `nothing to scan is invalid unless it is allowed (R12)`() {
    tree.folder("empty")
    tree.file("x", "LEAK")
    #expect(scan([]).result.problems == ["nothing was scanned: no path was given"])
    #expect(
      scan(["empty"]).result.problems == [
        "nothing was scanned: there is no file to read in what was given; --allow-empty lets that pass"
      ])
    let excluded = scan { $0.exclusions = globs("x") }.result
    #expect(
      excluded.problems == [
        "nothing was scanned: what is there was excluded (1 entry); --allow-empty lets that pass"
      ])
    #expect(excluded.verdict == .invalid)
    #expect(
      scan(["empty"]) { $0.allowsEmpty = true }.result.verdict == .clean)
    #expect(scan([]) { $0.allowsEmpty = true }.result.verdict == .clean)
  }

  @Test func `a gap accepted by name is told as accepted and does not count`() {
    tree.folder("run")
    tree.fifo("run/pipe")
    tree.fifo("other")
    tree.file("x")
    for pattern in ["pipe", "run", "run/pipe", "/run/", "run/**"] {
      let (lines, result) = scan { $0.accepted = globs(pattern) }
      #expect(lines == ["other: named pipe (FIFO): not read", "run/pipe: named pipe (FIFO): not read (accepted)"])
      #expect(result.verdict == .incomplete)
    }
    #expect(scan { $0.accepted = globs("pipe", "other") }.result.verdict == .clean)
    // Where nothing at all was read, nothing was scanned.
    #expect(scan(["run"]) { $0.accepted = globs("pipe") }.result.verdict == .invalid)
  }

  @Test func `what was not wholly searched is a gap behind its findings`() {
    tree.file("hard", "LEAK")
    let (lines, result) = scan()
    #expect(lines == ["hard@0", "hard: match limit reached in rule 'x'"])
    #expect(!result.ledger.isComplete)
  }

  @Test func `progress counts artifacts and bytes`() {
    tree.file("x", "12345")
    tree.file("y", "678")
    let progress = ScanProgress()
    _ = ScanRun(ScanRequest([tree.name]), progress: progress).collect()
    #expect(progress.artifacts == 2)
    #expect(progress.bytes == 8)
    #expect(progress.current != nil)
  }

  private func globs(_ patterns: String...) -> [Glob] { patterns.compactMap { try? Glob($0) } }
}
