import Findings
import Rules
import TestSupport
import Testing

@testable import Detection

/// The laws of layers: whatever encodings stand around a secret, one in another, it is found; and how the bytes arrive does
/// not show.
@Suite struct LayerLawTests {
  private static let engine = Result {
    try Engine(
      pack: RulePack(testing: [try Rule("zk_[0-9A-Za-z]{24}", id: "token"), try Rule("qk/[a-z]{12}==", id: "slash")]),
      options: EngineOptions(policy: .artifact))
  }

  private static let encoders: [(name: String, encode: @Sendable ([UInt8], inout SeededRandom) -> [UInt8])] = [
    (
      "base64",
      { bytes, random in Encodings.base64(bytes, url: random.pick([true, false]), padded: random.pick([true, false])) }
    ),
    (
      "wrapped base64",
      { bytes, random in
        Encodings.base64(
          bytes, width: Int.random(in: 32...80, using: &random), end: random.pick(["\n", "\r\n", "\\n", "\n  "]))
      }
    ),
    ("hex", { bytes, random in Encodings.hex(bytes, upper: random.pick([true, false])) }),
    ("percent", { bytes, random in Encodings.hex(bytes, prefix: "%", upper: random.pick([true, false])) }),
    (
      "some percent",
      { bytes, random in
        bytes.flatMap {
          Self.isSafe($0) && random.pick([true, true, false]) ? [$0] : Encodings.hex([$0], prefix: "%", upper: true)
        }
      }
    ),
    ("\\x", { bytes, _ in Encodings.hex(bytes, prefix: "\\x") }),
    ("octal", { bytes, _ in Encodings.octal(bytes) }),
    ("\\u", { bytes, random in Encodings.unicode(bytes, braces: random.pick([true, false])) }),
    ("entities", { bytes, random in Encodings.entities(bytes, hex: random.pick([true, false])) }),
    (
      "quoted-printable",
      { bytes, random in
        Encodings.quotedPrintable(bytes, width: Int.random(in: 8...76, using: &random))
      }
    ),
    ("JSON", { bytes, _ in Encodings.json(bytes) }),
    (
      "UTF-16",
      { bytes, random in
        Encodings.utf16(
          Self.text(bytes), isBigEndian: random.pick([true, false]), hasMark: random.pick([true, false]))
      }
    ),
    ("UTF-32", { bytes, random in Encodings.utf32(Self.text(bytes), isBigEndian: random.pick([true, false])) }),
  ]

  private static func isSafe(_ byte: UInt8) -> Bool { Digits.base64[Int(byte)] != Digits.none }

  /// Each byte as a character: wide text is made of any bytes.
  private static func text(_ bytes: [UInt8]) -> String {
    String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
  }

  /// A secret in some text, encoded so many times, and how.
  private static func nest(_ depth: Int, _ random: inout SeededRandom) -> (bytes: [UInt8], way: [String]) {
    let token =
      random.pick([true, false])
      ? "zk_" + random.value(Letters.alphanumeric, 24) : "qk/" + random.value(Letters.lower, 12) + "=="
    var bytes = Array(
      (random.pick(["the value: ", "x\ny=", "[\"a\", \""]) + token + random.pick([" and so on", "\"]\n", "\nend"])).utf8
    )
    var way: [String] = []
    for _ in 0..<depth {
      // Wide characters are told by their zeros, which must be all there are; JSON and mail hold none. Line ends of mail written out
      // in JSON are no reason to undo it.
      let isWide = bytes.contains(0)
      let encoder = random.pick(
        Self.encoders.filter {
          switch $0.name {
          case "UTF-16", "UTF-32", "quoted-printable": !isWide
          case "JSON": !isWide && way.last != "quoted-printable"
          default: true
          }
        })
      bytes = encoder.encode(bytes, &random)
      way.append(encoder.name)
      if random.pick([true, false]) {
        bytes = Array("{ \"data\" : ".utf8) + bytes + Array(" , 'n' : 1 }\n".utf8)
      }
    }
    return (bytes, way)
  }

  @Test(arguments: 0..<40) func `any nesting of encodings around a secret is found`(_ seed: Int) throws {
    var random = SeededRandom(seed: 5000 + UInt64(seed))
    let detector = Detector(engine: try Self.engine.get())
    for _ in 0..<6 {
      let (bytes, way) = Self.nest(Int.random(in: 1...4, using: &random), &random)
      let found = detector.findings(in: bytes)
      #expect(
        found.count == 1,
        "\(way): \(found.map(\.layers.text))")
      #expect(detector.failures.isEmpty, "\(way)")
    }
  }

  @Test(arguments: 0..<12) func `C12: nested layers do not depend on how the bytes arrive`(_ seed: Int) throws {
    var random = SeededRandom(seed: 6000 + UInt64(seed))
    let engine = try Self.engine.get()
    var text: [UInt8] = []
    for _ in 0..<8 {
      text +=
        Array(random.value(Letters.printable + [0x0A, 0x20], Int.random(in: 0...1500, using: &random)).utf8) + [0x0A]
      text += Self.nest(Int.random(in: 1...3, using: &random), &random).bytes
    }
    #expect(engine.layeredFindings(in: text, sameCutAt: [1, 13, 64, 500, 4096]) >= 8)
  }

  @Test func `escapes of several kinds beside each other are undone, and count as one layer`() throws {
    let pack = RulePack(testing: [try Rule("qk/[a-z]{12}==", id: "slash")])
    let engine = try Engine(pack: pack, options: EngineOptions(policy: .artifact, depth: 1))
    var random = SeededRandom(seed: 62)
    let value = random.value(Letters.lower, 12)
    for between in ["=\r\n%2F", "%2F=\n"] {
      let text = "a=3Db q=\nk\(between)\(value)%3D&#61;, \\u0041"
      let detector = Detector(engine: engine)
      let found = detector.findings(in: Array(text.utf8))
      #expect(found.map { $0.layers.map(\.kind) } == [["quoted-printable", "html", "percent"]])
      #expect(detector.failures.isEmpty)
    }
  }

  @Test func `a keyword at the end of one escaped stretch with its escapes behind it is found`() throws {
    var random = SeededRandom(seed: 61)
    let pack = RulePack(testing: [try Rule("phrase\": \"(?<secret>[a-z]{12})\"", id: "phrase")])
    let engine = try Engine(pack: pack, options: EngineOptions(policy: .artifact))
    // A stretch goes on for 512 bytes behind its last escape.
    for gap in 480...520 {
      let line =
        "\\u0041" + random.value([0x20, 0x2E], gap) + "phrase\\\": \\\"" + random.value(Letters.lower, 12) + "\\\""
      #expect(engine.findings(in: Array(line.utf8)).map(\.rule) == ["phrase"], "\(gap) bytes between")
    }
  }
}
