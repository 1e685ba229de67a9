/// Nouns that may be written as one with the words before or behind them, the longest first.
struct FusingNouns {
  private let nouns: [(word: NameWord, isWeak: Bool)]
  /// For each byte the nouns that start with it, a bit for each, and those that end with it.
  private var starting: [Indices]
  private var ending: [Indices]

  init(_ nouns: [(word: NameWord, value: KeyLexicon.Noun)]) {
    self.nouns = nouns.map { ($0.word, $0.value.isWeak) }.sorted { ($0.word.count, $0.word) > ($1.word.count, $1.word) }
    starting = Array(repeating: Indices(), count: 256)
    ending = starting
    for (index, noun) in self.nouns.enumerated() {
      starting[Int(noun.word.first)].insert(index)
      ending[Int(noun.word.last)].insert(index)
    }
  }

  subscript(index: Int) -> (word: NameWord, isWeak: Bool) { nouns[index] }

  /// The nouns a word that is not empty may start or end with, by their first and last bytes.
  func candidates(in word: ArraySlice<UInt8>) -> Indices {
    starting[Int(word[word.startIndex].lowercased)].union(ending[Int(word[word.endIndex - 1].lowercased)])
  }

  /// Indices below 128, in ascending order.
  struct Indices: Sequence, IteratorProtocol {
    private var low: UInt64 = 0
    private var high: UInt64 = 0

    mutating func insert(_ index: Int) {
      precondition(index < 128, "more nouns than there are bits for")
      if index < 64 { low |= 1 << UInt64(index) } else { high |= 1 << UInt64(index - 64) }
    }

    func union(_ other: Indices) -> Indices {
      var union = self
      union.low |= other.low
      union.high |= other.high
      return union
    }

    mutating func next() -> Int? {
      if low != 0 {
        defer { low &= low - 1 }
        return low.trailingZeroBitCount
      }
      guard high != 0 else { return nil }
      defer { high &= high - 1 }
      return 64 + high.trailingZeroBitCount
    }
  }
}
