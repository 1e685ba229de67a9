import Detection
import Findings
import Harness
import Rules
import TestSupport
import Testing

struct RedactorTests {
  private static let engine = Result { try Engine(pack: try .default, options: EngineOptions(policy: .artifact)) }

  private func passed(_ bytes: [UInt8], cutAt lengths: [Int] = [], chunkSize: Int = 1 << 16) throws -> [UInt8] {
    Redactor.output(of: bytes, cutAt: lengths, engine: try Self.engine.get(), chunkSize: chunkSize)
  }

  /// Text in which the examples of many rules stand, with what is between them.
  private func stream(seed: UInt64, examples count: Int) throws -> (bytes: [UInt8], secrets: [[UInt8]]) {
    var random = SeededRandom(seed: seed)
    let pack = try RulePack.default
    var bytes: [UInt8] = []
    var secrets: [[UInt8]] = []
    let fillers = [
      "\n", " ", "log line without anything in it\n", "{\"a\": \"", "\"}\n", "x=", "\t", "aws ", "token ", "",
    ]
    while secrets.count < count {
      let details = pack.details(at: Int.random(in: 0..<pack.rules.count, using: &random))
      guard let template = details.examples.first else { continue }
      let text = MarkedText(try Template(parsing: template).expand(seed: random.next()))
      bytes += Array(random.pick(fillers).utf8)
      bytes += text.bytes
      bytes += Array(random.pick(fillers).utf8)
      secrets += text.ranges.map { Array(text.bytes[$0]) }
    }
    return (bytes, secrets)
  }

  @Test(arguments: 1...6) func `any cutting gives the same output, and no secret comes through`(_ seed: Int) throws {
    let (bytes, secrets) = try stream(seed: UInt64(seed), examples: 12)
    let whole = try passed(bytes)
    let scan = Detector(engine: try Self.engine.get()).findings(in: bytes)
    #expect(!scan.isEmpty)
    for finding in scan {
      let secret = Array(bytes[finding.location.start..<finding.location.end])
      #expect(secret.count < 8 || whole.firstRange(of: secret) == nil, "\(finding.rule)")
    }
    #expect(secrets.count >= 12)
    var random = SeededRandom(seed: UInt64(seed) + 100)
    for most in [1, 40, 700] {
      var lengths: [Int] = []
      while lengths.reduce(0, +) < bytes.count { lengths.append(Int.random(in: 1...most, using: &random)) }
      // Rules are weighed at every cut, which takes long in a debug build; what is left arrives in one piece.
      lengths.insert(Int.random(in: 0..<bytes.count, using: &random), at: 0)
      let output = try passed(bytes, cutAt: Array(lengths.prefix(60)), chunkSize: random.pick([1, 64, 4096]))
      #expect(output == whole, "cut at most every \(most)")
    }
  }

  @Test func `every cut of one token in two gives the same output`() throws {
    for template in ["gsk_{{alnum:52}}", "ghp_{{alnum:30}}{{crc32:6}}"] {
      let secret = try Made.secret(3, template)
      let bytes = Array("first line\nkey: \(secret) and more\nlast".utf8)
      let whole = try passed(bytes)
      #expect(String(decoding: whole, as: UTF8.self) == "first line\nkey: \(secret.prefix(4))*** and more\nlast")
      for cut in stride(from: 0, through: bytes.count, by: 3) {
        #expect(try passed(bytes, cutAt: [cut]) == whole, "cut at \(cut)")
      }
    }
  }

  @Test func `what no candidate covers leaves at once, what one covers waits`() throws {
    let redactor = Redactor(engine: try Self.engine.get(), name: ArtifactName("-"))
    func sent(_ text: String) -> String {
      redactor.take(Array(text.utf8)[...])
      return String(decoding: redactor.release(), as: UTF8.self)
    }
    let secret = try Made.secret(4)
    #expect(sent("a line of a log\n") == "a line of a log\n")
    #expect(sent("and \(secret.prefix(20))") == "and ")
    #expect(sent(String(secret.dropFirst(20))) == "")
    #expect(sent("\nnext\n") == "gsk_***\nnext\n")
    #expect(redactor.redacted == 1)
    #expect(redactor.finish() == [])
  }

  /// A log with examples in it, longer than a thread of its own is worth.
  private func longStream(seeds: Range<UInt64>) throws -> [UInt8] {
    try seeds.reduce(into: []) { bytes, seed in
      bytes += try stream(seed: seed, examples: 3).bytes
      for line in 0..<900 { bytes += Array("line \(line) of a log, with nothing in it\n".utf8) }
    }
  }

  @Test func `of a stream that keeps coming all but the last two pieces leave`() throws {
    let bytes = try longStream(seeds: 20..<30)
    let redactor = Redactor(engine: try Self.engine.get(), name: ArtifactName("-"), chunkSize: 1 << 19)
    let piece = 100 << 10
    var output: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: piece) {
      redactor.take(bytes[start..<min(start + piece, bytes.count)])
      output += redactor.releaseSearched(keepsComing: true)
      // Keywords are looked for in the last one while those before are judged.
      #expect(redactor.waiting < piece + 48 << 10)
    }
    output += redactor.finish()
    #expect(redactor.waiting == 0 && redactor.redacted >= 30)
    // In pieces too small for a thread of their own.
    let lengths = Array(repeating: 51_201, count: bytes.count / 51_201)
    #expect(output == (try passed(bytes, cutAt: lengths)))
  }

  @Test(arguments: 1...8) func `what is looked for ahead and what is not gives the same output, in any order`(
    _ seed: UInt64
  ) throws {
    let bytes = try longStream(seeds: (seed * 100)..<(seed * 100 + 14))
    let whole = try passed(bytes, cutAt: Array(repeating: 51_201, count: bytes.count / 51_201))
    var random = SeededRandom(seed: seed)
    var lengths: [Int] = []
    while lengths.reduce(0, +) < bytes.count {
      lengths.append(random.pick([Int.random(in: 1...9000, using: &random), 98_304, 98_305, 150_000]))
    }
    #expect(try passed(bytes, cutAt: lengths, chunkSize: random.pick([1 << 16, 1 << 18, 1 << 19])) == whole)
  }

  @Test func `a key in many lines is followed to its end without being held`() throws {
    let engine = try Self.engine.get()
    let template = try #require(
      try RulePack.default.rules.indices.lazy.map { try RulePack.default.details(at: $0).examples }
        .joined().first { $0.contains("pem") })
    let text = MarkedText(try Template(parsing: template).expand(seed: 9))
    let bytes = Array("begin\n".utf8) + text.bytes + Array("\nend\n".utf8)
    let redactor = Redactor(engine: engine, name: ArtifactName("-"), chunkSize: 512)
    var output: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 100) {
      redactor.take(bytes[start..<min(start + 100, bytes.count)])
      output += redactor.release()
    }
    output += redactor.finish()
    #expect(output == (try passed(bytes)))
    for range in text.ranges where range.count > 40 {
      #expect(output.firstRange(of: bytes[(range.lowerBound + 46)..<(range.upperBound)]) == nil)
    }
  }
}
