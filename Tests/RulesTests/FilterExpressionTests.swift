import Testing

@testable import Rules

@Suite("Betterleaks expressions")
struct FilterExpressionTests {
  private func terms(_ text: String) -> [FilterExpression.Term]? { try? FilterExpression(parsing: text).terms }

  @Test("become an entropy and patterns where they are of the simple forms")
  func simpleForms() {
    #expect(terms("entropy(finding[\"secret\"]) <= 3.0") == [.entropy(3)])
    #expect(terms(" filter.entropy( finding[ 'secret' ] ) < 2.5 ") == [.entropy(2.5)])
    #expect(
      terms("containsAny(finding[\"secret\"], [\"a.b\", \"c\"])")
        == [.matches(.finding(.secret), patterns: ["a\\.b", "c"])]
    )
    #expect(
      terms("matchesAny(finding.line, [r\"\"\"^\\d\"\"\", `x\\b`, 'y\\\\z',])")
        == [.matches(.finding(.line), patterns: ["^\\d", "x\\b", "y\\z"])]
    )
    for path in ["attributes[\"path\"]", "attributes[?\"path\"].orValue(\"\")", "get(attributes, \"path\", \"\")"] {
      #expect(terms("filter.matchesAny(\(path), ['^v/'])") == [.matches(.path, patterns: ["^v/"])])
    }
  }

  @Test("are joined by ||, in parentheses or not")
  func joined() {
    let text = """
      (entropy(finding["secret"]) <= 3)
      || (filter.containsAny(finding["match"], ["x"]) || matchesAny(get(finding, "secret"), ["y"]))
      """
    #expect(
      terms(text) == [
        .entropy(3), .matches(.finding(.match), patterns: ["x"]), .matches(.finding(.secret), patterns: ["y"]),
      ]
    )
  }

  @Test(
    "are refused in every other form",
    arguments: [
      "", "true", "!entropy(finding[\"secret\"]) <= 3", "entropy(finding[\"secret\"]) > 3",
      "entropy(finding[\"line\"]) <= 3", "filter.failsTokenEfficiency(finding[\"secret\"])",
      "matchesAny(finding[\"secret\"], [\"a\"]) && entropy(finding[\"secret\"]) <= 3",
      "matchesAny(attributes[\"git.author\"], [\"a\"])", "matchesAny(finding[\"secret\"], [])",
      "matchesAny(finding[\"secret\"], [\"a\"", "finding[\"secret\"] == \"x\"",
      "containsAny(finding[\"secret\"], \"x\")",
      "entropy(finding[\"secret\"]) <= 3 ||", "(entropy(finding[\"secret\"]) <= 3",
      "matchesAny(finding[\"secret\"], ['\\q'])",
    ]
  )
  func refused(_ text: String) {
    #expect(terms(text) == nil)
  }

  @Test("never crash, cut off anywhere")
  func cutOff() {
    let text =
      "filter.matchesAny(get(attributes, \"path\", \"\"), [`a`, 'b\\n', r\"c\"]) || entropy(finding[\"secret\"]) <= 3"
    #expect(terms(text)?.count == 2)
    let whole = "filter.matchesAny(get(attributes, \"path\", \"\"), [`a`, 'b\\n', r\"c\"])".count
    for length in 0..<text.count - 1 where length < whole || length > whole + 3 {
      #expect(terms(String(text.prefix(length))) == nil, "\(text.prefix(length))")
    }
  }

  @Test("are refused where parentheses nest too deep")
  func deep() {
    func nested(_ depth: Int) -> String {
      String(repeating: "(", count: depth) + "entropy(finding[\"secret\"]) <= 3" + String(repeating: ")", count: depth)
    }
    #expect(terms(nested(32)) == [.entropy(3)])
    #expect(terms(nested(33)) == nil)
    #expect(terms(nested(300_000)) == nil)
  }
}
