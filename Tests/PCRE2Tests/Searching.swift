import PCRE2

/// How a search ended, and what each group took.
struct Found: Equatable {
  var outcome: MatchScratch.Outcome
  var groups: [Range<Int>?] = []

  /// The whole match.
  var whole: Range<Int>? { groups.first ?? nil }

  static let nothing = Found(outcome: .none)
}

/// One search: where it starts, how far a match may start, which ends are none.
struct Search {
  var start = 0
  var last: Int?
  var edges: MatchScratch.Edges = []
}

extension MatchScratch {
  /// Searches bytes held in an array.
  func find(_ pattern: Pattern, in text: [UInt8], _ search: Search = Search()) -> Found {
    // SAFETY: the buffer is used within the search only.
    let outcome = unsafe text.withUnsafeBufferPointer { buffer in
      unsafe self.search(pattern, in: buffer, from: search.start, startingUpTo: search.last, edges: search.edges)
    }
    guard outcome == .matched else { return Found(outcome: outcome) }
    return Found(outcome: outcome, groups: (0...pattern.captureCount).map { range(of: $0) })
  }

  func find(_ pattern: Pattern, in text: String, _ search: Search = Search()) -> Found {
    find(pattern, in: Array(text.utf8), search)
  }
}

/// The pattern twice: run by the interpreter, and as machine code where this machine allows it.
func bothWays(_ text: String, options: Pattern.Options = []) throws -> [Pattern] {
  let optimized = try Pattern(text, options: options)
  optimized.optimize()
  return [try Pattern(text, options: options), optimized]
}

/// SplitMix64: the same numbers for the same seed.
struct Numbers: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }

  mutating func pick<T>(_ elements: [T]) -> T { elements[Int.random(in: 0..<elements.count, using: &self)] }
}
