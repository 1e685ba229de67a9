import Findings
import TestSupport
import Testing

@testable import Artifacts

struct CommitLogTests {
  private static func id(_ number: Int, isLong: Bool = false) -> ObjectID {
    let digits = String(number, radix: 16)
    let zeros = String(repeating: "0", count: (isLong ? 64 : 40) - digits.count)
    guard let id = ObjectID(hex: Array((zeros + digits).utf8)) else { preconditionFailure("no id") }
    return id
  }

  private static func entry(_ random: inout SeededRandom) -> GitEntry {
    let id = id(Int.random(in: 1...999, using: &random), isLong: random.oneIn(2))
    let side = GitChange.Side(id: id, mode: random.pick([.file, .link, .submodule, .tree]))
    let name = ArtifactName("p\(Int.random(in: 0...20, using: &random))")
    return GitEntry(path: name, side: side, isNew: random.oneIn(2))
  }

  private func entered(_ commits: [[GitEntry]]) -> CommitLog {
    var log = CommitLog()
    for (number, changes) in commits.enumerated() {
      log.begin(Self.id(number))
      for change in changes { log.add(change) }
      log.end()
    }
    return log
  }

  private func entries(of commit: Int, in log: CommitLog) -> [GitEntry]? {
    guard let range = log.entries(of: Self.id(commit)) else { return nil }
    var entries: [GitEntry] = []
    var place = range.lowerBound
    while place < range.upperBound { entries.append(log.entry(at: &place)) }
    return entries
  }

  @Test func `what is entered is read again, here and from the bytes`() {
    var random = SeededRandom(seed: 5)
    let commits = (0..<60).map { _ in (0..<Int.random(in: 0...9, using: &random)).map { _ in Self.entry(&random) } }
    let log = entered(commits)
    var cursor = ByteCursor(log.bytes)
    let again = CommitLog(&cursor)
    for (number, changes) in commits.enumerated() {
      #expect(self.entries(of: number, in: log) == changes)
      #expect(again.flatMap { self.entries(of: number, in: $0) } == changes)
    }
    #expect(log.hasNew && again?.hasNew == false)
    #expect(self.entries(of: 60, in: log) == nil)
  }

  @Test func `a commit that brings nothing is known, and a record taken back leaves nothing`() {
    var random = SeededRandom(seed: 6)
    var log = CommitLog()
    log.begin(Self.id(1))
    log.end()
    #expect(entries(of: 1, in: log) == [])
    let before = log.bytes
    log.begin(Self.id(2))
    for _ in 0..<5 { log.add(Self.entry(&random)) }
    log.giveUp()
    log.begin(Self.id(3))
    log.add(Self.entry(&random))
    log.end()
    #expect(log.bytes == before)
    #expect(log.entries(of: Self.id(2)) == nil && log.entries(of: Self.id(3)) == nil)
  }

  @Test func `bytes cut off anywhere are no log, or one of fewer commits`() {
    var random = SeededRandom(seed: 7)
    let commits = (0..<5).map { _ in (0..<3).map { _ in Self.entry(&random) } }
    let bytes = entered(commits).bytes
    for count in 0..<bytes.count {
      var cursor = ByteCursor(Array(bytes[..<count]))
      guard let log = CommitLog(&cursor) else { continue }
      for (number, changes) in commits.enumerated() {
        #expect(self.entries(of: number, in: log).map { $0 == changes } ?? true, "\(count)")
      }
    }
  }

  @Test func `a file with any byte changed is not believed`() throws {
    let tree = TemporaryTree()
    let file = RememberedFile(path: Array(tree.full("f").utf8), mark: "LGTESTED")
    file.write([1, 2, 3])
    guard case .body(var cursor) = file.read(limit: 100) else {
      Issue.record("not read")
      return
    }
    #expect(cursor.number(3) == 0x010203 && cursor.isAtEnd)
    let content = try Descriptor.open(path: file.path, for: .reading).contents(limit: 100)
    #expect(content.count == 19)
    for place in content.indices {
      var other = content
      other[place] ^= 1
      tree.file(bytes: Array("f".utf8), other)
      if case .unusable = file.read(limit: 100) { continue }
      Issue.record("byte \(place)")
    }
    if case .unusable = file.read(limit: 18) {} else { Issue.record("too long") }
  }

  @Test func `what was dropped in clean blobs is counted again`() {
    let tree = TemporaryTree()
    let path = Array(tree.full("f").utf8)
    let blobs = CleanBlobs(path: path)
    let judgements = (0..<9).map {
      CleanBlobs.Judgement(size: $0, dropped: $0 % 3 == 0 ? [:] : ["filler": $0 % 3, "type name": 7])
    }
    for (number, judgement) in judgements.enumerated() { blobs.enter(Self.object(number), judgement) }
    blobs.save()
    let again = CleanBlobs(path: path)
    #expect(again.complaint == nil)
    for (number, judgement) in judgements.enumerated() {
      #expect(again.judgement(of: Self.object(number)) == judgement)
    }
    #expect(again.judgement(of: Self.object(9)) == nil)
    #expect(again.judgement(of: Self.object(1, named: "a.swift")) == nil)
  }

  private static func object(_ number: Int, named name: String = "a.yaml") -> GitObject {
    GitObject(id: id(number), name: ArtifactName(name))
  }
}
