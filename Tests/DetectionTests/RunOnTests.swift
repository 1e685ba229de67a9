import Detection
import Findings
import Rules
import Testing
import TestSupport

/// A secret that reaches its pattern's bound is covered to its end, a PEM block to its END line.
@Suite struct RunOnTests {
  private static let begin = "-----BEGIN " + "PRIVATE KEY-----"
  private static let end = "-----END " + "PRIVATE KEY-----"

  private static func engine(bound: Int) throws -> Engine {
    try Engine(testing: [
      Rule("(?<secret>\(begin)[0-9A-Za-z+/=\\n]{16,\(bound)}(?:\(end))?)", id: "pem"), Rule("zk_[0-9]{6}", id: "token"),
    ])
  }

  private static func body(_ random: inout SeededRandom, lines: Int) -> String {
    "\n" + (0..<lines).map { _ in random.value(Letters.base64, 64) + "\n" }.joined()
  }

  private static let sizes = [1, 3, 64, 65, 100, 4096, 1 << 20]

  @Test func `a PEM block beyond the bound ends with its END line, in every cut`() throws {
    var random = SeededRandom(seed: 1)
    let engine = try Self.engine(bound: 300)
    for lines in [1, 2, 4, 5, 8, 40] {
      let block = Self.begin + Self.body(&random, lines: lines) + Self.end
      let text = "key: |\n\(block)\nzk_123456 rest"
      for size in Self.sizes {
        let found = engine.findings(in: text, chunkSize: size)
        #expect(found.map(\.range) == [7..<(7 + block.utf8.count), (8 + block.utf8.count)..<(17 + block.utf8.count)])
        #expect(
          found.first?.location.endLine == 3 + lines && found.first?.location.endColumn == Self.end.utf8.count + 1)
      }
    }
  }

  @Test func `an END line is found wherever a chunk border cuts it`() throws {
    var random = SeededRandom(seed: 2)
    let engine = try Self.engine(bound: 64)
    let block = Self.begin + Self.body(&random, lines: 3) + Self.end
    for padding in 0..<90 {
      let filling = String(repeating: ".", count: 500)
      let text = filling + String(repeating: ".", count: padding) + block + filling
      let found = engine.findings(in: text, chunkSize: 83)
      #expect(found.map(\.range) == [(500 + padding)..<(500 + padding + block.utf8.count)], "padding \(padding)")
    }
  }

  @Test func `a block without an END line ends where its alphabet ends`() throws {
    var random = SeededRandom(seed: 3)
    let engine = try Self.engine(bound: 100)
    let block = Self.begin + Self.body(&random, lines: 12)
    for tail in ["", "# zk_123456", "-----BEGIN CERTIFICATE-----", "-----EN", "-----END without dashes"] {
      for size in Self.sizes {
        let found = engine.findings(in: block + tail, chunkSize: size)
        #expect(found.first?.range == 0..<block.utf8.count, "\(tail) \(size)")
      }
    }
  }

  @Test func `blocks in a row are found one by one`() throws {
    var random = SeededRandom(seed: 4)
    let engine = try Self.engine(bound: 80)
    var text = ""
    var expected: [Range<Int>] = []
    for _ in 0..<8 {
      let block = Self.begin + Self.body(&random, lines: Int.random(in: 1...9, using: &random)) + Self.end
      expected.append(text.utf8.count..<(text.utf8.count + block.utf8.count))
      text += block + random.pick(["", "\n", "\r\n", " and "])
    }
    for size in Self.sizes { #expect(engine.findings(in: text, chunkSize: size).map(\.range) == expected, "\(size)") }
  }

  @Test func `a secret far longer than the window is one finding`() throws {
    let engine = try Engine(testing: [Rule("key=(?<secret>[a-f]{8,32})")])
    let text = "x key=" + String(repeating: "abcdef", count: 50_000) + "\nkey=abcdefab"
    for size in [100, 4096, 1 << 20] {
      let found = engine.findings(in: text, chunkSize: size)
      #expect(found.map(\.range) == [6..<300_006, 300_011..<300_019], "\(size)")
      #expect(found.map(\.location.line) == [1, 2])
    }
  }

  @Test(arguments: 0..<8) func `what runs on is what the naive oracle runs on to, in every cut`(_ seed: Int) throws {
    var random = SeededRandom(seed: 300 + UInt64(seed))
    let patterns = [
      "key=(?<secret>[ab]{2,5})", "(?<secret>abk[a-k]{1,4})", "kab(?<secret>[0-9]{3,6}={0,2})", "bb(?<secret>a{2,4}?)",
    ]
    let rules = try patterns.enumerated().map { try Rule(testing: $1, id: "rule-\($0)") }
    let engine = try Engine(testing: rules)
    let oracle = try NaiveOracle(rules)
    for _ in 0..<10 {
      var text: [UInt8] = []
      for _ in 0..<80 {
        let run = String(repeating: random.pick(["a", "b", "1", "ab"]), count: Int.random(in: 1...30, using: &random))
        text += Array(random.pick(["key=", "abk", "kab", " ", "bb", "==", run, run]).utf8)
      }
      let expected = oracle.sightings(in: text)
      for size in [1, 5, 40, 1 << 20] {
        let found = engine.findings(in: text, chunkSize: size).map(NaiveOracle.Sighting.init)
        #expect(found == expected, "\(String(decoding: text, as: UTF8.self)), chunk size \(size)")
      }
    }
  }

  @Test func `C05: lines are right behind a secret that runs on over CRLF line ends`() throws {
    let engine = try Engine(testing: [Rule("BEGIN(?<secret>[A-Z\\r\\n]{4,16})"), Rule("token", id: "token")])
    let text = "BEGIN" + String(repeating: "ABCDEFGHIJ\r\n", count: 60) + "! token" + String(repeating: ".", count: 500)
    let whole = engine.findings(in: text)
    for size in 1...60 { #expect(engine.findings(in: text, chunkSize: size) == whole, "chunk size \(size)") }
  }

  @Test func `a secret that runs on is revealed the same in every cut`() throws {
    let engine = try Engine(testing: [Rule("key:(?<secret>[a-f]{4,16})")], reveals: true)
    let text = "key:" + String(repeating: "abcdef", count: 100) + "!" + String(repeating: ".", count: 500)
    let whole = engine.findings(in: text)
    for size in [1, 10, 100, 300] { #expect(engine.findings(in: text, chunkSize: size) == whole, "chunk size \(size)") }
  }

  @Test func `a secret in a lookahead is judged by its value`() throws {
    let engine = try Engine(testing: [Rule("xyz(?=(?<secret>[a-z0-9]{20}))") { $0.entropy = 2 }])
    #expect(engine.findings(in: "xyz0k3j5h2g8f1d9s4a7p6q").map(\.range) == [3..<23])
  }
}
