/// The common words, for a look at every place of a run of letters.
///
/// A word is a number of five bits a letter, the last letter lowest (`a` is 1), so that a word grows by letters before it.
struct CommonWordTable {
  /// Letters of the longest word.
  static let longest = 12
  /// The words of `CommonWords`.
  static let common = CommonWordTable(CommonWords.text)

  /// Words at the slot of their hash or behind it, 0 where there is none; a quarter full at most.
  private var slots: [UInt64]
  /// A bit for each three letters some word ends with: most places of a run need no further look.
  private var endings = [UInt64](repeating: 0, count: (1 << 15) / 64)

  /// - Parameter text: words of at least three lower-case letters of ASCII.
  /// - Complexity: linear in the length of the text.
  init(_ text: StaticString) {
    var words: [UInt64] = []
    var word: UInt64 = 0
    // SAFETY: the buffer is read within the closure only.
    text.withUTF8Buffer { text in
      for index in text.indices {
        let byte = unsafe text[index]
        if byte.isLower {
          word = word << 5 | UInt64(byte - 0x60)
        } else if word != 0 {
          words.append(word)
          word = 0
        }
      }
    }
    if word != 0 { words.append(word) }
    var size = 64
    while size < 4 * words.count { size *= 2 }
    slots = Array(repeating: 0, count: size)
    for word in words { insert(word) }
  }

  private mutating func insert(_ word: UInt64) {
    var slot = slot(of: word)
    while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = word
    let ending = Int(word & 0x7FFF)
    endings[ending / 64] |= 1 << UInt64(ending % 64)
  }

  private func slot(of word: UInt64) -> Int {
    Int((word &* 0x9E37_79B9_7F4A_7C15) >> 32) & (slots.count - 1)
  }

  /// Whether some word ends with three letters.
  func ends(_ letters: UInt64) -> Bool { endings[Int(letters / 64)] & 1 << (letters % 64) != 0 }

  /// Whether this is a word.
  func contains(_ word: UInt64) -> Bool {
    var slot = slot(of: word)
    while slots[slot] != 0 {
      if slots[slot] == word { return true }
      slot = (slot + 1) & (slots.count - 1)
    }
    return false
  }
}
