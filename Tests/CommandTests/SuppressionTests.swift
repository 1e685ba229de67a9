import Foundation
import Testing

/// J07: what is accepted, how long, and who may accept it.
struct SuppressionTests {
  /// A repository with a value in it, and the value's fingerprint.
  private func leaking() throws -> (GitRepositoryFolder, fingerprint: String) {
    let repository = try GitRepositoryFolder()
    _ = try repository.workspace.run("leakgate key new k")
    try repository.write("k = \(try Secret.house())\n", to: "a")
    try repository.git("git add a")
    let output = try repository.judge("staged --format jsonl --key ../k").output
    let fingerprint = output.components(separatedBy: #""fingerprint":""#).dropFirst().first?.prefix(32)
    return (repository, String(try #require(fingerprint)))
  }

  private func suppress(_ fingerprint: String, in workspace: Workspace, _ more: String = "") throws -> Outcome {
    try workspace.run("leakgate suppress \(fingerprint) --reason 'a test' --file s.toml \(more)")
  }

  @Test func `a value that is accepted passes wherever it stands, another one does not`() throws {
    let (repository, fingerprint) = try leaking()
    let workspace = repository.workspace
    #expect(
      try suppress(fingerprint, in: workspace, "--rule house --rules rules.toml --expires 2999-12-31").status == 0)
    #expect(try workspace.read("s.toml").contains("expires = \"2999-12-31\""))
    let accepted = try repository.judge("staged --key ../k --suppressions ../s.toml")
    #expect(accepted.status == 0)
    #expect(accepted.output.contains("1 suppressed"))
    try repository.git("git mv a moved; echo more >> moved; git add .")
    #expect(try repository.judge("staged --key ../k --suppressions ../s.toml").status == 0)
    #expect(try workspace.run("leakgate scan r/moved --rules rules.toml --key k --suppressions s.toml").status == 0)
    try repository.write("k = \(try Secret.house(2))\n", to: "moved")
    try repository.git("git add .")
    #expect(try repository.judge("staged --key ../k --suppressions ../s.toml").status == 1)
  }

  @Test func `J07: an expired suppression accepts nothing, an unused one is told`() throws {
    let (repository, fingerprint) = try leaking()
    let entry = "[[suppression]]\nfingerprint = '\(fingerprint)'\nreason = 'old'\nexpires = '2020-01-01'\n"
    try repository.workspace.write(entry, to: "s.toml")
    let expired = try repository.judge("staged --key ../k --suppressions ../s.toml")
    #expect(expired.status == 1)
    #expect(expired.output.contains("expired on 2020-01-01"))
    try repository.workspace.write(entry.replacingOccurrences(of: "2020", with: "2999"), to: "s.toml")
    let unused = try repository.workspace.run("leakgate scan rules.toml --rules rules.toml --suppressions s.toml")
    #expect(unused.status == 0)
    #expect(unused.output.contains("matches nothing any more"))
  }

  @Test func `J07: under sot each suppression that expired or is unused counts as a finding`() throws {
    let (repository, fingerprint) = try leaking()
    let entries = [
      (fingerprint, "2020"), (String(repeating: "0", count: 32), "2020"), (String(repeating: "1", count: 32), "2999"),
    ]
    let text = entries.map { "[[suppression]]\nfingerprint = '\($0)'\nreason = 'old'\nexpires = '\($1)-01-01'\n" }
    try repository.workspace.write(text.joined(), to: "s.toml").write("nothing\n", to: "clean")
    let scan = "leakgate scan --rules rules.toml --key k --suppressions s.toml --format json"
    for (line, code, sot) in [("clean", 0, 3), ("r/a", 1, 4)] {
      let relaxed = try repository.workspace.run("\(scan) \(line)")
      #expect(relaxed.status == (code > 0 ? 1 : 0))
      #expect(relaxed.output.contains("\"findings\":\(code),"))
      let strict = try repository.workspace.run("\(scan) --policy sot \(line)")
      #expect(strict.status == 1)
      #expect(strict.output.contains("\"findings\":\(sot),"), "\(strict.output)")
    }
    // What is staged is not all there is: that nothing matched says nothing of a suppression then.
    try repository.git("git reset -q; echo x > x; git add x; git commit -qm x; git add a")
    let staged = try repository.judge("staged --key ../k --suppressions ../s.toml --policy sot --format json")
    #expect(staged.output.contains("\"findings\":3,"), "\(staged.output)")
  }

  @Test func `J07: a suppression of another rule accepts nothing`() throws {
    let (repository, fingerprint) = try leaking()
    #expect(try suppress(fingerprint, in: repository.workspace, "--rule groq-api-key").status == 0)
    #expect(try repository.judge("staged --key ../k --suppressions ../s.toml").status == 1)
  }

  @Test func `no change approves itself`() throws {
    let (repository, fingerprint) = try leaking()
    try repository.git("git reset -q; echo x > x; git add x; git commit -qm x")
    let entry = "[[suppression]]\nfingerprint = '\(fingerprint)'\nreason = 'mine'\n"
    try repository.write(entry, to: ".leakgate/suppressions.toml")
    try repository.git("git add -A .")
    #expect(try repository.judge("staged --key ../k").status == 1)
    #expect(try repository.judge("staged --key ../k --base-suppressions").status == 1)
    try repository.git("git commit -qm both")
    #expect(try repository.judge("range HEAD~1..HEAD --key ../k --base-suppressions").status == 1)
    // Once it is in HEAD it counts.
    try repository.git(
      "git reset -q HEAD~1 -- a; git rm -q --cached a 2>/dev/null || true; git commit -qm apart; git add a")
    #expect(try repository.judge("staged --key ../k --base-suppressions").status == 0)
    try repository.git("git commit -qm a")
    for line in ["history", "history HEAD", "worktree"] {
      #expect(try repository.judge("\(line) --key ../k").status == 1, "\(line)")
      let accepted = try repository.judge("\(line) --key ../k --base-suppressions")
      #expect(accepted.status == 0 && accepted.output.contains("1 suppressed"), "\(line)")
    }
  }

  @Test(arguments: [
    "[[suppression]]\nfingerprint = 'x'\nreason = 'y'", "[[suppression]]\nreason = 'y'", "[suppression]\n", "a = 1",
    "[[",
    "[[suppression]]\nfingerprint = '00000000000000000000000000000000'\nreason = ' '",
    "[[suppression]]\nfingerprint = '00000000000000000000000000000000'\nreason = 'y'\nexpire = '2020-01-01'",
    "[[suppression]]\nfingerprint = '00000000000000000000000000000000'\nreason = 'y'\nexpires = '01.01.2020'",
  ])
  func `a file that cannot be understood is invalid`(_ text: String) throws {
    let workspace = try Workspace().writeRules().write(text, to: "s.toml").write("x", to: "a")
    #expect(try workspace.run("leakgate scan a --rules rules.toml --suppressions s.toml").status == 2)
  }

  @Test func `a suppression that makes no sense is refused`() throws {
    let workspace = try Workspace()
    let fingerprint = String(repeating: "0", count: 32)
    for more in ["--expires 2020-01-01", "--expires soon", "--expires 2999-02-29", "--expires 2999-04-31"] {
      #expect(try suppress(fingerprint, in: workspace, more).status == 2)
    }
    #expect(try suppress("xyz", in: workspace).status == 2)
    #expect(try workspace.run("leakgate suppress \(fingerprint) --reason ' '").status == 2)
    let unknown = try suppress(fingerprint, in: workspace, "--rule groq-api-kye")
    #expect(unknown.status == 2 && unknown.errors.contains("no rule groq-api-kye; there is groq-api-key"))
    #expect(
      try suppress(fingerprint, in: workspace, "--rule no-such-rule-at-all").errors.contains("'leakgate rules list'"))
    #expect(try !workspace.names().contains("s.toml"))
  }

  @Test func `a value is accepted once, whatever its last day`() throws {
    let workspace = try Workspace()
    let fingerprint = String(repeating: "0", count: 32)
    #expect(try suppress(fingerprint, in: workspace).status == 0)
    for more in ["", "--expires 2999-12-31"] {
      let again = try suppress(fingerprint, in: workspace, more)
      #expect(again.status == 2 && again.errors.contains("(suppression 1, without a last day); change it there"))
    }
    #expect(try suppress(fingerprint, in: workspace, "--rule groq-api-key --expires 2999-12-31").status == 0)
    let dated = try suppress(fingerprint, in: workspace, "--rule groq-api-key")
    #expect(dated.status == 2 && dated.errors.contains("(suppression 2, until 2999-12-31)"))
  }

  @Test func `what has expired is renewed in its place, and all else of the file stays`() throws {
    let (repository, fingerprint) = try leaking()
    let workspace = repository.workspace
    let entry = { (day: String) in
      "[[suppression]]\nfingerprint = '\(fingerprint)'\nreason = 'old'\nexpires = '\(day)'\n"
    }
    let zeros = String(repeating: "0", count: 32)
    let other = "# of another\n[[suppression]]\nfingerprint = '\(zeros)'\nreason = 'x [[suppression]]' # why\n"
    try workspace.write("# ours\n" + entry("2020-01-01") + "\n" + other + "\n" + entry("2021-01-01"), to: "s.toml")
    _ = try workspace.run("chmod 640 s.toml")
    #expect(try repository.judge("staged --key ../k --suppressions ../s.toml").status == 1)
    let renewed = try suppress(fingerprint, in: workspace, "--expires 2999-12-31 --author A")
    #expect(renewed.status == 0 && renewed.output.hasPrefix("renewed in s.toml: "), "\(renewed)")
    let text = try workspace.read("s.toml")
    #expect(text.hasPrefix("# ours\n[[suppression]]\nfingerprint = \"\(fingerprint)\"\n"))
    #expect(text.contains("expires = \"2999-12-31\"\n\n\(other)") && !text.contains("2020") && !text.contains("2021"))
    #expect(try workspace.run("stat -c %a s.toml").output == "640\n")
    let judged = try repository.judge("staged --key ../k --suppressions ../s.toml")
    #expect(judged.status == 0 && !judged.output.contains("expired"))
    #expect(try suppress(fingerprint, in: workspace, "--expires 2999-12-31").status == 2)
  }

  @Test func `entries that cannot be told apart in a file are left to the caller`() throws {
    let fingerprint = String(repeating: "0", count: 32)
    let text = "suppression = [{fingerprint = '\(fingerprint)', reason = 'old', expires = '2020-01-01'}]\n"
    let workspace = try Workspace().write(text, to: "s.toml")
    let outcome = try suppress(fingerprint, in: workspace)
    #expect(outcome.status == 2 && outcome.errors.contains("take it out by hand"))
    #expect(try workspace.read("s.toml") == text)
    _ = try workspace.run("rm s.toml; mkdir s.toml")
    #expect(try suppress(fingerprint, in: workspace).errors.contains("it is not a file"))
  }

  @Test func `a baseline that is there is told, and how to renew it`() throws {
    let (repository, _) = try leaking()
    try repository.commit()
    let outcome = try repository.workspace.run("cd r && leakgate baseline create a --reason x")
    #expect(outcome.status == 2 && outcome.errors.contains("name another file, or renew single values with"))
  }

  @Test func `a baseline accepts what a policy finds beyond the caller's rules`() throws {
    let repository = try GitRepositoryFolder()
    try repository.write("api_key = \"\(try Secret.groq())\"\n", to: "a")
    try repository.commit()
    let options = "--rules ../rules.toml --policy artifact"
    #expect(try repository.workspace.run("cd r && leakgate git history \(options)").status == 1)
    let outcome = try repository.workspace.run("cd r && leakgate baseline create ../s.toml \(options)")
    #expect(outcome.status == 0 && outcome.output.contains("1 value accepted"), "\(outcome.output)\(outcome.errors)")
    let judged = try repository.workspace.run("cd r && leakgate git history \(options) --suppressions ../s.toml")
    #expect(judged.status == 0, "\(judged.output)")
  }

  @Test func `a baseline accepts what is there, in a folder it makes, and refuses what is new`() throws {
    let (repository, _) = try leaking()
    try repository.commit()
    let create = "leakgate baseline create ../accepted/s.toml --rules ../rules.toml"
    let workspace = repository.workspace
    #expect(try workspace.run("cd r && \(create) --key ../k --author 'A B'").status == 0)
    #expect(try workspace.read("accepted/s.toml").contains("author = \"A B\"\n"))
    #expect(try workspace.run("cd r && \(create) --key ../k").status == 2)
    #expect(try repository.judge("history --key ../k --suppressions ../accepted/s.toml").status == 0)
    try repository.write("k = \(try Secret.house(2))\n", to: "a")
    try repository.commit()
    #expect(try repository.judge("history --key ../k --suppressions ../accepted/s.toml").status == 1)
  }
}
