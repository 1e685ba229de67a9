/// How far letters are words, by the tables of common words and pairs of letters.
struct Wording {
  /// Number of letters in the value.
  private(set) var letters = 0
  /// Share of the letters that common words cover, 0 to 1.
  private(set) var coverage = 0.0
  /// Mean surprise of a letter behind another one, in bits; ordinary words stay near 4, random letters near 7.
  private(set) var surprise = 4.0
  /// The value's words as it is written: at separators, digits and changes of case.
  private(set) var words: [String] = []

  /// - Complexity: linear in the length of the value.
  init(_ value: [UInt8]) {
    words = KeyName.plainWords(value)
    var covered = 0
    var bits = 0
    var pairs = 0
    for run in value.split(whereSeparator: { !$0.isLetter }) {
      let run = run.map(\.lowercased)
      letters += run.count
      covered += Self.covered(run)
      for (one, other) in zip(run, run.dropFirst()) {
        bits += Int(CommonWords.pairs[Int(one - 0x61) * 26 + Int(other - 0x61)])
        pairs += 1
      }
    }
    if letters > 0 { coverage = Double(covered) / Double(letters) }
    if pairs > 0 { surprise = Double(bits) / 8 / Double(pairs) }
  }

  /// Most letters of a run that words which do not overlap can cover.
  private static func covered(_ run: [UInt8]) -> Int {
    var best = [Int](repeating: 0, count: run.count + 1)
    for end in run.indices.map({ $0 + 1 }) {
      best[end] = best[end - 1]
      var word: UInt64 = 0
      for length in 1...longest where length <= end {
        word |= UInt64(run[end - length] - 0x60) << UInt64(5 * (length - 1))
        if length >= 3, common.contains(word) { best[end] = max(best[end], best[end - length] + length) }
      }
    }
    return best[run.count]
  }

  private static let longest = 12

  /// Common words, five bits a letter, the last letter lowest.
  private static let common: Set<UInt64> = {
    var words: Set<UInt64> = []
    var word: UInt64 = 0
    // SAFETY: the buffer is read within the closure only.
    CommonWords.text.withUTF8Buffer { text in
      for index in text.indices {
        let byte = unsafe text[index]
        if byte.isLower {
          word = word << 5 | UInt64(byte - 0x60)
        } else if word != 0 {
          words.insert(word)
          word = 0
        }
      }
    }
    if word != 0 { words.insert(word) }
    return words
  }()

  /// Whether a word is a common one.
  static func isCommon(_ word: String) -> Bool {
    let bytes = Array(word.utf8)
    guard (3...longest).contains(bytes.count), bytes.allSatisfy(\.isLower) else { return false }
    return covered(bytes) == bytes.count
  }
}
