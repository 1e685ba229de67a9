@testable import Detection
import Testing
import TestSupport

/// Words of names are told apart as strings of lower-case bytes are.
@Suite struct NameWordTests {
  @Test func `words are equal where their bytes are, in either case`() {
    var random = SeededRandom(seed: 31)
    for _ in 0..<20_000 {
      let one = Self.word(&random)
      let other = random.oneIn(3) ? one.map { random.oneIn(2) ? $0.lowercased : $0 } : Self.word(&random)
      let areEqual = one.map(\.lowercased) == other.map(\.lowercased)
      guard max(one.count, other.count) <= NameWord.greatestCount else { continue }
      #expect((NameWord(one) == NameWord(other)) == areEqual, "\(one) \(other)")
      #expect(
        (NameWord(one) < NameWord(other)) == one.map(\.lowercased).lexicographicallyPrecedes(other.map(\.lowercased)))
    }
  }

  @Test func `a word starts and ends a text where its bytes do`() {
    var random = SeededRandom(seed: 32)
    for _ in 0..<20_000 {
      let word = Self.word(&random, most: 3)
      let text = Self.word(&random, most: 20)[...]
      #expect(NameWord(word).starts(text) == text.map(\.lowercased).starts(with: word.map(\.lowercased)))
      #expect(
        NameWord(word).ends(text) == text.reversed().map(\.lowercased).starts(with: word.reversed().map(\.lowercased)))
    }
  }

  @Test func `first and last bytes and their number are told, and what is too long is no other word`() {
    #expect(NameWord("Token").first == UInt8(ascii: "t") && NameWord("TOKEN").last == UInt8(ascii: "n"))
    #expect(NameWord("authentication").last == UInt8(ascii: "n") && NameWord("authentication").count == 14)
    #expect(NameWord("2048").isNumber && !NameWord("v2").isNumber)
    let long = String(repeating: "a", count: NameWord.greatestCount)
    #expect(NameWord((long + "a").utf8) != NameWord(long.utf8) && NameWord((long + "a").utf8).count > long.utf8.count)
  }

  @Test(arguments: 0..<20) func `a table has what a dictionary has`(_ seed: Int) {
    var random = SeededRandom(seed: 3300 + UInt64(seed))
    let entries = (0..<[0, 1, 3, 40, 900][seed % 5]).map { (word: NameWord(Self.word(&random, most: 4)), value: $0) }
    let table = NameTable(entries)
    let dictionary = Dictionary(entries.map { ($0.word, $0.value) }) { $1 }
    #expect(Dictionary(uniqueKeysWithValues: table.entries.map { ($0.word, $0.value) }) == dictionary)
    for _ in 0..<500 {
      let word = NameWord(Self.word(&random, most: 4))
      #expect(table[word] == dictionary[word] && table.contains(word) == (dictionary[word] != nil))
    }
    #expect(!table.contains(NameWord([])) && table[NameWord([])] == nil)
  }

  @Test func `the lexicon has no word that is too long`() {
    let sets: [NameWords] = [
      KeyLexicon.harmlessOfAll, KeyLexicon.doubtfulStarts, KeyLexicon.harmlessEnds, KeyLexicon.neutralEnds,
      KeyLexicon.qualifiers, KeyLexicon.wholeWords, KeyLexicon.harmlessOfKeys, KeyLexicon.harmlessOfTokens,
      KeyLexicon.harmlessOfPass, KeyLexicon.harmlessOfPasswords, ValueShape.placeholderWords,
    ]
    let lists = [KeyLexicon.nouns.entries.map(\.word)] + sets.map { $0.entries.map(\.word) }
    #expect(lists.reduce(0) { $0 + $1.count } > 500)
    for word in lists.joined() { #expect(word.count <= NameWord.greatestCount && word.count > 0, "\(word)") }
  }

  private static func word(_ random: inout SeededRandom, most: Int = 17) -> [UInt8] {
    (0..<Int.random(in: 1...most, using: &random)).map { _ in random.pick(Array("abABz9".utf8)) }
  }
}
