import PCRE2
import Testing

/// A search that gives up has not found nothing (J08).
@Suite struct MatchLimitTests {
  /// Many ways to take the same letters, none of which ends as it should.
  private static let costly = "^(?:[a-z]|[a-z][a-z]){2,60}[!?]"
  private static let letters = Array(String(repeating: "a", count: 60).utf8)

  private func isFailure(_ found: Found) -> Bool {
    if case .failed(let code) = found.outcome { return code < -1 }
    return false
  }

  @Test func `J08: a match limit that is hit is a failure, not no match`() throws {
    let scratch = MatchScratch(matchLimit: 10_000)
    for pattern in try bothWays(Self.costly) {
      let found = scratch.find(pattern, in: Self.letters)
      #expect(found == Found(outcome: .failed(code: -47)))
      #expect(isFailure(found))
    }
  }

  @Test func `J08: the limit every worker has ends a search that would not end`() throws {
    let scratch = MatchScratch()
    for pattern in try bothWays(Self.costly) { #expect(isFailure(scratch.find(pattern, in: Self.letters))) }
  }

  @Test func `J08: running out of depth, heap or stack is a failure`() throws {
    let scratch = MatchScratch(matchLimit: 4_000_000_000)
    let text = [UInt8](repeating: 0x61, count: 400_000)
    for pattern in try bothWays("(?:a|b)*[!?]") { #expect(isFailure(scratch.find(pattern, in: text))) }
  }

  @Test func `a search after one that failed is as good as any`() throws {
    let scratch = MatchScratch(matchLimit: 10_000)
    for costly in try bothWays(Self.costly) {
      for pattern in try bothWays("a(b)?") {
        #expect(isFailure(scratch.find(costly, in: Self.letters)))
        #expect(scratch.find(pattern, in: "xab").groups == [1..<3, 2..<3])
        #expect(scratch.find(pattern, in: "xyz") == .nothing)
      }
    }
  }

  @Test func `a search within its limit finds, or finds nothing`() throws {
    let scratch = MatchScratch(matchLimit: 10_000)
    for pattern in try bothWays(Self.costly) {
      #expect(scratch.find(pattern, in: "abc!").whole == 0..<4)
      #expect(scratch.find(pattern, in: "abc;") == .nothing)
    }
  }
}
