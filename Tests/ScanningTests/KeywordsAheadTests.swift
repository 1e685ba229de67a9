import ByteText
import TestSupport
import Testing

@testable import Scanning

/// Keywords found ahead are those found in one search, whoever finds them.
@Suite struct KeywordsAheadTests {
  @Test(arguments: 0..<30) func `hits of all parts are those of the whole`(_ seed: Int) {
    var random = SeededRandom(seed: 9000 + UInt64(seed))
    let words = ["token", "key", "secret", "pass", "ghp_"]
    let keywords = words.map { Keyword(Array($0.utf8)) }
    let text = (0..<8000).flatMap { _ in
      Array((random.oneIn(9) ? random.pick(words) : random.pick(["xy", "\n", " t"])).utf8)
    }
    let bytes = text + [UInt8](repeating: 0, count: KeywordAutomaton.padding)
    let automaton = KeywordAutomaton(keywords)
    let ends = (0..<Int.random(in: 1...12, using: &random)).map { _ in Int.random(in: 1..<text.count, using: &random) }
    let bounds = [0] + Set(ends).sorted() + [text.count]
    let parts = zip(bounds, bounds.dropFirst()).map { $0..<$1 }
    let ahead = KeywordsAhead()
    // With and without somebody beside, who comes early or late.
    let side = SideThread()
    let isServed = seed % 3 != 0
    ahead.open()
    var whole: [KeywordHit] = []
    var pieced: [[KeywordHit]] = []
    // SAFETY: the padding stands behind the text, and the bytes stay where they are within the closure.
    unsafe bytes.withUnsafeBytes { bytes in
      let text = unsafe UnsafeRawBufferPointer(rebasing: bytes[..<text.count])
      unsafe automaton.search(text, starts: 0..<text.count, into: &whole)
      side.run {
        if isServed { ahead.serve() }
      } beside: {
        unsafe ahead.begin(automaton, text, parts: parts)
        pieced = parts.map { _ in ahead.next() }
        ahead.close()
      }
    }
    #expect(pieced.flatMap(\.self) == whole && whole.count > 500)
    for (part, hits) in zip(parts, pieced) { #expect(hits.allSatisfy { part.contains($0.position) }) }
  }

  @Test func `whoever serves goes on where no parts come`() {
    let ahead = KeywordsAhead()
    let side = SideThread()
    ahead.open()
    side.run {
      ahead.serve()
    } beside: {
      ahead.close()
    }
    ahead.serve()
  }
}
