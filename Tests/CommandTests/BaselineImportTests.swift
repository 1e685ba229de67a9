import Foundation
import Testing

/// What other tools were told to accept, taken over by value.
struct BaselineImportTests {
  /// A repository whose first commit holds two values in `a`, and whose files hold them in `b`, further down.
  private func moved() throws -> (GitRepositoryFolder, commit: String) {
    let repository = try GitRepositoryFolder()
    _ = try repository.workspace.run("leakgate key new k")
    try repository.write("x\nk = \(try Secret.house(1))\nk = \(try Secret.house(2))\n", to: "a")
    try repository.commit()
    let commit = try repository.git("git rev-parse HEAD")
    try repository.git("git mv a b; { echo; echo; cat b; } > c; mv c b; git commit -qam moved")
    return (repository, commit)
  }

  private func take(_ file: String, in repository: GitRepositoryFolder, _ more: String = "--key ../k") throws -> Outcome
  {
    try repository.workspace.run(
      "cd r && leakgate baseline import ../\(file) ../s.toml --reason old --rules ../rules.toml \(more)")
  }

  /// A finding as gitleaks writes it.
  private func finding(_ commit: String, _ file: String, line: Int, secret: String) -> String {
    #"{"RuleID":"generic","Commit":"\#(commit)","File":"\#(file)","StartLine":\#(line),"Secret":"\#(secret)","Tags":[]}"#
  }

  private func judge(_ repository: GitRepositoryFolder) throws -> Outcome {
    try repository.judge("history --key ../k --suppressions ../s.toml")
  }

  @Test func `a gitleaks report is taken over by value, whatever line it names`() throws {
    let (repository, commit) = try moved()
    let report = [
      finding(commit, "a", line: 2, secret: try Secret.house(1)),
      finding("", "b", line: 1, secret: try Secret.house(2)),
      finding(commit, "a", line: 3, secret: try Secret.house(2)),
    ]
    try repository.workspace.write("[\(report.joined(separator: ","))]", to: "report.json")
    let outcome = try take("report.json", in: repository)
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("2 values accepted; 3 entries carried over, 0 not"))
    #expect(try judge(repository).status == 0)
    // A second time there is nothing to add.
    #expect(try take("report.json", in: repository).output.contains("0 values accepted; 3 entries"))
    try repository.write("k = \(try Secret.house(3))\n", to: "b")
    try repository.commit()
    #expect(try judge(repository).status == 1)
  }

  @Test func `a value is looked for as deep as it is asked, and only options that count are taken`() throws {
    let (repository, _) = try moved()
    var text = "k = \(try Secret.house(1))\n"
    for _ in 0..<2 { text = Data(String(repeating: text, count: 3).utf8).base64EncodedString() }
    try repository.write(text + "\n", to: "deep")
    try repository.workspace.write("[\(finding("", "deep", line: 1, secret: try Secret.house(1)))]", to: "report.json")
    #expect(try take("report.json", in: repository, "--key ../k --max-depth 1").status == 3)
    #expect(try take("report.json", in: repository).output.contains("1 value accepted; 1 entry carried over, 0 not"))
    for option in ["--format json", "--output x", "--reveal", "--explain", "--quiet", "--suppressions x"] {
      #expect(try take("report.json", in: repository, option).status == 2, "\(option)")
      let create = "cd r && leakgate baseline create ../t.toml --reason old \(option)"
      #expect(try repository.workspace.run(create).status == 2, "\(option)")
    }
  }

  @Test func `what is no list of secrets is told`() throws {
    let (repository, _) = try moved()
    try repository.workspace.write(#"{"results":{"b":{"hashed_secret":"x"}}}"#, to: "baseline")
    let outcome = try take("baseline", in: repository)
    #expect(outcome.status == 3 && outcome.errors.contains("b: is no list of secrets"))
  }

  @Test func `a place alone accepts the one value that stands there`() throws {
    let (repository, commit) = try moved()
    try repository.workspace.write(
      "# ours\n\n\(commit):a:generic:2\n\(commit.prefix(7)):a:generic:3  \n", to: "ignore")
    #expect(try take("ignore", in: repository).status == 0)
    #expect(try judge(repository).status == 0)
  }

  @Test func `a masked report accepts what its masks fit`() throws {
    let (repository, commit) = try moved()
    let start = try Secret.house(2).prefix(9)
    try repository.workspace.write(
      "[\(finding(commit, "a", line: 2, secret: "REDACTED")),\(finding(commit, "a", line: 3, secret: start + "..."))]",
      to: "report.json")
    #expect(try take("report.json", in: repository).status == 0)
    #expect(try judge(repository).status == 0)
    try repository.workspace.write("[\(finding(commit, "a", line: 2, secret: "other..."))]", to: "report.json")
    let other = try take("report.json", in: repository)
    #expect(other.status == 1)
    #expect(other.errors.contains("another value is found there"))
  }

  @Test func `a detect-secrets baseline is taken over by its digests`() throws {
    let (repository, _) = try moved()
    let digests = try repository.git(
      "printf %s '\(try Secret.house(1))' | sha1sum | cut -c1-40; printf %s '\(try Secret.house(2))' | sha1sum | cut -c1-40"
    ).split(separator: "\n")
    let results = digests.map { #"{"type":"Secret Keyword","filename":"b","hashed_secret":"\#($0)","line_number":77}"# }
    try repository.workspace.write(
      #"{"version":"1.5.0","results":{"./b":[\#(results.joined(separator: ","))]}}"#, to: "baseline")
    #expect(try take("baseline", in: repository).status == 0)
    #expect(try judge(repository).status == 0)
  }

  @Test func `what cannot be taken over is told with the reason, and nothing of the values`() throws {
    let (repository, commit) = try moved()
    try repository.write("k = \(try Secret.house(4)) \(try Secret.house(5))\n", to: "two")
    let missing = String(repeating: "1", count: 40)
    let cases = [
      ("\(commit):a:generic:1", 0, "no such value is found there"), ("\(commit):none:generic:1", 0, "has no such file"),
      ("none:generic:1", 0, "no such file any more"), ("two:generic:1", 1, "several values are found there"),
      ("\(missing):a:generic:2", 3, "no such commit here"), ("a:generic", 3, "is no fingerprint of gitleaks"),
      (#"[{"RuleID":"x"}]"#, 3, "has no File"), ("{\"results\":{\"b\":[{}]}}", 3, "has no hashed_secret"),
      ("[\(finding(commit, "a", line: 2, secret: try Secret.house(4)))]", 1, "another value is found there"),
      ("[\(finding("main", "a", line: 2, secret: "x"))]", 3, "is no hex number"),
      ("{}", 2, "has no 'results'"), ("[{]", 2, "a name in quotes should stand here"),
    ]
    for (text, status, reason) in cases {
      try repository.workspace.write(text + "\n", to: "file")
      let outcome = try take("file", in: repository)
      #expect(outcome.status == status, "\(text.prefix(40)): \(outcome.errors)")
      #expect(outcome.errors.contains(reason), "\(outcome.errors)")
      for seed in 1...5 { #expect(!outcome.errors.contains(try Secret.house(UInt64(seed)).suffix(8))) }
    }
    #expect(try !repository.workspace.names().contains("s.toml"))
  }

  @Test func `a value that could be guessed needs a key`() throws {
    let (repository, _) = try moved()
    try repository.workspace.write("[[rules]]\nid = 'pin'\nregex = '''pin_[a-z]{6}'''\n", to: "short.toml")
    try repository.write("k = \(try Secret.filled("pin_{{lower:6}}"))\n", to: "b")
    try repository.workspace.write("b:generic:1\n", to: "file")
    let keyless = try take("file", in: repository, "--rules ../short.toml")
    #expect(keyless.status == 1)
    #expect(keyless.errors.contains("give --key"))
    #expect(try take("file", in: repository, "--rules ../short.toml --key ../k").status == 0)
  }
}
