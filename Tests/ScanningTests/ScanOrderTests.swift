import Findings
import Glibc
import Synchronization
import TestSupport
import Testing

@testable import Scanning

struct ScanOrderTests {
  private let tree = TemporaryTree()

  /// A tree of many small files, some with findings, and a few that hold many.
  private func grow() {
    var random = SystemRandomNumberGenerator()
    for index in 0..<400 {
      let markers = index % 50 == 0 ? 3000 : Int.random(in: 0...2, using: &random)
      let filler = String(repeating: ".", count: Int.random(in: 0...300, using: &random))
      tree.file("\(index % 7)/\(index % 13)/\(index)", filler + String(repeating: "LEAK", count: markers))
    }
    for index in 0..<5 { tree.fifo("\(index)/pipe") }
  }

  @Test func `the same events in the same order whatever the number of workers`() {
    grow()
    let expected = ScanRun(ScanRequest([tree.name], jobs: 1)).collect()
    #expect(expected.events.count > 20_000)
    #expect(expected.result.ledger.artifacts == 400)
    for jobs in 2...8 {
      let other = ScanRun(ScanRequest([tree.name], jobs: jobs), window: 100 * jobs + 1).collect()
      #expect(other.events == expected.events)
      #expect(other.result == expected.result)
    }
  }

  @Test func `no more is kept than the bound while the front is held up`() {
    // The first artifact is slow, all others are full of findings.
    tree.file("0", String(repeating: ".", count: 2000))
    for index in 1...20 { tree.file("\(index + 100)", String(repeating: "LEAK", count: 1000)) }
    let first = tree.full("0")
    let told = Atomic(0)
    let kept = Atomic(-1)
    let run = ScanRun(ScanRequest([tree.name], jobs: 4), window: 400) { name, offset in
      if name.text == first {
        usleep(20_000)
        kept.store(told.load(ordering: .relaxed), ordering: .relaxed)
      } else {
        told.add(100, ordering: .relaxed)
      }
    }
    var delivered = 0
    let result = run.run { (_: ScanEvent) in delivered += 1 }
    #expect(result.findings == 20_000)
    #expect(delivered == 20_000)
    // What three waiting workers have in hand comes on top.
    let most = kept.load(ordering: .relaxed)
    #expect(most > 0 && most <= MessageOrder.capacity + 3 * 200)
  }

  @Test func `who holds what the front waits for does not wait for the front`() {
    let order = MessageOrder(workers: 2)
    let messages = Array(repeating: Message.unread(ArtifactName("a")), count: MessageOrder.capacity)
    order.tell(messages, about: 1)
    let isNeeded = Atomic(false)
    let looks = Atomic(0)
    var threads = WorkerThreads(1) {
      usleep(20_000)
      isNeeded.store(true, ordering: .relaxed)
    }
    // Nothing is received meanwhile, so nothing else ends the wait.
    order.tell(messages, about: 1) {
      looks.add(1, ordering: .relaxed)
      return isNeeded.load(ordering: .relaxed)
    }
    threads.join()
    #expect(looks.load(ordering: .relaxed) > 1)
  }

  private struct ReportFailed: Error, Equatable {}

  private func deliverUntilFailure(_ run: ScanRun<MarkerSearcher>, after count: Int) -> ReportFailed? {
    var delivered = 0
    do throws(ReportFailed) {
      _ = try run.run { (_: ScanEvent) throws(ReportFailed) in
        delivered += 1
        if delivered > count { throw ReportFailed() }
      }
      return nil
    } catch {
      return error
    }
  }

  // X01
  @Test func `a report that cannot be written ends the scan with its error (X01)`() {
    grow()
    for count in [0, 1, 5000] {
      for jobs in [1, 4] {
        let run = ScanRun(ScanRequest([tree.name], jobs: jobs))
        #expect(deliverUntilFailure(run, after: count) == ReportFailed())
      }
    }
  }

  // X02
  @Test(arguments: [1, 2, 8]) func `a cancelled scan is incomplete, with one gap for all that is left (X02)`(
    _ jobs: Int
  ) {
    for index in 0..<200 { tree.file("\(index)", "LEAK") }
    let cancellation = ScanCancellation()
    let seen = Atomic(0)
    let run = ScanRun(ScanRequest([tree.name], jobs: jobs), cancellation: cancellation) { _, _ in
      if seen.add(1, ordering: .relaxed).newValue == 20 { cancellation.request() }
    }
    let (events, result) = run.collect()
    #expect(result.wasCancelled)
    #expect(result.findings >= 20 && result.findings < 200)
    #expect(result.ledger.gaps.map(\.reason) == ["not read: cancelled, and so is what comes after it"])
    #expect(events.count == result.findings + 1)
    #expect(result.verdict == .leaking)
  }

  // X02
  @Test func `a scan cancelled before it starts reads nothing (X02)`() {
    tree.file("x", "LEAK")
    let cancellation = ScanCancellation()
    cancellation.request()
    let (events, result) = ScanRun(ScanRequest([tree.name]), cancellation: cancellation).collect()
    #expect(events.count == 1)
    #expect(result.ledger.bytes == 0)
    #expect(result.verdict == .incomplete)
  }

  // R07
  @Test func `many findings in one file pass through piece by piece (C13)`() {
    tree.file("many", String(repeating: "LEAK", count: 200_000))
    var last = -1
    let result = ScanRun(ScanRequest([tree.name])).run { (event: ScanEvent) in
      guard case .finding(let finding) = event else { return }
      #expect(finding.location.start > last)
      last = finding.location.start
    }
    #expect(result.findings == 200_000)
  }
}

@Suite struct ScanResultTests {
  @Test func `the verdict is the worst of what holds`() {
    var result = ScanResult()
    #expect(result.verdict == .clean)
    result.wasCancelled = true
    #expect(result.verdict == .incomplete)
    result.findings = 1
    #expect(result.verdict == .leaking && result.coverage == .incomplete)
    result.wasCancelled = false
    #expect(result.verdict == .leaking && result.coverage == .clean)
    result.problems = ["bad path"]
    #expect(result.verdict == .invalid && result.coverage == .invalid)
    var gap = ScanResult()
    gap.ledger.gaps = [CoverageLedger.Gap(artifact: ArtifactName("x"), reason: "y")]
    #expect(gap.verdict == .incomplete)
    gap.ledger.gaps[0].isAccepted = true
    #expect(gap.verdict == .clean)
  }
}
