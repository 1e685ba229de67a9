import PCRE2
import Testing

/// The interpreter and the machine code agree, and either may be used at any time.
@Suite struct MachineCodeTests {
  private static func atom(_ numbers: inout Numbers, depth: Int) -> String {
    let simple = [
      "a", "b", ".", "[ab]", "[^a]", "\\w", "\\s", "\\x00", "\\xff", "[\\x80-\\xff]", "\\b", "(?<=a)", "(?<!b)",
      "(?=a)", "(?!ab)", "^", "$", "(?m:^)", "(?m:$)", "(?i:B)",
    ]
    guard depth > 0, Int.random(in: 0..<3, using: &numbers) == 0 else { return numbers.pick(simple) }
    let inner = pattern(&numbers, depth: depth - 1)
    return numbers.pick(["(\(inner))", "(?:\(inner))", "(?>\(inner))", "(\(inner)|a)", "(?:\(inner)|(b))"])
  }

  private static func pattern(_ numbers: inout Numbers, depth: Int) -> String {
    var text = ""
    for _ in 0..<Int.random(in: 1...4, using: &numbers) {
      let atom = atom(&numbers, depth: depth)
      let isAssertion = atom.hasPrefix("(?<") || atom.hasPrefix("(?=") || atom.hasPrefix("(?!")
      let isPlace = ["^", "$", "\\b", "(?m:^)", "(?m:$)"].contains(atom)
      text += atom
      if !isAssertion && !isPlace { text += numbers.pick(["", "", "?", "*", "+", "{2}", "{1,3}?", "{0,2}+", "*?"]) }
    }
    return text
  }

  private static func text(_ numbers: inout Numbers) -> [UInt8] {
    let bytes: [UInt8] = [0x61, 0x61, 0x62, 0x42, 0x0A, 0x20, 0, 0x80, 0xFF]
    return (0..<Int.random(in: 0...24, using: &numbers)).map { _ in numbers.pick(bytes) }
  }

  private static func search(_ numbers: inout Numbers, in text: [UInt8]) -> Search {
    let start = Int.random(in: 0...text.count, using: &numbers)
    return Search(start: start, edges: numbers.pick([[], .notBeginning, .notEnd, [.notBeginning, .notEnd]]))
  }

  @Test(arguments: 0..<20) func `interpreter and machine code find the same`(_ seed: Int) throws {
    var numbers = Numbers(state: UInt64(seed))
    let scratch = MatchScratch()
    for _ in 0..<40 {
      let source = Self.pattern(&numbers, depth: 2)
      guard let patterns = try? bothWays(source) else { continue }
      for _ in 0..<12 {
        let text = Self.text(&numbers)
        let search = Self.search(&numbers, in: text)
        let found = patterns.map { scratch.find($0, in: text, search) }
        #expect(found[0] == found[1], "\(source) \(text) \(search)")
      }
    }
  }

  @Test(arguments: 0..<10)
  func `a limited or anchored search finds what an unlimited one finds there`(_ seed: Int) throws {
    var numbers = Numbers(state: 500 + UInt64(seed))
    let scratch = MatchScratch()
    for _ in 0..<40 {
      let source = Self.pattern(&numbers, depth: 2)
      guard let plain = try? Pattern(source) else { continue }
      let limited = try bothWays(source, options: .limitsOffset)
      let anchored = try bothWays(source, options: .anchored)
      for _ in 0..<12 {
        let text = Self.text(&numbers)
        var search = Self.search(&numbers, in: text)
        let whole = scratch.find(plain, in: text, search)
        let first = whole.whole?.lowerBound ?? Int.max
        let expected = first == search.start ? whole : .nothing
        for pattern in anchored { #expect(scratch.find(pattern, in: text, search) == expected, "\(source) \(text)") }
        let last = Int.random(in: search.start...text.count, using: &numbers)
        search.last = last
        for pattern in limited {
          let found = scratch.find(pattern, in: text, search)
          #expect(found == (first <= last ? whole : .nothing), "\(source) \(text) \(search)")
        }
      }
    }
  }

  @Test func `machine code is made once, where it can be made`() throws {
    let pattern = try Pattern("a+b")
    #expect(!pattern.isOptimized)
    pattern.optimize()
    pattern.optimize()
    #expect(pattern.isOptimized == Library.hasJIT)
  }

  @Test func `many threads share a pattern while it becomes machine code`() async throws {
    let text = Array("xx aab ab b aaab".utf8)
    for _ in 0..<30 {
      let pattern = try Pattern("(a+)(b)(?=\\s|$)", options: .limitsOffset)
      let isRight = await withTaskGroup(of: Bool.self) { group in
        for worker in 0..<8 {
          group.addTask {
            let scratch = MatchScratch()
            for round in 0..<200 {
              if round == worker * 20 { pattern.optimize() }
              guard scratch.find(pattern, in: text).groups == [3..<6, 3..<5, 5..<6],
                scratch.find(pattern, in: text, Search(start: 7)).groups == [7..<9, 7..<8, 8..<9],
                scratch.find(pattern, in: text, Search(start: 9, last: 11)) == .nothing
              else { return false }
            }
            return true
          }
        }
        return await group.reduce(true) { $0 && $1 }
      }
      #expect(isRight)
    }
  }
}
