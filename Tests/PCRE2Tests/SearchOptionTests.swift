import PCRE2
import Testing

/// Anchored patterns, offset limits, edges and groups; the same by the interpreter and as machine code.
@Suite struct SearchOptionTests {
  private let scratch = MatchScratch()

  @Test func `an anchored pattern matches only where the search starts`() throws {
    for pattern in try bothWays("ab", options: .anchored) {
      #expect(scratch.find(pattern, in: "abab").whole == 0..<2)
      #expect(scratch.find(pattern, in: "abab", Search(start: 1)) == .nothing)
      #expect(scratch.find(pattern, in: "abab", Search(start: 2)).whole == 2..<4)
      #expect(scratch.find(pattern, in: "xxabab") == .nothing)
    }
  }

  @Test func `an anchored pattern sees what stands before its start`() throws {
    for pattern in try bothWays("(?<=x)ab\\b", options: .anchored) {
      #expect(scratch.find(pattern, in: "xab", Search(start: 1)).whole == 1..<3)
      #expect(scratch.find(pattern, in: "yab", Search(start: 1)) == .nothing)
    }
  }

  @Test func `a match starts at the offset limit at the latest`() throws {
    for pattern in try bothWays("b+", options: .limitsOffset) {
      #expect(scratch.find(pattern, in: "aabbb", Search(last: 1)) == .nothing)
      #expect(scratch.find(pattern, in: "aabbb", Search(last: 2)).whole == 2..<5)
      #expect(scratch.find(pattern, in: "aabbb", Search(start: 4, last: 4)).whole == 4..<5)
      #expect(scratch.find(pattern, in: "aabbb").whole == 2..<5)
    }
  }

  @Test func `an offset limit lasts for one search`() throws {
    let scratch = MatchScratch()
    for pattern in try bothWays("b", options: .limitsOffset) {
      #expect(scratch.find(pattern, in: "aab", Search(last: 0)) == .nothing)
      #expect(scratch.find(pattern, in: "aab").whole == 2..<3)
    }
  }

  @Test func `the edges of a window are not those of the artifact`() throws {
    for pattern in try bothWays("^a") {
      #expect(scratch.find(pattern, in: "a").whole == 0..<1)
      #expect(scratch.find(pattern, in: "a", Search(edges: .notBeginning)) == .nothing)
    }
    for pattern in try bothWays("(?m)^a") {
      #expect(scratch.find(pattern, in: "a\na", Search(edges: .notBeginning)).whole == 2..<3)
    }
    for pattern in try bothWays("a$") {
      #expect(scratch.find(pattern, in: "a").whole == 0..<1)
      #expect(scratch.find(pattern, in: "a\n").whole == 0..<1)
      #expect(scratch.find(pattern, in: "a", Search(edges: .notEnd)) == .nothing)
      #expect(scratch.find(pattern, in: "a\n", Search(edges: .notEnd)) == .nothing)
    }
    for pattern in try bothWays("(?m)a$") {
      #expect(scratch.find(pattern, in: "a\nb", Search(edges: .notEnd)).whole == 0..<1)
      #expect(scratch.find(pattern, in: "b\na", Search(edges: .notEnd)) == .nothing)
      #expect(scratch.find(pattern, in: "b\na", Search(edges: [.notBeginning])).whole == 2..<3)
    }
  }

  @Test func `a group that took no part has no range`() throws {
    for pattern in try bothWays("(a)|(b)(c)?|(?<n>)d") {
      #expect(scratch.find(pattern, in: "a").groups == [0..<1, 0..<1, nil, nil, nil])
      #expect(scratch.find(pattern, in: "xb").groups == [1..<2, nil, 1..<2, nil, nil])
      #expect(scratch.find(pattern, in: "bc").groups == [0..<2, nil, 0..<1, 1..<2, nil])
      #expect(scratch.find(pattern, in: "d").groups == [0..<1, nil, nil, nil, 0..<0])
    }
  }

  @Test func `groups beyond the greatest number match, but tell no range`() throws {
    let text = String(repeating: "(a)", count: 40)
    for pattern in try bothWays(text) {
      let found = scratch.find(pattern, in: String(repeating: "a", count: 40))
      #expect(found.outcome == .matched)
      #expect(found.groups.count == 41)
      for (number, range) in found.groups.enumerated().dropFirst() {
        #expect(range == (number <= MatchScratch.greatestGroup ? (number - 1)..<number : nil))
      }
    }
  }

  @Test func `a group in a lookaround tells where it stands`() throws {
    for pattern in try bothWays("(?<=(a))b(?=(c+))") {
      #expect(scratch.find(pattern, in: "abccd").groups == [1..<2, 0..<1, 2..<4])
    }
  }
}
