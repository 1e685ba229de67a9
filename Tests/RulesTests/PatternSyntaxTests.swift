import PCRE2
@testable import Rules
import Testing
import TestSupport

/// The parser reads a pattern as PCRE2 does.
@Suite struct PatternSyntaxTests {
  @Test(arguments: 0..<12) func `a class holds exactly the bytes PCRE2 matches by it`(_ seed: Int) {
    var generator = PatternSyntaxGenerator(seed: 3000 + UInt64(seed))
    let members = [
      "a", "Z", "0", "_", "-", "\\-", "\\]", "[", "^", "\\^", ".", "$", "a-f", "A-Z", "0-9", " -~", "\\x00-\\x1f",
      "\\d", "\\W",
      "\\s", "\\H", "\\v", "[:alpha:]", "[:^space:]", "[:punct:]", "[:blank:]", "[:cntrl:]", "[:graph:]", "[:print:]",
      "[:word:]", "[:ascii:]", "[:lower:]", "[:upper:]", "\\x{e9}", "\\377", "\\n", "\\b", "\\e", "+--", "\\Q",
    ]
    for _ in 0..<120 {
      let inner = (0..<Int.random(in: 1...4, using: &generator.random)).map { _ in generator.random.pick(members) }
        .joined()
      let source = generator.random.pick(["", "", "(?i)"]) + generator.random.pick(["[", "[^"]) + inner + "]"
      Self.compare(source)
    }
  }

  @Test func `an escape, a dot and a letter stand for exactly the bytes PCRE2 matches by them`() {
    for source in PatternSyntaxGenerator.escapes + PatternSyntaxGenerator.classes {
      for options in ["", "(?i)", "(?s)", "(?x)"] { Self.compare(options + source) }
    }
    for source in [
      ".", "(?s).", "(?i)k", "(?i)K", "k", "(?i)\\x4b", "(?i)\\113", "\\x", "\\x4", "\\08", "(?x)\\ ", "(?x)[ ]",
    ] {
      Self.compare(source)
    }
  }

  /// A pattern of one byte: its set against what PCRE2 matches.
  private static func compare(_ source: String) {
    guard let trial = PatternTrial(source) else { return }
    guard case .set(let set) = trial.syntax.root else { return }
    for byte in UInt8.min...UInt8.max {
      #expect((trial.match([byte], at: 0) == [0..<1]) == set.contains(byte), "\(source) and \(byte)")
    }
  }

  @Test func `a negated name of a case under (?i) means what PCRE2 means by it`() {
    for source in ["(?i)[[:^upper:]]", "(?i)[^[:^lower:]]"] { Self.compare(source) }
  }

  @Test func `PCRE2 compiles nearly everything the parser takes`() {
    var generator = PatternSyntaxGenerator(seed: 8)
    var refused = 0
    var taken = 0
    for _ in 0..<1500 {
      guard let syntax = try? PatternSyntax(parsing: generator.pattern()) else { continue }
      taken += 1
      if (try? Pattern(syntax.text)) == nil { refused += 1 }
    }
    #expect(taken > 1000)
    #expect(refused * 20 < taken, "\(refused) of \(taken)")
  }

  @Test(arguments: 0..<8) func `the rewritten pattern means the same on a whole artifact`(_ seed: Int) {
    var generator = PatternSyntaxGenerator(seed: 2000 + UInt64(seed))
    var rewritten = 0
    for _ in 0..<600 {
      let source = generator.pattern()
      guard let trial = PatternTrial(source), trial.syntax.text != source,
        let original = try? Pattern(source, options: .anchored)
      else { continue }
      rewritten += 1
      #expect(!trial.syntax.text.contains("\\A") && !trial.syntax.text.lowercased().contains("\\z"))
      for _ in 0..<4 {
        let text = generator.text(20) + generator.random.pick([[], [0x0A], [0x0A, 0x0A], [0x0D, 0x0A]])
        for start in 0...text.count {
          #expect(trial.match(text, at: start) == trial.match(of: original, text, at: start), "\(source) \(text)")
        }
      }
    }
    #expect(rewritten > 20)
  }

  @Test(arguments: 0..<6) func `names have the numbers PCRE2 gives them`(_ seed: Int) {
    var generator = PatternSyntaxGenerator(seed: 4000 + UInt64(seed))
    for _ in 0..<150 {
      let source = generator.pattern()
      guard !source.contains("(?x"), let trial = PatternTrial(source) else { continue }
      for (name, number) in trial.syntax.groupNames {
        guard let byName = try? Pattern("(?:\(trial.syntax.text))\\k<\(name)>", options: .anchored),
          let byNumber = try? Pattern("(?:\(trial.syntax.text))\\g{\(number)}", options: .anchored)
        else { continue }
        let text = generator.text(60)
        for start in 0...text.count {
          #expect(trial.match(of: byName, text, at: start) == trial.match(of: byNumber, text, at: start), "\(source)")
        }
      }
    }
  }

  @Test func `groups are numbered by where they open`() throws {
    let source = "(a)(?:(?<x>b)|(?P<y>c((?'z'd))))(?=(?<w>e))"
    let trial = try #require(PatternTrial(source))
    #expect(trial.syntax.groupNames == ["x": 2, "y": 3, "z": 5, "w": 6] && trial.syntax.groupCount == 6)
    #expect(trial.match(Array("acde".utf8), at: 0) == [0..<3, 0..<1, nil, 1..<3, 2..<3, 2..<3, 3..<4])
  }
}
