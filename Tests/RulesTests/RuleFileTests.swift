import Rules
import Testing

@Suite("Rule files")
struct RuleFileTests {
  private static let everyKey = """
    title = "All"
    description = "Every key."
    minVersion = "8.25.0"
    [extend]
    useDefault = true
    disabledRules = ["one", "two"]
    [[rules]]
    id = "acme-token"
    description = "Acme."
    regex = '''(?<secret>acme_(?<body>[0-9a-f]{8})(?<check>[0-9a-f]{8}))'''
    secretGroup = 1
    context = ["acme", "ac_me"]
    gap = "near"
    boundary = "both"
    entropy = 2.5
    checksum = "crc32-hex"
    confidence = "low"
    severity = "critical"
    keywords = ["acme_"]
    path = '''\\.env$'''
    maxLength = 40
    tags = ["t"]
    examples = ["{{hex:3}}"]
    counterexamples = ["{{hex:4}}", "x"]
    references = ["https://acme.example"]
    remediation = "Revoke."
    since = "0.1.0"
    aliases = ["old"]
    skipReport = true
      [[rules.allowlists]]
      description = "d"
      condition = "AND"
      commits = ["abc"]
      paths = ["p"]
      regexes = ["r"]
      regexTarget = "line"
      stopwords = ["s"]
      [[rules.required]]
      id = "acme-id"
      withinLines = 5
      withinColumns = 7
    [[allowlists]]
    targetRules = ["acme-token"]
    paths = ["q"]
    """

  @Test("accept every key of the format, and keep its value")
  func everyKeyIsKnown() throws {
    for origin in [PackOrigin.own, .foreign] {
      let file = RuleFile(decoding: source(Self.everyKey), origin: origin)
      #expect(file.problems.isEmpty, "\(file.problems.map(\.text))")
      #expect(file.title?.value == "All")
      #expect(file.extend?.useDefault?.value == true)
      #expect(file.extend?.disabledRules.map(\.value) == ["one", "two"])
      let rule = try #require(file.rules.first)
      #expect(rule.secretGroup?.value == 1 && rule.maxLength?.value == 40 && rule.entropy?.value == 2.5)
      #expect(rule.context.map(\.value) == ["acme", "ac_me"] && rule.aliases.map(\.value) == ["old"])
      #expect(rule.counterexamples.map(\.value) == ["{{hex:4}}", "x"])
      #expect(rule.skipReport?.value == true && rule.path?.value == "\\.env$")
      #expect(rule.allowlists.first?.regexTarget?.value == "line")
      #expect(rule.required.first?.withinColumns?.value == 7)
      #expect(file.allowlists.first?.targetRules.map(\.value) == ["acme-token"])
    }
  }

  @Test("tell the line and column of every value")
  func places() throws {
    let text = """
      title = "x"

      [[rules]]
      id = "a-a"
        regex   =  '''
      abc'''
      examples = [
        "one", # with "quotes"
        'two',
      ]
      [[rules]]
      id="b-b"
      allowlists = [{ paths = ["p"] }, { regexes = ['r'], condition = "OR" }]
      """
    let file = RuleFile(decoding: source(text), origin: .foreign)
    #expect(file.rules.map(\.position.line) == [3, 11])
    #expect(file.rules[0].regex?.position == TextPosition(line: 6, column: 1))
    #expect(file.rules[0].regex?.position(at: 2) == TextPosition(line: 6, column: 3))
    #expect(
      file.rules[0].examples.map(\.position) == [TextPosition(line: 8, column: 4), TextPosition(line: 9, column: 4)])
    #expect(file.rules[1].id?.position == TextPosition(line: 12, column: 5))
    #expect(file.rules[1].allowlists[1].condition?.position.line == 13)
    #expect(file.rules[1].allowlists[1].regexes[0].position == TextPosition(line: 13, column: 48))
  }

  @Test("keep places right behind every kind of string, comment and table")
  func placesBehindEverything() throws {
    let fillers = [
      "a = 'x # [[rules]]'", "a = \"\\\" [[rules]]\"", "a = '''\n[[rules]]\n'''",
      "a = \"\"\"\n\\\"\"\" [[rules]]\n\"\"\"",
      "# [[rules]]", "a = [ 1, # ]\n 2 ]", "a = { b = ']', c = [ 3 ] }", "[t]\na = 1", "[[t.u]]\n'a.b' = 1", "a.b = 2",
      "a = '''x''''", "a = \"\"\"x\"\"\"\"\"", "a = 1979-05-27T07:32:00Z", "",
    ]
    for filler in fillers {
      let text = filler + "\n\n  [[rules]]\n  id = 'x-y'\n"
      let file = RuleFile(decoding: source(text), origin: .foreign)
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false).count
      #expect(file.problems.allSatisfy { !$0.isError }, "\(filler): \(file.problems.map(\.text))")
      #expect(file.rules.first?.position == TextPosition(line: lines - 2, column: 3), "\(filler)")
      #expect(file.rules.first?.id?.position == TextPosition(line: lines - 1, column: 9), "\(filler)")
    }
  }

  @Test(
    "refuse a value of the wrong type, naming the key and its place",
    arguments: [
      ("id = 3", "id must be a string"), ("regex = ['x']", "regex must be a string"),
      ("secretGroup = '1'", "secretGroup must be a whole number"), ("entropy = 'x'", "entropy must be a number"),
      ("keywords = 'x'", "keywords must be a list of strings"),
      ("keywords = ['a', 3]", "keywords must be a list of strings"),
      ("skipReport = 'yes'", "skipReport must be true or false"),
      ("allowlists = 3", "allowlists must be a list of tables"),
      ("required = ['x']", "required must be a list of tables"),
      ("maxLength = 2.5", "maxLength must be a whole number"),
    ]
  )
  func wrongTypes(_ line: String, _ message: String) {
    for origin in [PackOrigin.own, .foreign] {
      let file = RuleFile(decoding: source("# one\n[[rules]]\n# three\n" + line), origin: origin)
      #expect(file.problems.count == 1)
      #expect(file.problems.first?.isError == true)
      #expect(file.problems.first?.position.line == 4)
      #expect(file.problems.first?.message.hasPrefix(message) == true, "\(file.problems.map(\.text))")
    }
  }

  @Test("warn of keys they do not know in foreign packs, and refuse them in own ones")
  func unknownKeys() {
    let text = "colour = 'red'\n[[rules]]\nid = 'a-b'\nshape = 'round'\n[[rules.allowlists]]\nsize = 3"
    for (origin, level) in [(PackOrigin.foreign, RuleProblem.Level.warning), (.own, .error)] {
      let file = RuleFile(decoding: source(text), origin: origin)
      #expect(file.problems.map(\.level) == [level, level, level])
      #expect(file.problems.map(\.position.line) == [1, 4, 6])
      #expect(file.problems[1].rule == "a-b")
      #expect(file.problems[2].message.hasPrefix("unknown key size in rules.allowlists"))
    }
  }

  @Test("read keys in any case in foreign packs, as gitleaks does, and as they are written in own ones")
  func keyCase() {
    let text = "[[rules]]\nID = 'a-b'\nsecretgroup = 2\n[Rules.allowList]\nStopWords = ['x']"
    let foreign = RuleFile(decoding: source(text.replacing("Rules.", with: "rules.")), origin: .foreign)
    #expect(foreign.problems.isEmpty, "\(foreign.problems.map(\.text))")
    #expect(foreign.rules.first?.secretGroup?.value == 2)
    #expect(foreign.rules.first?.allowlists.first?.stopwords.map(\.value) == ["x"])
    #expect(RuleFile(decoding: source("[[rules]]\nID = 'a-b'"), origin: .own).problems.count == 1)
  }

  @Test(
    "say where text stops being TOML",
    arguments: [
      ("[[rules]]\nid = 'a\n", 2), ("title = \"x\"\n[[rules\n", 2), ("a = 1\nb = [1, 2\n", 2), ("a = 1\na = 2", 2),
      ("x", 1),
    ]
  )
  func syntaxErrors(_ text: String, _ line: Int) {
    let problems = RuleFile(decoding: source(text), origin: .foreign).problems
    #expect(problems.count == 1)
    #expect(problems.first?.isError == true)
    #expect((problems.first?.position.line ?? 0) >= line)
    #expect(problems.first?.message.contains("no valid TOML") == true)
  }

  @Test("refuse keys of more names than the TOML reader can follow")
  func deepKeys() {
    let rule = "[[rules]]\nid = 'a-b'\nregex = 'abcd[0-9]{8}'\n"
    let deep = Array(repeating: "a", count: 200_000).joined(separator: ".")
    for text in ["[\(deep)]\n", "x = {\(deep) = 1}\n", "[x]\n\(deep) = 1\n"] {
      #expect(errors(rule + text).map { $0.hasSuffix("more than 1000 names are joined by dots") } == [true])
    }
    #expect(errors(rule + "[x]\na.b . \"c\".d = 1\n").isEmpty)
  }

  @Test("refuse what the TOML reader would silently cut off: NUL bytes, escaped NULs, bytes that are not UTF-8")
  func cutOff() {
    func first(_ bytes: [UInt8]) -> RuleProblem? {
      RuleFile(decoding: RuleSource(name: "f", bytes: bytes), origin: .foreign).problems.first
    }
    let nul = first(Array("title = 'a'\nx".utf8) + [0] + Array("[[rules]]".utf8))
    #expect(nul?.position == TextPosition(line: 2, column: 2) && nul?.isError == true)
    let escaped = first(Array("title = 'a'\nb = \"x\\u0000y\"".utf8))
    #expect(escaped?.position == TextPosition(line: 2, column: 7) && escaped?.isError == true)
    let latin = first(Array("title = 'a'\n# b".utf8) + [0xE9, 0x0A])
    #expect(latin?.position.line == 2 && latin?.message == "the line is not UTF-8")
  }

  @Test("read a byte order mark, CRLF line ends and an empty file")
  func ways() {
    let bom = RuleSource(name: "f", bytes: [0xEF, 0xBB, 0xBF] + Array("[[rules]]\r\nid = 'a-b'\r\n".utf8))
    let file = RuleFile(decoding: bom, origin: .own)
    #expect(file.problems.isEmpty)
    #expect(file.rules.first?.id?.position == TextPosition(line: 2, column: 7))
    #expect(RuleFile(decoding: source(""), origin: .own).problems.isEmpty)
  }

  @Test("show problems on one line, control characters escaped")
  func problemText() {
    let problem = RuleFile(decoding: source("\"a\\u001b[31m\" = 1"), origin: .foreign).problems.first
    #expect(problem?.text == "rules.toml:1:1: warning: unknown key a\\u{1b}[31m: it has no effect")
  }
}
