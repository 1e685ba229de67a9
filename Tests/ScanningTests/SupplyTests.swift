import Artifacts
import Findings
import Synchronization
import TestSupport
import Testing

@testable import Scanning

struct SupplyTests {
  /// Workers race for a few thousand pieces, among them some that are waited for and some that are walked ahead.
  @Test(arguments: 1...20) func `whoever is told that there is no more is told so by the last piece`(_ round: Int) {
    let tree = TemporaryTree()
    for number in 0..<300 { tree.file("\(number)", "") }
    let single = (0..<(1000 * round / 4)).map { ScanInput.bytes(ArtifactName("\($0)"), []) }
    let inputs = single + [.path(tree.name)] + single
    let supply = Supply(ScanRequest(inputs: inputs), inputDescriptor: 0)
    let hasEnded = Atomic(false)
    let taken = Atomic(0)
    let late = Atomic(0)
    var threads = WorkerThreads(4) {
      while true {
        let wasEnded = hasEnded.load(ordering: .sequentiallyConsistent)
        guard supply.next() != nil else { break }
        taken.add(1, ordering: .relaxed)
        if wasEnded { late.add(1, ordering: .relaxed) }
      }
      hasEnded.store(true, ordering: .sequentiallyConsistent)
    }
    threads.join()
    #expect(taken.load(ordering: .relaxed) == 2 * single.count + 300)
    #expect(late.load(ordering: .relaxed) == 0, "a worker left while others were given work")
  }
}
