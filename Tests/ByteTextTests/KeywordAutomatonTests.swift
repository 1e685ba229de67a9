import TestSupport
import Testing

@testable import ByteText

/// The automaton finds what looking for every keyword at every place finds.
@Suite struct KeywordAutomatonTests {
  @Test(arguments: 0..<60) func `hits are those of the naive search`(_ seed: Int) {
    var generator = KeywordGenerator(seed: UInt64(seed))
    let keywords = generator.keywords([1, 2, 5, 20, 60][seed % 5])
    let automaton = KeywordAutomaton(keywords)
    let naive = NaiveSearch(keywords)
    for _ in 0..<6 {
      let text = generator.text(Int.random(in: 0...600, using: &generator.random), of: keywords)
      #expect(automaton.hits(in: text) == naive.hits(in: text, starts: 0..<text.count), "\(keywords) \(text)")
    }
  }

  @Test func `the first short texts, and only those, are searched without tables`() {
    let automaton = KeywordAutomaton([Keyword(Array("token".utf8))])
    let texts = (0..<100).map { _ in automaton.grams(toSearch: 16 * 1024) == nil }
    #expect(texts.first == true && texts.last == false)
    #expect(KeywordAutomaton([Keyword(Array("token".utf8))]).grams(toSearch: 16 * 1024 + 1) != nil)
  }

  @Test(arguments: 0..<20) func `hits of a range are those that start in it`(_ seed: Int) {
    var generator = KeywordGenerator(seed: 100 + UInt64(seed))
    let keywords = generator.keywords(12)
    let automaton = KeywordAutomaton(keywords)
    let text = generator.text(70, of: keywords)
    let all = NaiveSearch(keywords).hits(in: text, starts: 0..<text.count)
    for start in stride(from: 0, through: text.count, by: seed % 2 + 1) {
      for end in stride(from: start, through: text.count, by: 3) {
        let expected = all.filter { $0.position >= start && $0.position < end }
        #expect(automaton.hits(in: text, starts: start..<end) == expected, "\(start)..<\(end) \(keywords) \(text)")
      }
    }
  }

  @Test(arguments: 0..<12) func `ranges side by side find everything once`(_ seed: Int) {
    var generator = KeywordGenerator(seed: 200 + UInt64(seed))
    let keywords = generator.keywords(30)
    let automaton = KeywordAutomaton(keywords)
    let text = generator.text(2000, of: keywords)
    var pieced: [NaiveSearch.Hit] = []
    var start = 0
    while start < text.count {
      let end = min(text.count, start + Int.random(in: 1...300, using: &generator.random))
      pieced += automaton.hits(in: text, starts: start..<end)
      start = end
    }
    #expect(pieced == automaton.hits(in: text))
  }

  @Test(arguments: 0..<6) func `text longer than a block is searched to its end, in order`(_ seed: Int) {
    var generator = KeywordGenerator(seed: 300 + UInt64(seed))
    let keywords = generator.keywords(40)
    let text = generator.text(50_000, of: keywords)
    let found = KeywordAutomaton(keywords).hits(in: text)
    #expect(found == NaiveSearch(keywords).hits(in: text, starts: 0..<text.count))
    #expect(found == found.sorted() && Set(found).count == found.count)
  }

  @Test func `a keyword of any length is found at any place around the border of a block`() {
    let block = 16 * 1024
    for length in 3...40 {
      let word = (0..<length).map { UInt8(0x61 + $0 % 26) }
      let automaton = KeywordAutomaton([Keyword(word)])
      for place in (block - length - 2)...(block + 2) {
        var text = [UInt8](repeating: 0x2E, count: 2 * block)
        text.replaceSubrange(place..<(place + length), with: word)
        let found = automaton.hits(in: text, starts: (place & 1)..<text.count)
        #expect(found.map(\.position) == [place], "length \(length)")
      }
    }
  }

  @Test func `a keyword the end cuts is none, though the padding holds its rest`() {
    for length in 3...40 {
      let word = (0..<length).map { UInt8(0x41 + $0 % 26) }
      for isExact in [false, true] {
        let automaton = KeywordAutomaton([Keyword(word, isExact: isExact)])
        for cut in 0...min(length, KeywordAutomaton.padding) {
          let text = Array("..".utf8) + word.dropLast(cut)
          let found = automaton.hits(in: text, padding: Array(word.suffix(cut)))
          #expect(found.map(\.position) == (cut == 0 ? [2] : []), "length \(length), \(cut) bytes behind the end")
        }
      }
    }
  }

  @Test func `the whole of a short text, and nothing, can be searched`() {
    let automaton = KeywordAutomaton([Keyword(Array("key".utf8)), Keyword(Array("keyring".utf8), isExact: true)])
    #expect(automaton.hits(in: []) == [])
    #expect(automaton.hits(in: Array("ke".utf8), padding: Array("yring".utf8)) == [])
    #expect(automaton.hits(in: Array("KEY".utf8)).map(\.keyword) == [0])
    #expect(automaton.hits(in: Array("keyring".utf8)).map(\.keyword) == [0, 1])
    #expect(automaton.hits(in: Array("keyring".utf8), starts: 1..<7) == [])
    #expect(KeywordAutomaton([]).hits(in: Array("keyring".utf8)) == [])
  }

  @Test func `only letters match in either case, and only where the keyword is not exact`() {
    for byte in UInt8.min...UInt8.max {
      let word: [UInt8] = [0x7A, byte, 0x7A]
      let isLetter = (0x61...0x7A).contains(byte | 0x20) && byte < 0x80
      let automaton = KeywordAutomaton([Keyword(word), Keyword(word, isExact: true)])
      for other in UInt8.min...UInt8.max {
        let found = automaton.hits(in: [0x7A, other, 0x7A]).map(\.keyword)
        let isFolded = isLetter && other | 0x20 == byte | 0x20
        #expect(found == (other == byte ? [0, 1] : isFolded ? [0] : []), "\(byte) \(other)")
      }
    }
  }

  @Test func `repeats are found at every place they stand`() {
    let keywords = (3...40).map { Keyword([UInt8](repeating: 0x61, count: $0)) }
    let text = Array("b".utf8) + [UInt8](repeating: 0x41, count: 50) + Array("b".utf8)
    let found = KeywordAutomaton(keywords).hits(in: text)
    #expect(found == NaiveSearch(keywords).hits(in: text, starts: 0..<text.count))
    #expect(found.count == (3...40).reduce(0) { $0 + 51 - $1 })
  }

  @Test func `a keyword given twice is found twice`() {
    let word = Keyword(Array("token".utf8))
    #expect(KeywordAutomaton([word, word]).hits(in: Array("a Token".utf8)).map(\.keyword) == [0, 1])
  }

  @Test func `three thousand keywords are told apart`() {
    var generator = KeywordGenerator(seed: 4)
    let letters = Array("abcdefghijklmnopqrstuvwxyz0123456789_-".utf8)
    let keywords = (0..<3000).map { index in
      let length = Int.random(in: 4...16, using: &generator.random)
      return Keyword((0..<length).map { _ in generator.random.pick(letters) }, isExact: index % 2 == 0)
    }
    var text = generator.text(20_000, of: keywords)
    for keyword in keywords { text += keyword.bytes + [generator.random.pick(letters)] }
    let found = KeywordAutomaton(keywords).hits(in: text)
    #expect(found == NaiveSearch(keywords).hits(in: text, starts: 0..<text.count))
    #expect(Set(found.map(\.keyword)).count == 3000)
  }

  @Test func `keywords are found in text as it is written`() {
    let words = ["ghp_", "AKIA", "api_key", "-----BEGIN", "xoxb-", "sk-ant-", "password", "eyJ", "://", "SG."]
    let keywords = words.map { Keyword(Array($0.utf8), isExact: $0.contains("-")) }
    let lines = [
      "export API_KEY=\"none\"", "{\"Password\": null, \"url\": \"https://u@host/\"}", "// ghp_ and GHP_ are prefixes",
      "-----BEGIN CERTIFICATE-----", "xoxb-XOXB-", "sk-ant-sk-Ant-", "AKIAAKIAakia", "msg.SG.sg.", "\u{E9}eyJ\u{E9}",
    ]
    let text = Array(lines.joined(separator: "\r\n").utf8)
    #expect(KeywordAutomaton(keywords).hits(in: text) == NaiveSearch(keywords).hits(in: text, starts: 0..<text.count))
  }
}
