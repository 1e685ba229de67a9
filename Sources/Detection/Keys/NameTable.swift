/// What belongs to words of names, each told by its bits: a key word is met every thousand bytes, and the hashing of a `Dictionary`, which
/// holds out against whoever chooses the keys, takes most of the time it takes to judge a name.
struct NameTable<Value> {
  /// A power of two of them, at least twice as many as words; the word without bytes where there is none.
  private var words: [NameWord]
  private var values: [Value?]
  private let shift: UInt64

  /// - Complexity: linear in the number of words; of two that are the same the last counts.
  init(_ entries: [(word: NameWord, value: Value)]) {
    var bits: UInt64 = 2
    while 1 << bits < entries.count * 2 { bits += 1 }
    shift = 64 - bits
    words = Array(repeating: NameWord([]), count: 1 << Int(bits))
    values = Array(repeating: nil, count: words.count)
    for (word, value) in entries {
      let slot = slot(of: word)
      words[slot] = word
      values[slot] = value
    }
  }

  /// What belongs to a word, `nil` where that is unknown.
  subscript(word: NameWord) -> Value? { values[slot(of: word)] }

  /// Whether a word is known.
  func contains(_ word: NameWord) -> Bool {
    let known = words[slot(of: word)]
    return known == word && known.count > 0
  }

  /// All words with what belongs to them.
  var entries: [(word: NameWord, value: Value)] {
    zip(words, values).compactMap { word, value in value.map { (word, $0) } }
  }

  /// Where a word stands, or would.
  private func slot(of word: NameWord) -> Int {
    var slot = Int(truncatingIfNeeded: word.mix >> shift)
    while words[slot] != word, words[slot].count > 0 { slot = (slot + 1) & (words.count - 1) }
    return slot
  }
}

/// Words alone.
typealias NameWords = NameTable<Void>

extension NameTable: ExpressibleByArrayLiteral where Value == Void {
  init(_ words: some Sequence<NameWord>) { self.init(words.map { ($0, ()) }) }

  init(arrayLiteral words: NameWord...) { self.init(words) }

  func union(_ other: NameWords) -> NameWords { NameWords(entries + other.entries) }
}

// Words are constants of the lexicon, and so is what belongs to them.
extension NameTable: Sendable where Value: Sendable {}
