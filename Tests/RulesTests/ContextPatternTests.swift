import TestSupport
import Testing

@testable import Rules

@Suite("Context, gap and boundary")
struct ContextPatternTests {
  @Test("stand around the pattern as text")
  func text() {
    let both = ContextPattern(words: ["acme", "ac_me key"], gap: .near, boundary: .both)
    #expect(
      both.expanded("[0-9]{4}|x", secretIsWhole: false)
        == #"(?i:acme|ac[_.\-\x20]?me\x20key)[\x00-\xff]{0,48}?"# + ContextPattern.left
        + "(?:[0-9]{4}|x)(?![0-9A-Za-z])"
    )
    #expect(ContextPattern(boundary: .right).expanded("x", secretIsWhole: true) == "(?:x)(?![0-9A-Za-z])")
    #expect(ContextPattern().expanded("x|y", secretIsWhole: true) == "x|y")
  }

  @Test("give the whole match a group where there would be no telling it from its context")
  func wholeSecret() {
    let text = ContextPattern(words: ["abc"]).expanded("[0-9]{4}", secretIsWhole: true)
    #expect(text.hasSuffix("(?<secret>[0-9]{4})"))
  }

  @Test("escape every character that means something in a pattern")
  func escaping() throws {
    for byte in 0..<0x80 as Range<UInt8> {
      let character = String(UnicodeScalar(byte))
      let pattern = "k" + ContextPattern.escaped(character) + "z"
      let shape = try PatternSyntax(parsing: pattern).shape(secretGroup: 0)
      #expect(shape.anchors == [PatternShape.Anchor(bytes: [0x6B, byte, 0x7A], isExact: true)], "\(byte)")
    }
    #expect(ContextPattern.escaped("é") == "é")
  }

  @Test("match the same as if the gap's words were gone back in", arguments: 0..<4)
  func words(_ seed: Int) throws {
    let text = ContextPattern(words: ["acme"], boundary: .both).expanded("[0-9]{8}", secretIsWhole: true)
    let plain = text.replacing("}+", with: "}")
    #expect(plain != text)
    let (quick, slow) = (try #require(PatternTrial(text)), try #require(PatternTrial(plain)))
    let pieces = [
      "acme", "key", "_", "x9", "value", " ", "  ", ": ", "=", " => ", "\"", "\\n", "\n", "](", "${", "%3D", "%22", ".",
      "-",
      "\u{1B}[33m", "(", String(repeating: "w", count: 39), String(repeating: "-", count: 11),
    ]
    var random = SeededRandom(seed: UInt64(seed))
    var matches = 0
    for _ in 0..<3000 {
      let between = (0..<Int.random(in: 1...6, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }
      let bytes = Array(("acme" + between.joined() + "12345678 ").utf8)
      let found = quick.match(bytes, at: 0)
      #expect(found == slow.match(bytes, at: 0), "\(between)")
      if found != nil { matches += 1 }
    }
    #expect(matches > 300)
  }

  @Test("are read by the pattern parser, piece by piece and together")
  func parse() throws {
    for fragment in ContextPattern.fragments { _ = try PatternSyntax(parsing: fragment) }
    for gap in ContextPattern.Gap.allCases {
      for boundary in ContextPattern.Boundary.allCases {
        let text = ContextPattern(words: ["datadog", "dd_api"], gap: gap, boundary: boundary)
          .expanded("(?<secret>[0-9a-f]{32})", secretIsWhole: false)
        let shape = try PatternSyntax(parsing: text).shape(secretGroup: 1)
        #expect(!shape.anchors.isEmpty)
        #expect(shape.maximumLength < 400)
      }
    }
  }
}
