import PCRE2
@testable import Rules
import Testing
import TestSupport

/// What is refused, with its place; and how quantifiers without a bound get one.
@Suite struct PatternRefusalTests {
  private func failure(of text: String) -> PatternSyntaxError? {
    do throws(PatternSyntaxError) {
      _ = try PatternSyntax(parsing: text)
      return nil
    } catch {
      return error
    }
  }

  @Test(arguments: [
    ("ab\\1", 2, "references"), ("(a)\\k<n>", 3, "references"), ("a\\g{1}", 1, "references"),
    ("a(?P=n)", 1, "references"),
    ("a(?R)", 1, "recursion"), ("a(?1)", 1, "recursion"), ("a(?&n)", 1, "recursion"), ("ab(?(1)c)", 2, "conditions"),
    ("a(?|b)", 1, "reset numbers"), ("a(?C1)", 1, "callouts"), ("(*COMMIT)a", 0, "control verbs"),
    ("a(*SKIP)", 1, "verbs"),
    ("a\\Kb", 1, "\\K"), ("a\\G", 1, "\\G"), ("a\\C", 1, "\\C"), ("a\\R", 1, "\\R"), ("\\X", 0, "\\X"),
    ("a\\pL", 1, "\\p"),
    ("a\\cA", 1, "\\c"), ("a\\o{7}", 1, "\\o"), ("a\\", 1, "backslash"), ("a(b", 1, "unclosed group"),
    ("ab)", 2, "unmatched"),
    ("a[bc", 1, "unclosed class"), ("[z-a]", 2, "out of order"), ("a[[:foo:]]", 2, "[:foo:]"),
    ("a\\x{100}", 1, "one byte"),
    ("[\\400]", 1, "octal"), ("+a", 0, "quantifier"), ("a**", 2, "behind a quantifier"), ("a|*", 2, "quantifier"),
    ("a{3,2}", 1, "counts"), ("a{70000}", 1, "counts"), ("\\b+", 2, "assertion"), ("^*", 1, "assertion"),
    ("(?=a)+", 5, "lookaround"), ("(?<n>a)(?<n>b)", 7, "named n"), ("(?<>a)", 3, "name"), ("(?<n", 3, "name"),
    ("é+", 2, "(?:…)"), ("\\Qab\\E+", 6, "(?:…)"), ("[é]", 1, "ASCII"), ("a(?#b", 1, "comment"),
    ("a(?y)", 3, "unknown option"),
    ("[\\Qa\\E]", 1, "quotations"), ("a(?i", 1, "unclosed"), ("a(?xx)b", 3, "(?xx)"),
    ("a(?#c){3}", 6, "right behind"), ("(?x)é {2}", 7, "(?:…)"), ("a\\E{3}", 3, "(?:…)"), ("{2}a", 0, "right behind"),
  ])
  func `what cannot be bounded or understood is refused where it stands`(_ text: String, _ offset: Int, _ part: String)
  {
    let error = failure(of: text)
    #expect(error?.offset == offset, "\(String(describing: error))")
    #expect(error?.reason.contains(part) == true, "\(String(describing: error))")
  }

  @Test func `groups that nest without end are refused, not followed`() {
    let text = String(repeating: "(", count: 100_000)
    #expect(failure(of: text)?.reason == "groups nest too deep")
    #expect(failure(of: String(repeating: "(?:", count: 150) + "a" + String(repeating: ")", count: 150)) == nil)
  }

  @Test func `random bytes are refused or read, and never end the process`() {
    var random = SeededRandom(seed: 6)
    let pieces =
      Array("()[]{}|*+?\\^$.-:=!<>#PQEiaz09,& \n\u{E9}'").map(String.init) + ["(?", "[:", ":]", "\\Q", "(?<", "{1,"]
    for _ in 0..<20_000 {
      let text = (0..<Int.random(in: 0...14, using: &random)).map { _ in random.pick(pieces) }.joined()
      if let error = failure(of: text) {
        #expect(error.offset >= 0 && error.offset <= text.utf8.count, "\(text.debugDescription)")
      }
    }
  }

  @Test func `quantifiers without a bound are told by their offsets`() throws {
    #expect(try PatternSyntax(parsing: "a*b+c{3,}d{2}[x+]\\+e*?").unboundedQuantifiers == [1, 3, 5, 20])
    #expect(try PatternSyntax(parsing: "a{1,2}b?").unboundedQuantifiers == [])
  }

  @Test func `a bound takes the place of what has none`() throws {
    let text = try PatternSyntax(parsing: "a*b+?c{3,}+[+*]\\*(?:d{9,})*\\z").bounded(to: 5).text
    #expect(text == "a{0,5}b{1,5}?c{3,5}+[+*]\\*(?:d{9,9}){0,5}(?-m:$)(?![\\x00-\\xff])")
  }

  @Test(arguments: 0..<6) func `a bounded pattern matches the same in texts shorter than its bound`(_ seed: Int) throws
  {
    var generator = PatternSyntaxGenerator(seed: 6000 + UInt64(seed))
    var compared = 0
    while compared < 60 {
      var source = generator.pattern()
      for (bounded, unbounded) in [
        ("{0,3}", "*"), ("{1,4}?", "+?"), ("{3,9}", "{3,}"), ("{1,2}+", "++"), ("{8}", "{8,}"),
      ] {
        source = source.replacing(bounded, with: unbounded)
      }
      guard let syntax = try? PatternSyntax(parsing: source), !syntax.unboundedQuantifiers.isEmpty,
        let original = try? Pattern(source, options: .anchored), let bounded = try? syntax.bounded(to: 40),
        let trial = PatternTrial(bounded.text)
      else { continue }
      compared += 1
      #expect(bounded.unboundedQuantifiers.isEmpty && bounded.groupNames == syntax.groupNames)
      let text = Array(generator.text(36).prefix(40))
      for start in 0...text.count {
        #expect(trial.match(text, at: start) == trial.match(of: original, text, at: start), "\(source) \(text)")
      }
    }
  }

  @Test func `a quantifier counts for what PCRE2 counts it for`() throws {
    let cases = [
      ("xa\\E{3}", "xaaa"), ("xa(?#c){3}", "xaaa"), ("(?x)x\\Qab\\E {3}", "xabbb"), ("(?x)é {2}", "é"),
      ("xa(?#c)?", "x"),
    ]
    for (source, text) in cases {
      let bytes = Array(text.utf8) + (text == "é" ? [0xA9] : [])
      guard let trial = PatternTrial(source) else { continue }
      let shape = try trial.syntax.shape(secretGroup: 0)
      let whole = try #require(trial.match(bytes, at: 0)?[0])
      #expect(whole.count <= shape.maximumLength, "\(source)")
      #expect(shape.anchors.allSatisfy { $0.bytes.count <= whole.count }, "\(source)")
    }
  }
}
