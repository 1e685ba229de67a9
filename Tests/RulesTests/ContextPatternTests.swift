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
