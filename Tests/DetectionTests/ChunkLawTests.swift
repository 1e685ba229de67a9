import Detection
import Findings
import Rules
import Testing
import TestSupport

/// The chunk law: however an artifact is cut, the findings are those of one piece.
@Suite struct ChunkLawTests {
  @Test(arguments: 0..<30) func `findings do not depend on how the bytes arrive`(_ seed: Int) throws {
    var generator = PatternGenerator(seed: 1000 + UInt64(seed))
    var rules: [Rule] = []
    while rules.count < 8 {
      guard let rule = try? Rule(testing: generator.pattern(), id: "rule-\(rules.count)") else { continue }
      rules.append(rule)
    }
    let engine = try Engine(pack: RulePack(testing: rules), options: EngineOptions(policy: .artifact))
    let text = generator.text(3000)
    let whole = Detector(engine: engine).findings(in: text)
    for size in [1, 2, 3, 7, 64, 511] {
      let detector = Detector(engine: engine, chunkSize: size)
      let cuts = (0..<200).map { _ in Int.random(in: 1...(size * 3), using: &generator.random) }
      #expect(detector.findings(in: text, cutAt: cuts) == whole, "chunk size \(size), patterns \(rules.map(\.pattern))")
    }
  }

  @Test func `every chunk size from one byte on finds the same`() throws {
    let token = "zk" + "_" + String(repeating: "a1B2", count: 8)
    let pack = try RulePack(patterns: [
      "(?<secret>zk_[0-9A-Za-z]{32})", "(?m)^key=(?<secret>[a-z]{4,9})$", "\\bword\\b",
    ])
    let engine = try Engine(pack: pack, options: EngineOptions(policy: .artifact))
    // Longer than what matches reach, so that the window fills and the text is really cut.
    let filler = String(repeating: "lorem ipsum\n", count: 60)
    let text = Array("\(filler)a \(token)\r\nkey=lettuce\nwordword word\n\(filler)key=kale".utf8)
    let whole = Detector(engine: engine).findings(in: text)
    #expect(whole.map(\.rule) == ["rule-0", "rule-1", "rule-2", "rule-1"])
    for size in Array(1...80) + [text.count, text.count + 1] {
      #expect(
        Detector(engine: engine, chunkSize: size).findings(in: text, cutAt: [size]) == whole, "chunk size \(size)")
    }
  }

  @Test func `a secret beyond its pattern's bound is covered to where its alphabet ends`() throws {
    let pack = try RulePack(patterns: ["key:(?<secret>[a-f]{4,16})"])
    let engine = try Engine(pack: pack, options: EngineOptions(policy: .artifact))
    let long = String(repeating: "abcdef", count: 2000)
    let text = Array("key:\(long)! key:abcd".utf8)
    let expected = [4..<(4 + long.utf8.count), (text.count - 4)..<text.count]
    for size in [1, 100, 4096, 1 << 20] {
      let found = Detector(engine: engine, chunkSize: size).findings(in: text, cutAt: [size])
      #expect(found.map { $0.location.start..<$0.location.end } == expected, "chunk size \(size)")
    }
  }

  @Test func `lines and columns are right in every cut`() throws {
    let engine = try Engine(pack: try RulePack(patterns: ["token"]), options: EngineOptions(policy: .artifact))
    var generator = PatternGenerator(seed: 99)
    var text: [UInt8] = []
    for _ in 0..<400 {
      text += generator.random.pick(["token", "\n", "\r\n", "\r", "x", "\n\n", "\u{85}", "   "]).utf8
    }
    var expected: [[Int]] = []
    var line = 1
    var column = 1
    for index in text.indices {
      if text[index...].starts(with: Array("token".utf8)) { expected.append([line, column]) }
      let isEnd = text[index] == 0x0A || text[index] == 0x0D && (index + 1 == text.count || text[index + 1] != 0x0A)
      line += isEnd ? 1 : 0
      column = isEnd ? 1 : column + 1
    }
    for size in [1, 3, 50, 1 << 16] {
      let found = Detector(engine: engine, chunkSize: size).findings(in: text, cutAt: [size])
      #expect(found.map { [$0.location.line, $0.location.column] } == expected, "chunk size \(size)")
    }
  }
}
