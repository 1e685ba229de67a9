import Detection
import Findings
import Harness
import Rules
import TestSupport
import Testing

/// What is encoded within a line is redacted like what stands there as it is.
struct EncodedRedactorTests {
  private static let engine = Result {
    try Engine(
      pack: RulePack(testing: [Rule(testing: "zk_[0-9A-Za-z]{24}")]), options: EngineOptions(policy: .artifact))
  }

  private static func text(_ letters: String, _ count: Int, _ random: inout SeededRandom) -> [UInt8] {
    let letters = Array(letters.utf8)
    return (0..<count).map { _ in random.pick(letters) }
  }

  private static func secret(_ random: inout SeededRandom) -> [UInt8] {
    Array("zk_".utf8) + text("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", 24, &random)
  }

  /// A secret in an encoding, or in two, the outer one of a text around it.
  private static func encoded(_ secret: [UInt8], _ random: inout SeededRandom) -> [UInt8] {
    var bytes = Array("user and key: ".utf8) + secret + Array(" , and so on".utf8)
    for _ in 0..<Int.random(in: 1...2, using: &random) {
      switch Int.random(in: 0..<8, using: &random) {
      case 0: bytes = Encodings.base64(bytes)
      case 1: bytes = Encodings.base64(bytes, url: true, padded: false)
      case 2: bytes = Encodings.hex(bytes)
      case 3: bytes = Encodings.hex(bytes, prefix: "%", upper: true)
      case 4: bytes = Encodings.unicode(bytes)
      case 5: bytes = Encodings.hex(bytes, prefix: "\\x")
      case 6: bytes = Encodings.entities(bytes, hex: false)
      // Some of the bytes alone.
      default:
        bytes = bytes.flatMap { byte in
          byte != UInt8(ascii: "%") && random.pick([true, true, false])
            ? [byte] : Encodings.hex([byte], prefix: "%", upper: true)
        }
      }
    }
    return bytes
  }

  private func passed(_ bytes: [UInt8], cutAt lengths: [Int] = [], chunkSize: Int = 1 << 16) throws -> [UInt8] {
    Redactor.output(of: bytes, cutAt: lengths, engine: try Self.engine.get(), chunkSize: chunkSize)
  }

  private func cuts(of count: Int, atMost most: Int, _ random: inout SeededRandom) -> [Int] {
    var lengths: [Int] = []
    var sum = 0
    while sum < count {
      lengths.append(Int.random(in: 1...most, using: &random))
      sum += lengths.last ?? 1
    }
    return lengths
  }

  @Test(arguments: 1...12) func `any cutting of encoded secrets gives the same output, and none comes through`(
    _ seed: Int
  )
    throws
  {
    var random = SeededRandom(seed: 900 + UInt64(seed))
    var bytes: [UInt8] = []
    for _ in 0..<10 {
      bytes += Self.text("abc =%\\&{\"\n.", Int.random(in: 0...60, using: &random), &random)
      bytes += Array(random.pick(["\n", " ", "\ndata: ", "{\"a\":\"", "?x="]).utf8)
      bytes += Self.encoded(Self.secret(&random), &random)
      bytes += Array(random.pick(["\n", " rest\n", "\"}\r\n", ""]).utf8) + [0x0A]
    }
    let engine = try Self.engine.get()
    let found = Detector(engine: engine).findings(in: bytes)
    #expect(found.count >= 10)
    let whole = try passed(bytes)
    #expect(Detector(engine: engine).findings(in: whole).isEmpty)
    for most in [1, 7, 60, 900] {
      let output = try passed(
        bytes, cutAt: cuts(of: bytes.count, atMost: most, &random), chunkSize: random.pick([1, 64, 4096]))
      #expect(output == whole, "cut at most every \(most)")
    }
  }

  @Test func `a line of any length is redacted in bounded memory`() throws {
    var random = SeededRandom(seed: 950)
    var line: [UInt8] = []
    for _ in 0..<12 {
      line += Self.text("abcdefgh ijk.\"{}", Int.random(in: 0...60_000, using: &random), &random)
      line += [0x20] + Self.encoded(Self.secret(&random), &random) + [0x20]
    }
    let bytes = Array("first\n".utf8) + line + Array("\nlast\n".utf8)
    let whole = try passed(bytes)
    #expect(Detector(engine: try Self.engine.get()).findings(in: whole).isEmpty)
    #expect(String(decoding: whole, as: UTF8.self).split(separator: "zk_***").count == 13)
    for most in [20_000, 150_000] {
      #expect(try passed(bytes, cutAt: cuts(of: bytes.count, atMost: most, &random)) == whole)
    }
  }

  @Test func `only the encoded form of the secret is masked, and only what may be one waits`() throws {
    var random = SeededRandom(seed: 960)
    let secret = Self.secret(&random)
    let redactor = Redactor(engine: try Self.engine.get(), name: ArtifactName("-"))
    func sent(_ bytes: [UInt8]) -> String {
      redactor.take(bytes[...])
      return String(decoding: redactor.release(), as: UTF8.self)
    }
    let encoded = Encodings.hex(secret, prefix: "%", upper: true)
    #expect(sent(Array("a line with 100% and a=b\n".utf8)) == "a line with 100% and a=b\n")
    #expect(sent(Array("one, two: ".utf8) + encoded.prefix(30)) == "")
    #expect(sent(Array(encoded.dropFirst(30)) + Array(" end\nnext, ".utf8)) == "one, two: zk_*** end\nnext, ")
    #expect(
      sent(Array("aa ".utf8) + Encodings.base64(Array("key: ".utf8) + secret + Array(" ok".utf8)).prefix(10)) == "aa ")
    #expect(sent([0x0A]).hasSuffix("\n"))
    #expect(redactor.redacted == 1 && redactor.rules == ["test": 1])
    #expect(redactor.finish() == [] && redactor.failures.isEmpty)
  }

  @Test func `a container in a line is passed on and told`() throws {
    var random = SeededRandom(seed: 970)
    let redactor = Redactor(engine: try Self.engine.get(), name: ArtifactName("-"))
    let packed = Encodings.base64(Packing.gzip(Self.secret(&random)))
    redactor.take(([0x20] + packed + [0x0A])[...])
    #expect(redactor.release() + redactor.finish() == [0x20] + packed + [0x0A])
    #expect(redactor.failures == ["gzip data: what it holds compressed is not read"])
  }
}
