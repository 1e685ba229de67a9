import PCRE2
import Testing

@Suite struct PatternErrorTests {
  /// Compiles a pattern that must not compile.
  private func failure(of text: String) -> PatternError? {
    do throws(PatternError) {
      _ = try Pattern(text)
      return nil
    } catch {
      return error
    }
  }

  @Test(arguments: [
    ("ab(", 3, "missing closing parenthesis"), ("a)", 1, "unmatched closing parenthesis"),
    ("*a", 0, "quantifier does not follow a repeatable item"),
    ("a**", 2, "quantifier does not follow a repeatable item"),
    ("x[z-a]", 4, "range out of order"), ("[a", 2, "missing terminating ]"), ("[[:foo:]]", 3, "unknown POSIX class"),
    ("a{99999}", 7, "number too big"), ("(?<n>a)(?<n>b)", 12, "two named subpatterns have the same name"),
    ("abc\\", 4, "\\ at end of pattern"), ("\\x{100}", 6, "too large"), ("(?Z)", 2, "unrecognized character"),
  ])
  func `a pattern that does not compile tells where and why`(_ text: String, _ offset: Int, _ reason: String) {
    let error = failure(of: text)
    #expect(error?.offset == offset)
    #expect(error?.reason.contains(reason) == true, "\(String(describing: error))")
    #expect(error?.description == "\(error?.reason ?? "") at offset \(offset)")
  }

  @Test(arguments: ["(*UTF)a", "(*UCP)\\w", "(*UTF8)a", "a\\Cb"])
  func `a pattern cannot leave bytes for characters`(_ text: String) {
    #expect(failure(of: text) != nil)
  }

  @Test func `an offset is one in bytes`() {
    #expect(failure(of: "éé(")?.offset == 5)
  }

  @Test func `a match failure has a reason that can be read`() {
    #expect(MatchScratch.reason(for: -47) == "match limit exceeded")
    #expect(MatchScratch.reason(for: -46).contains("stack"))
    #expect(!MatchScratch.reason(for: 12_345_678).isEmpty)
  }

  @Test func `the library tells its version`() {
    #expect(Library.version.first?.isNumber == true)
    #expect(Library.version.contains(" "), "a version and a date")
  }

  @Test func `capture groups are counted`() throws {
    #expect(try Pattern("(a)(?:b)(?<n>c(d))").captureCount == 3)
    #expect(try Pattern("").captureCount == 0)
  }
}
