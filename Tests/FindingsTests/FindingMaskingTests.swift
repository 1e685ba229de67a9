import Findings
import Testing

struct FindingMaskingTests {
  private func masked(_ text: String, _ places: [Range<Int>]) -> String {
    let findings = places.map { place in
      Finding(
        rule: "r", summary: "", artifact: ArtifactName("a"),
        location: Location(
          start: place.lowerBound, end: place.upperBound, line: 1, column: 1, endLine: 1, endColumn: 1),
        confidence: .high, severity: .high, fingerprint: nil, redacted: "*", excerpt: Excerpt())
    }
    return String(decoding: findings.masked(Array(text.utf8)), as: UTF8.self)
  }

  @Test func `what lies in no finding is shown`() {
    #expect(masked("0123456789", []) == "0123456789")
    #expect(masked("0123456789", [2..<4, 7..<8]) == "01*456*89")
    #expect(masked("0123456789", [7..<8, 2..<4, 4..<5]) == "01**56*89")
    #expect(masked("0123456789", [0..<10]) == "*" && masked("01", [1..<9]) == "0*")
  }

  @Test func `of findings one in another, or one over another, nothing is shown`() {
    #expect(masked("0123456789", [1..<8, 3..<5]) == "0*89")
    #expect(masked("0123456789", [3..<5, 1..<8, 4..<9]) == "0*9")
    #expect(masked("0123456789", [1..<3, 1..<8]) == "0*89" && masked("0123456789", [1..<8, 1..<3]) == "0*89")
  }
}
