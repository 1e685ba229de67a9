import Detection
import Findings
import Synchronization
import TestSupport
import Testing

@testable import Scanning

/// What the searchers of these tests tell each other.
private enum Held {
  static let isWaitedFor = Atomic(false)
  static let isGivenBack = Atomic(false)
  static let tellsDrops = Atomic(false)
}

/// Of an artifact `wants` it waits for what the searcher of `holds` keeps until it has told of everything.
private final class HoldingSearcher: Searcher {
  private var artifact = ""
  private var count = 0
  var assistant: Assistant?
  private(set) var failures: [String] = []

  func begin(_ artifact: ArtifactName) { self.artifact = artifact.text }

  func read<E: Error>(_ source: (UnsafeMutableRawBufferPointer) throws(E) -> Int) throws(E) -> Int {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1, alignment: 1)
    // SAFETY: allocated above, freed once, written to by the source alone.
    defer { unsafe buffer.deallocate() }
    let read = try unsafe source(buffer)
    if artifact.hasSuffix("holds") { count = read * 1000 } else { wait() }
    return read
  }

  private func wait() {
    Held.isWaitedFor.store(true, ordering: .relaxed)
    let start = ContinuousClock.now
    while !Held.isGivenBack.load(ordering: .relaxed) {
      guard start.duration(to: .now) < .seconds(10) else { return failures = ["it waited for ever"] }
    }
  }

  func finish() { if artifact.hasSuffix("holds") { Held.isGivenBack.store(true, ordering: .relaxed) } }

  func takeFindings() -> [Finding] {
    if Held.tellsDrops.load(ordering: .relaxed) { return [] }
    defer { count = 0 }
    return (0..<count).map { Finding(marker: $0, in: ArtifactName(artifact)) }
  }

  func takeDrops() -> [DroppedMatch] {
    guard Held.tellsDrops.load(ordering: .relaxed) else { return [] }
    defer { count = 0 }
    return (0..<count).map { index in
      DroppedMatch(
        rule: "marker", artifact: ArtifactName(artifact),
        location: Location(start: index, end: index, line: 1, column: 1, endLine: 1, endColumn: 1), reason: "seen")
    }
  }

  func takeDropped() -> [String: Int] { [:] }
  var holdsUpOthers: Bool { artifact.hasSuffix("holds") }
  static var isWaitedFor: Bool { Held.isWaitedFor.load(ordering: .relaxed) }
}

@Suite(.serialized) struct HoldingTests {
  @Test(arguments: [false, true]) func `who holds what the front waits for tells on, whatever it tells`(
    _ tellsDrops: Bool
  ) {
    Held.isWaitedFor.store(false, ordering: .relaxed)
    Held.isGivenBack.store(false, ordering: .relaxed)
    Held.tellsDrops.store(tellsDrops, ordering: .relaxed)
    let tree = TemporaryTree()
    tree.file("a wants", ".")
    tree.file("b holds", "....")
    let run = ScanRun(request: ScanRequest([tree.name], jobs: 2), progress: nil, cancellation: ScanCancellation()) {
      HoldingSearcher()
    }
    var told = 0
    let result = run.run { event in
      switch event {
      case .finding, .dropped: told += 1
      case .gap, .note: break
      }
    }
    #expect(told == 4000 && result.ledger.gaps.isEmpty, "\(result.ledger.gaps)")
  }
}
