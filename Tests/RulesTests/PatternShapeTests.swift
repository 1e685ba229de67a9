import PCRE2
@testable import Rules
import Testing
import TestSupport

/// What is computed of a pattern holds for every match PCRE2 makes.
@Suite struct PatternShapeTests {
  /// A pattern with the shape computed of it, its secret being one of its groups.
  private struct Subject {
    var trial: PatternTrial
    var secret: Int
    var shape: PatternShape
    var source: String
  }

  private static func subjects(_ generator: inout PatternSyntaxGenerator, count: Int) -> [Subject] {
    var subjects: [Subject] = []
    while subjects.count < count {
      let source = generator.pattern()
      guard let trial = PatternTrial(source) else { continue }
      let secret = Int.random(in: 0...trial.syntax.groupCount, using: &generator.random)
      guard let shape = try? trial.syntax.shape(secretGroup: secret) else { continue }
      subjects.append(Subject(trial: trial, secret: secret, shape: shape, source: source))
    }
    return subjects
  }

  @Test(arguments: 0..<8) func `bounds, anchors, runs and prefixes hold for every match`(_ seed: Int) {
    var generator = PatternSyntaxGenerator(seed: UInt64(seed))
    var matches = 0
    for subject in Self.subjects(&generator, count: 40) {
      #expect(subject.trial.syntax.groupCount == subject.trial.anchored.captureCount, "\(subject.source)")
      for _ in 0..<6 {
        let text = generator.text(40)
        for start in 0...text.count {
          guard let groups = subject.trial.match(text, at: start), let whole = groups[0] else { continue }
          matches += 1
          #expect(whole.count <= subject.shape.maximumLength, "\(subject.source) at \(start) in \(text)")
          #expect(whole.count >= subject.trial.syntax.root.width.min, "\(subject.source) at \(start) in \(text)")
          #expect(Self.hasAnchor(subject.shape, text, whole), "\(subject.source) at \(start) in \(text)")
          if let secret = groups[subject.secret] {
            #expect(
              text[secret].starts(with: Array(subject.shape.secretPrefix.utf8)),
              "\(subject.source) at \(start) in \(text)")
          }
        }
      }
    }
    #expect(matches > 30)
  }

  /// Whether a match holds an anchor where one must stand, with the run behind it.
  private static func hasAnchor(_ shape: PatternShape, _ text: [UInt8], _ whole: Range<Int>) -> Bool {
    guard !shape.anchors.isEmpty else { return true }
    return shape.anchors.contains { anchor in
      shape.anchorOffset.contains { offset in
        let from = whole.lowerBound + offset
        let end = from + anchor.bytes.count
        guard end <= whole.upperBound else { return false }
        let piece = text[from..<end].map { anchor.isExact ? $0 : $0.asciiLowercased }
        guard piece == anchor.bytes, end + shape.following.count <= whole.upperBound,
          zip(shape.following, text[end...]).allSatisfy({ $0.contains($1) })
        else { return false }
        return hasRun(shape.run, text, behind: end, before: whole.upperBound)
      }
    }
  }

  private static func hasRun(
    _ run: PatternShape.RequiredRun?, _ text: [UInt8], behind place: Int, before end: Int
  ) -> Bool {
    guard let run else { return true }
    return run.distance.contains { distance in
      let from = place + distance
      return from + run.count <= end && text[from..<(from + run.count)].allSatisfy(run.alphabet.contains)
    }
  }

  @Test(
    arguments: [
      ("acme_[0-9]{4}[a-z]{9}", ["1", "1", "1", "1", "a", "a", "a", "a"]),
      (#"acme\.(?:[0-9]{2}[a-z]{3}|[a-z]{4})"#, ["1a", "1a", "a", "a"]),
      (#"acme\s{0,4}=[a-z]{4}"#, [" ="]), ("acme-[0-9]?[a-z]{3}", ["1a"]), ("acme_[0-9]{3}[^a]{3}", ["1", "1", "1"]),
      ("acme_[0-9+]{8}", ["1+", "1+"]), ("acme_(?=[a-z])[0-9]{3,20}", ["1", "1", "1"]), ("acme[0-9]{0,13}", []),
    ]
  ) func `what must follow an anchor is told as far as it is certain`(_ pattern: String, _ following: [String]) throws {
    let shape = try PatternSyntax(parsing: pattern).shape(secretGroup: 0)
    #expect(shape.anchors.allSatisfy { $0.bytes.starts(with: Array("acme".utf8)) })
    #expect(shape.following.count == following.count)
    for (set, members) in zip(shape.following, following) {
      for byte in "1a+ =".utf8 { #expect(set.contains(byte) == members.utf8.contains(byte), "\(pattern)") }
    }
  }

  @Test(arguments: 0..<8) func `bytes out of reach never change a match`(_ seed: Int) {
    var generator = PatternSyntaxGenerator(seed: 1000 + UInt64(seed))
    for subject in Self.subjects(&generator, count: 40) {
      let shape = subject.shape
      for _ in 0..<4 {
        let text = generator.text(60)
        for start in 0...text.count {
          let lower = max(0, start - shape.lookbehind)
          let upper = min(text.count, start + shape.maximumLength + shape.lookahead)
          let expected = subject.trial.match(text, at: start)
          // Other bytes, as many: the places stay, what is there changes.
          var other = generator.text(text.count)
          other.removeLast(other.count - text.count)
          other.replaceSubrange(lower..<upper, with: text[lower..<upper])
          if lower > 0 || upper < text.count {
            #expect(subject.trial.match(other, at: start) == expected, "\(subject.source) at \(start) in \(text)")
          }
          // No other bytes at all: a window.
          var edges: MatchScratch.Edges = []
          if lower > 0 { edges.insert(.notBeginning) }
          if upper < text.count { edges.insert(.notEnd) }
          let window = subject.trial.match(Array(text[lower..<upper]), at: start - lower, edges: edges)
          let moved = window?.map { $0.map { ($0.lowerBound + lower)..<($0.upperBound + lower) } }
          #expect(moved == expected, "window of \(subject.source) at \(start) in \(text)")
        }
      }
    }
  }

  @Test(arguments: [
    ("abc", 0, 3, 0), ("a{2,5}b?", 0, 6, 0), ("(?:ab|c){3}", 0, 6, 0), ("\\bab\\b", 1, 2, 1),
    ("(?<=abc)d(?=ef|g)", 3, 1, 2),
    ("(?<![a-z]{2})x(?!y)", 2, 1, 1), ("^a$", 1, 1, 2), ("(?m)^a$", 1, 1, 1), ("\\Aa\\z", 1, 1, 2),
    ("(?=.{5}x)ab", 0, 2, 6),
    ("(?<=\\bfoo)a", 4, 1, 1), ("", 0, 0, 0), ("a{0}", 0, 0, 0), ("é", 0, 2, 0), ("\\Qa.b\\E", 0, 3, 0),
    ("(?x) a b # c", 0, 2, 0), ("(?#abc)k", 0, 1, 0),
  ])
  func `reach and length of simple patterns are exact`(
    _ text: String, _ before: Int, _ length: Int, _ after: Int
  ) throws {
    let shape = try PatternSyntax(parsing: text).shape(secretGroup: 0)
    #expect(shape.lookbehind == before && shape.maximumLength == length && shape.lookahead == after)
  }

  @Test(arguments: ["a*", "a+b", "x{3,}", "(?:a+)?", "(?=a*)b", "(?:a{60000}){2}", "a{65535}bc"])
  func `a pattern without a bound, or beyond the greatest, has no shape`(_ text: String) throws {
    let syntax = try PatternSyntax(parsing: text)
    #expect((try? syntax.shape(secretGroup: 0)) == nil)
  }

  @Test(arguments: [
    ("ghx_[0-9]{10}", ["ghx_"], true), ("(?i)key[0-9]{4}", ["key"], false),
    ("(?:live|test)_k", ["live_k", "test_k"], true),
    ("k[ab]x", ["kax", "kbx"], true), ("[0-9]{3}token", ["token"], true), ("a?bcd", ["bcd"], true),
    ("\\Qa.b\\E[0-9]", ["a.b0"], true), ("x\\x2ey\\x7a", ["x.yz"], true),
  ])
  func `anchors are the literals every match needs one of`(_ text: String, _ some: [String], _ isExact: Bool) throws {
    let anchors = try PatternSyntax(parsing: text).shape(secretGroup: 0).anchors
    #expect(!anchors.isEmpty && anchors.allSatisfy { $0.isExact == isExact })
    for literal in some where text != "\\Qa.b\\E[0-9]" {
      #expect(anchors.contains { String(decoding: $0.bytes, as: UTF8.self) == literal }, "\(anchors)")
    }
  }

  @Test func `generated patterns often have anchors and runs`() {
    var generator = PatternSyntaxGenerator(seed: 5)
    let shapes = Self.subjects(&generator, count: 400).map(\.shape)
    #expect(shapes.filter { !$0.anchors.isEmpty }.count > 100)
    #expect(shapes.filter { $0.run != nil }.count > 10)
    #expect(shapes.filter { !$0.secretPrefix.isEmpty }.count > 40)
  }
}
