import Detection
import Findings
import Harness
import Rules
import TestSupport
import Testing

/// What is encoded over several lines, or written in wide characters, is redacted like what stands there as it is.
struct PassageRedactorTests {
  private static let engine = Result {
    try Engine(
      pack: RulePack(testing: [Rule(testing: "zk_[0-9A-Za-z]{24}")]), options: EngineOptions(policy: .artifact))
  }

  private static let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789".utf8)

  private static func secret(_ random: inout SeededRandom) -> [UInt8] {
    Array("zk_".utf8) + (0..<24).map { _ in random.pick(letters) }
  }

  /// Some lines of text with a secret in them.
  private static func text(_ random: inout SeededRandom) -> [UInt8] {
    var text: [UInt8] = []
    for _ in 0..<Int.random(in: 2...8, using: &random) {
      text +=
        (0..<Int.random(in: 0...70, using: &random)).map { _ in random.pick(Array("abc def, ghi.".utf8)) } + [0x0A]
      if random.pick([true, false]) { text += Array("key ".utf8) + secret(&random) + [random.pick([0x20, 0x0A])] }
    }
    return text + Array("user: me key: ".utf8) + secret(&random) + Array(" and so on, to the end of it\n".utf8)
  }

  /// Digits in lines of one length.
  private static func wrapped(_ digits: [UInt8], _ random: inout SeededRandom) -> [UInt8] {
    let width = random.pick([24, 32, 60, 64, 76, 77, 100])
    let end = random.pick(["\n", "\r\n", "\n  ", "\r\n\t", "\n                    "])
    var lines: [[UInt8]] = []
    for start in stride(from: 0, to: digits.count, by: width) {
      lines.append(Array(digits[start..<min(start + width, digits.count)]))
    }
    return Array(lines.joined(separator: Array(end.utf8)))
  }

  /// A text in an encoding that goes over line ends.
  private static func passage(_ random: inout SeededRandom) -> [UInt8] {
    let text = text(&random)
    let string = String(decoding: text, as: UTF8.self)
    let isBigEndian = random.pick([true, false])
    switch Int.random(in: 0..<8, using: &random) {
    case 0: return wrapped(Encodings.base64(text), &random)
    case 1: return wrapped(Encodings.base64(text, url: true, padded: false), &random)
    case 2: return wrapped(Encodings.hex(text), &random)
    case 3: return wrapped(Encodings.base64(Encodings.base64(text)), &random)
    case 4: return Encodings.quotedPrintable(text, width: Int.random(in: 20...76, using: &random))
    case 5: return Encodings.utf32(string, isBigEndian: isBigEndian)
    default: return Encodings.utf16(string, isBigEndian: isBigEndian, hasMark: random.pick([true, false]))
    }
  }

  private func passed(_ bytes: [UInt8], cutAt lengths: [Int] = [], chunkSize: Int = 1 << 16) throws -> [UInt8] {
    Redactor.output(of: bytes, cutAt: lengths, engine: try Self.engine.get(), chunkSize: chunkSize)
  }

  @Test(arguments: 1...16) func `what a scan finds in a stream it does not find in what a pipe lets out`(
    _ seed: Int
  ) throws {
    var random = SeededRandom(seed: 1300 + UInt64(seed))
    var bytes: [UInt8] = []
    for _ in 0..<6 {
      bytes += Array(
        random.pick(["", "a line\n", "Content: ", "0123456789abcdef0123456789abcdef\n", "x=", "\n\n"]).utf8)
      bytes += Self.passage(&random)
      bytes += Array(random.pick(["\n", "\n\n", "==\n", " rest\n", "\r\n-- \n"]).utf8)
    }
    let engine = try Self.engine.get()
    #expect(Detector(engine: engine).findings(in: bytes).count >= 6)
    let whole = try passed(bytes)
    let left = Detector(engine: engine).findings(in: whole)
    #expect(left.map { "\($0.layers.text) \($0.location)" } == [])
    for most in [1, 5, 70, 1500] {
      var lengths: [Int] = []
      while lengths.reduce(0, +) < bytes.count { lengths.append(Int.random(in: 1...most, using: &random)) }
      #expect(
        try passed(bytes, cutAt: lengths, chunkSize: random.pick([1, 64, 4096])) == whole, "cut at most every \(most)")
    }
  }

  @Test func `a passage of any length is redacted in bounded memory`() throws {
    var random = SeededRandom(seed: 1350)
    for isWide in [true, false] {
      var text: [UInt8] = []
      while text.count < 200_000 { text += Self.text(&random) }
      let bytes =
        isWide
        ? Encodings.utf16(String(decoding: text, as: UTF8.self), isBigEndian: false, hasMark: true)
        : Array("data:\n".utf8) + Self.wrapped(Encodings.base64(text), &random) + Array("\nlast\n".utf8)
      let whole = try passed(bytes)
      #expect(Detector(engine: try Self.engine.get()).findings(in: whole).isEmpty)
      #expect(try passed(bytes, cutAt: Array(repeating: 50_001, count: 12)) == whole)
    }
  }

  @Test func `a label is written in the characters of its text`() throws {
    var random = SeededRandom(seed: 1360)
    let secret = String(decoding: Self.secret(&random), as: UTF8.self)
    for isBigEndian in [true, false] {
      func wide(_ text: String) -> [UInt8] { Encodings.utf16(text, isBigEndian: isBigEndian, hasMark: true) }
      #expect(try passed(wide("the key is \(secret), grüße\n")) == wide("the key is zk_***, grüße\n"))
      #expect(try passed(wide("nothing to be told of: grüße\n")) == wide("nothing to be told of: grüße\n"))
    }
  }

  @Test func `a line that may go on waits for the next, and only that`() throws {
    let redactor = Redactor(engine: try Self.engine.get(), name: ArtifactName("-"))
    func sent(_ text: String) -> String {
      redactor.take(Array(text.utf8)[...])
      return String(decoding: redactor.release(), as: UTF8.self)
    }
    #expect(sent("a line, and\nanother=\n") == "a line, and\n")
    #expect(sent(" of\n") == "another=\n of\n")
    #expect(sent("id: 0123456789abcdef0123456789abcdef\n") == "id: ")
    #expect(sent("(next)\n") == "0123456789abcdef0123456789abcdef\n(next)\n")
    #expect(sent("one\0two\0\0") == "on")
    #expect(redactor.finish() == Array("e\0two\0\0".utf8))
    #expect(redactor.redacted == 0 && redactor.failures.isEmpty)
  }
}
