import Detection
import Findings
import Rules
import Testing
import TestSupport

/// Whatever bytes an artifact is made of, and however they touch, what is in it is found.
@Suite struct ContentTests {
  private static func engine() throws -> Engine { try Engine(testing: [Rule("(?<secret>zk_[0-9A-Za-z]{24})")]) }
  private static func token(_ random: inout SeededRandom) -> String { "zk_" + random.value(Letters.alphanumeric, 24) }

  /// Tokens between bytes, each at a known place.
  private static func text(
    _ random: inout SeededRandom, tokens: Int, between: (inout SeededRandom) -> [UInt8]
  ) -> (bytes: [UInt8], places: [Range<Int>]) {
    var bytes: [UInt8] = []
    var places: [Range<Int>] = []
    for _ in 0..<tokens {
      bytes += between(&random)
      let token = token(&random)
      places.append(bytes.count..<(bytes.count + token.utf8.count))
      bytes += Array(token.utf8)
    }
    return (bytes + between(&random), places)
  }

  @Test(arguments: 0..<8) func `C01: a token between any bytes is found`(_ seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    let engine = try Self.engine()
    let (bytes, places) = Self.text(&random, tokens: 30) { random in
      (0..<Int.random(in: 0...300, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
    }
    for size in [37, 1 << 20] { #expect(engine.findings(in: bytes, chunkSize: size).map(\.range) == places) }
  }

  @Test func `C02: a NUL byte hides nothing before or behind it`() throws {
    var random = SeededRandom(seed: 20)
    let engine = try Self.engine()
    for between in [[0], [0, 0, 0], Array("some\0text ".utf8), Array("\0key\0=\0".utf8)] as [[UInt8]] {
      let (bytes, places) = Self.text(&random, tokens: 5) { _ in between }
      #expect(engine.findings(in: bytes).map(\.range) == places)
    }
  }

  @Test func `C04: text that is no UTF-8 hides nothing`() throws {
    var random = SeededRandom(seed: 21)
    let engine = try Self.engine()
    let pieces: [[UInt8]] = [
      [0xC3], [0xE2, 0x82], [0xF0, 0x9F, 0x98], [0xFF], [0xC0, 0xAF], [0xE0, 0x80, 0xAF], [0xED, 0xA0, 0x80],
      [0xA0, 0xE9],
      [0xF4, 0x90, 0x80, 0x80], [0xEF, 0xBB, 0xBF], Array("é日😀".utf8), [0x1B, 0x5B, 0x33, 0x31, 0x6D],
    ]
    for _ in 0..<30 {
      let (bytes, places) = Self.text(&random, tokens: 6) { random in random.pick(pieces) + random.pick(pieces) }
      #expect(engine.findings(in: bytes).map(\.range) == places)
    }
  }

  @Test(arguments: ["\n", "\r", "\r\n", "\u{85}", "\n\r", "\r\r\n", "\u{0B}", "\u{2028}"])
  func `C05: lines and columns are right whatever ends a line`(_ lineEnd: String) throws {
    var random = SeededRandom(seed: 22)
    let engine = try Self.engine()
    let ends = lineEnd == "\r\n" ? 1 : lineEnd.utf8.filter { $0 == 0x0A || $0 == 0x0D }.count
    let perEnd = lineEnd == "\r\r\n" ? 2 : ends
    for hasFinalEnd in [true, false] {
      var text = ""
      var expected: [[Int]] = []
      for line in 0..<60 {
        let before = random.pick(["", "k = ", "é: ", "\t"])
        let column = perEnd > 0 ? before.utf8.count + 1 : text.utf8.count + before.utf8.count + 1
        expected.append([1 + line * perEnd, column])
        text += before + Self.token(&random) + (line < 59 || hasFinalEnd ? lineEnd : "")
      }
      for size in [1, 28, 29, 30, 1000] {
        let found = engine.findings(in: text, chunkSize: size)
        #expect(found.map { [$0.location.line, $0.location.column] } == expected, "chunk size \(size)")
        #expect(found.allSatisfy { $0.location.endLine == $0.location.line })
        #expect(found.allSatisfy { $0.location.endColumn == $0.location.column + 27 })
      }
    }
  }

  @Test func `C12: a token over any chunk border is found`() throws {
    var random = SeededRandom(seed: 23)
    let engine = try Self.engine()
    for padding in 0..<60 {
      let token = Self.token(&random)
      // More than the window holds, so that borders move through the tokens.
      let filling = String(repeating: "-", count: 400)
      let text = filling + String(repeating: "-", count: padding) + token + "-" + token + filling
      for size in [1, 13, 27, 61] {
        let places = [(400 + padding)..<(427 + padding), (428 + padding)..<(455 + padding)]
        #expect(
          engine.findings(in: text, chunkSize: size).map(\.range) == places, "padding \(padding), chunk size \(size)")
      }
    }
  }

  @Test func `C12: forty thousand tokens in one line of JSON are all found, in time`() throws {
    var random = SeededRandom(seed: 24)
    let engine = try Self.engine()
    var line = Array("{\"values\": [".utf8)
    for index in 0..<40_000 {
      line += Array("{\"number\": \(index), \"t\": \"zk_".utf8)
      for _ in 0..<3 {
        let word = random.next()
        for shift in 0..<8 { line.append(Letters.alphanumeric[Int(word >> (8 * UInt64(shift)) & 0xFF) % 62]) }
      }
      line += Array("\"},".utf8)
    }
    line += Array("null]}".utf8)
    #expect(line.count > 1_900_000)
    let detector = Detector(engine: engine)
    detector.begin(ArtifactName("line.json"))
    let start = ContinuousClock.now
    detector.feed(line)
    detector.finish()
    let found = detector.takeFindings()
    #expect(found.count == 40_000)
    #expect(found.allSatisfy { $0.location.line == 1 && $0.location.column == $0.location.start + 1 })
    #expect(ContinuousClock.now - start < .seconds(60), "a search that is not linear takes far longer")
  }

  @Test func `C13: as many findings as there are bytes for are counted, and taken as they come`() throws {
    #if DEBUG
      let count = 20_000
    #else
      let count = 1_000_000
    #endif
    let detector = Detector(engine: try Engine(testing: [Rule("zk_[0-9]")]), chunkSize: 64 << 10)
    let block = Array(repeating: Array("zk_7\n".utf8), count: 1000).flatMap { $0 }
    detector.begin(ArtifactName("many"))
    var total = 0
    var most = 0
    var last = -1
    for _ in 0..<(count / 1000) {
      detector.feed(block)
      let found = detector.takeFindings()
      total += found.count
      most = max(most, found.count)
      for finding in found {
        if finding.location.start <= last { Issue.record("out of order at \(last)") }
        last = finding.location.start
      }
    }
    detector.finish()
    let rest = detector.takeFindings()
    #expect(total + rest.count == count)
    #expect(rest.last?.location.line == count && rest.last?.location.end == count * 5 - 1)
    #expect(most < count, "findings are told while they come")
  }

  @Test func `C14: a token that touches other text is found where it is whole`() throws {
    let engine = try Engine(pack: .default, options: EngineOptions(policy: .code))
    let token = "gh{{=p_}}{{alnum:30}}{{crc32:6}}"
    let places = [
      ("x", ""), ("", "_"), ("https://", "@host/o/r"), ("https://host/?a=1&t=", "&b=2"), ("`", "`"), ("<b>", "</b>"),
      ("\\n", "\\n"), ("\\t", "\\u0022"), ("'", "',"), ("token:", ";"), ("a-", "-b"), ("%3D", "%26"), ("(", ")"),
      ("\u{E9}", "\u{E9}"),
      ("0", "."), ("__", "__"), ("=", "="), ("\u{1B}[31m", "\u{1B}[0m"),
    ]
    for (index, (before, after)) in places.enumerated() {
      let expansion = try Template(parsing: "\(before){{<}}\(token){{>}}\(after)").expand(seed: UInt64(index))
      let found = engine.findings(in: expansion.bytes).filter { $0.rule == "github-personal-access-token" }
      #expect(found.map(\.range) == [expansion.marks[""]], "between \(before) and \(after)")
    }
  }
}
