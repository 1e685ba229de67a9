import Findings
import Testing

/// The exit table: law 2 of docs/architecture.md.
@Suite struct VerdictTests {
  @Test func `clean is the only verdict that exits 0`() {
    #expect(Verdict.allCases.filter { $0.status == 0 } == [.clean])
    #expect(Verdict.allCases.map(\.status).sorted() == [0, 1, 2, 3, 4])
    #expect(Verdict.leaking.status == 1 && Verdict.invalid.status == 2)
    #expect(Verdict.incomplete.status == 3 && Verdict.fault.status == 4)
  }

  @Test func `where several hold the worst stands, in any order`() {
    let order: [Verdict] = [.fault, .invalid, .leaking, .incomplete, .clean]
    for subset in 0..<(1 << order.count) {
      let held = order.indices.filter { subset & 1 << $0 != 0 }.map { order[$0] }
      #expect(Verdict.worst(held) == held.first ?? .clean)
      #expect(Verdict.worst(held.reversed() + held) == held.first ?? .clean)
    }
  }

  @Test func `an account is complete only when every gap was accepted by name`() {
    let name = ArtifactName("a")
    var ledger = CoverageLedger()
    #expect(ledger.isComplete)
    ledger.gaps = [CoverageLedger.Gap(artifact: name, reason: "unreadable", isAccepted: true)]
    #expect(ledger.isComplete)
    ledger.merge(CoverageLedger())
    #expect(ledger.isComplete)
    var other = CoverageLedger()
    other.gaps = [CoverageLedger.Gap(artifact: name, reason: "cut off")]
    ledger.merge(other)
    #expect(!ledger.isComplete && ledger.gaps.count == 2)
  }

  @Test func `merging accounts loses nothing`() {
    var left = CoverageLedger()
    (left.artifacts, left.bytes, left.excluded) = (2, 30, ["*.png": 1, "b": 2])
    var right = CoverageLedger()
    (right.artifacts, right.bytes, right.excluded) = (5, 70, ["b": 3, "c": 4])
    right.notes = [CoverageLedger.Note(artifact: ArtifactName("l"), text: "a link")]
    left.merge(right)
    #expect(left.artifacts == 7 && left.bytes == 100 && left.excluded == ["*.png": 1, "b": 5, "c": 4])
    #expect(left.notes == right.notes)
  }

  @Test func `words for confidence and severity are read as they are written`() {
    for confidence in Confidence.allCases { #expect(Confidence(name: confidence.name) == confidence) }
    for severity in Severity.allCases { #expect(Severity(name: severity.name) == severity) }
    #expect(Confidence(name: "High") == nil && Severity(name: "") == nil)
    #expect(Confidence.allCases == Confidence.allCases.sorted() && Severity.allCases == Severity.allCases.sorted())
  }
}
