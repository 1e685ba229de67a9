import Testing

/// X05: no output holds a secret or enough of it to rebuild it.
struct RedactionTests {
  static let formats = [
    "", "--format json", "--format jsonl", "--format github", "--format gitlab", "--format sarif", "--explain",
    "-o report; cat report",
  ]

  /// Runs every format and demands that no output shows the secret.
  private func expectNothing(of secret: String, in workspace: Workspace, _ line: String = "leakgate scan .") throws {
    for format in Self.formats {
      #expect(!(try workspace.run("rm -f report; \(line) \(format)")).shows(secret), "\(line) \(format)")
    }
  }

  @Test func `X05: a secret in a line, beside another, in a long line and in a file name`() throws {
    let (secret, other) = (try Secret.groq(1), try Secret.groq(2))
    let workspace = try Workspace().write("a=\(secret) b=\(other)\n", to: "two")
    try workspace.write(
      String(repeating: "z", count: 5000) + " " + secret + " " + String(repeating: "z", count: 5000), to: "long")
    try workspace.write(secret, to: "named-\(secret).txt").write(secret + "\n" + secret, to: "lines")
    try expectNothing(of: secret, in: workspace)
    try expectNothing(of: other, in: workspace)
  }

  @Test func `X05: a secret in the name of what cannot be read`() throws {
    let secret = try Secret.groq()
    let workspace = try Workspace().write("x", to: "a")
    _ = try workspace.run("mkfifo 'pipe-\(secret)'")
    try expectNothing(of: secret, in: workspace)
    try expectNothing(of: secret, in: workspace, "leakgate scan 'missing-\(secret)'")
  }

  @Test func `X05: a secret in the pattern of what is left out`() throws {
    let secret = try Secret.groq()
    let workspace = try Workspace().write("x", to: "a").write("y", to: secret)
    try expectNothing(of: secret, in: workspace, "leakgate scan . --exclude \(secret)")
    #expect(try workspace.run("leakgate scan . --exclude \(secret)").output.contains("excluded: 1 entry by 'gsk_"))
  }

  @Test func `X05: a secret in a layer shows neither itself nor its encoded form`() throws {
    let secret = try Secret.groq()
    let workspace = try Workspace()
    _ = try workspace.run(
      """
      printf 'key: %s and more text' '\(secret)' | base64 -w 0 > encoded
      printf 'key: %s\\n' '\(secret)' | gzip > packed.gz
      printf '{"log": "{\\\\"key\\\\": \\\\"%s\\\\"}"}\\n' '\(secret)' > escaped.json
      """)
    let encoded = try workspace.run("cat encoded").output
    #expect(try workspace.run("leakgate scan encoded").status == 1)
    #expect(try workspace.run("leakgate scan packed.gz").status == 1)
    try expectNothing(of: secret, in: workspace)
    try expectNothing(of: String(encoded.dropFirst(8)), in: workspace)
  }

  @Test func `X05: a secret in a path is not told in the answer`() throws {
    let secret = try Secret.groq()
    let workspace = try Workspace().write("{}", to: "\(secret).json")
    _ = try workspace.run("git init -q \(secret); leakgate key new k")
    let zeros = String(repeating: "0", count: 32)
    for line in [
      "hook install -C \(secret)", "hook install -C \(secret) --pre-commit --commit-msg", "hook uninstall -C \(secret)",
      "suppress \(zeros) --reason x --file \(secret).toml", "baseline create \(secret).base --reason x -C \(secret)",
      "key new \(secret).key", "key new \(secret).key", "suppress \(zeros) --reason x --rule \(secret)",
      "admission check \(secret).json", "admission check --json \(secret).json", "decision check \(secret).json",
    ] {
      let outcome = try workspace.run("leakgate \(line)")
      #expect(!outcome.shows(secret), "\(line): \(outcome)")
    }
    #expect(try workspace.run("leakgate hook install -C \(secret)").output.contains("gsk_***/.git/hooks/pre-commit\n"))
  }

  @Test func `X05: a secret in the id or pattern of a caller's rule is not shown, and each rule keeps a name`() throws {
    let secret = try Secret.groq()
    let rule = { (id: String, pattern: String) in
      "[[rules]]\nid = '\(id)'\ndescription = 'Of \(secret).'\nregex = '''\(pattern)'''\nexamples = ['''\(secret)''']\n"
    }
    let workspace = try Workspace()
      .write(
        rule("\(secret)", "house_[a-z]{8}") + rule(" \(secret)", "nest_[a-z]+") + rule("same", secret), to: "h.toml"
      )
      .write(rule("\(secret)", "(("), to: "broken.toml").write("x house_abcdefgh\n\(secret)\n", to: "a")
    let lines = [
      "rules list", "rules list --format json", "rules show same", "rules show same --format json",
      "rules show \(secret)",
      "rules show 'gsk_***'", "rules check h.toml", "rules check broken.toml", "rules list --rules broken.toml",
      "scan a --explain",
      "rules import h.toml > made.toml",
      "scan a --format json", "scan a --format sarif", "scan a --format github", "scan a --format gitlab",
      "scan a --format jsonl",
    ]
    for line in lines {
      let isOfFile = line.contains(".toml")
      let outcome = try workspace.run("leakgate \(line)\(isOfFile ? "" : " --rules h.toml")")
      #expect(!outcome.shows(secret), "\(line): \(outcome)")
      if line.hasPrefix("scan") { #expect(outcome.status == 1, "\(line): \(outcome)") }
    }
    let list = try workspace.run("leakgate rules list --rules h.toml").output
    #expect(list.contains("gsk_*** ") && list.contains("same "), "\(list)")
    #expect(try workspace.run("leakgate rules show 'gsk_***' --rules h.toml").output.contains("house_[a-z]{8}"))
  }

  @Test(arguments: [
    "git history", "git history -C", "git history --since", "git range", "git staged --exclude [", "git message /no/",
    "scan --rules /no/", "scan --suppressions /no/", "scan --", "suppress --reason x", "rules show", "",
  ])
  func `X05: a secret among the arguments is not told in the error`(_ command: String) throws {
    let secret = try Secret.groq()
    let isOpen = command.last.map { "/[-".contains($0) } ?? true
    let outcome = try Workspace().run("git init -q .; leakgate \(command)\(isOpen ? "" : " ")\(secret)")
    #expect(outcome.status == 2)
    #expect(!outcome.shows(secret), "\(outcome.errors)")
  }
}

extension Outcome {
  /// Whether eight bytes of a secret, behind the prefix its rule knows, are in what was printed.
  func shows(_ secret: String) -> Bool {
    let (shown, body) = (Array((output + errors).utf8), Array(secret.utf8.dropFirst(4)))
    return (0...(body.count - 8)).contains { shown.contains(subsequence: body[$0..<($0 + 8)]) }
  }
}

extension [UInt8] {
  func contains(subsequence: ArraySlice<UInt8>) -> Bool {
    guard count >= subsequence.count else { return false }
    return (0...(count - subsequence.count)).contains { self[$0..<($0 + subsequence.count)].elementsEqual(subsequence) }
  }
}
