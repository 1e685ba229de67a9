import Foundation
import Testing

struct GateTests {
  private static let record = ".sot/03-PROTOCOLS/CTO-CASE-MODEL-PROVIDER-ADMISSION.q.json"

  /// A repository whose base, tagged `base`, holds an admission record.
  private func repository() throws -> GitRepositoryFolder {
    let repository = try GitRepositoryFolder()
    try repository.write("x", to: "a")
    try repository.write(RecordCommandTests.record, to: Self.record)
    try repository.commit()
    try repository.git("git tag base")
    return repository
  }

  @Test func `a change that keeps governed documents in order passes`() throws {
    let repository = try repository()
    try repository.git("echo y > a; echo text > .sot/note.md; git add -A; git commit -qm change")
    let outcome = try repository.gate("base..HEAD")
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("note: .sot/**: one governed document has new content"))
    #expect(try repository.gate("base..base").status == 2)
    #expect(try repository.gate("base..base --allow-empty").status == 0)
    #expect(try repository.gate("nosuch..HEAD").status == 2)
    #expect(try repository.gate("base..HEAD --governed '['").status == 2)
  }

  @Test func `a governed document is one in whatever case its path is written`() throws {
    let repository = try repository()
    // Checked out where cases are not told apart, it takes the place of the other.
    try repository.git("mkdir .SOT; echo text > .SOT/Note.md; git add -A; git commit -qm change")
    for governed in ["", "--governed '.sot/**'", "--governed '.Sot/[N]ote.*'"] {
      let outcome = try repository.gate("base..HEAD \(governed)")
      #expect(outcome.output.contains(": one governed document has new content"), "\(outcome.output)")
    }
    let other = try repository.gate("base..HEAD --governed '.sott/**'")
    #expect(other.output.contains(": no governed document has new content"))
  }

  @Test func `a new value is found as in a range, in a governed document once and under sot`() throws {
    let repository = try repository()
    try repository.write(try Secret.house(), to: "b")
    try repository.write("k \(try Secret.house(2))\n", to: ".sot/note.md")
    try repository.commit()
    try repository.git("sed -i 1ifirst .sot/note.md; git commit -qam more")
    let outcome = try repository.gate("base..HEAD --format jsonl")
    #expect(outcome.status == 1)
    let findings = try objects(outcome).filter { $0["kind"] as? String == "finding" }
    #expect(findings.map { $0["path"] as? String } == ["b", ".sot/note.md"])
    #expect(findings.map { $0["policy"] as? String } == ["code", "sot"])
    // Where the document has it now, with the commit that brought it.
    #expect(findings.map { $0["line"] as? Int } == [1, 2])
    let git = try #require(findings[1]["git"] as? [String: Any])
    #expect(git["commit"] as? String == (try repository.git("git rev-parse HEAD~1")))
    #expect(git["object"] as? String == (try repository.git("git rev-parse HEAD:.sot/note.md")))
  }

  @Test func `G11: a governed document is judged whole where it changes, its old values too`() throws {
    let repository = try repository()
    try repository.write("k \(try Secret.house())\n", to: ".sot/note.md")
    try repository.commit()
    try repository.git("git tag one; echo more >> .sot/note.md; git commit -qam more; git tag two")
    let outcome = try repository.gate("one..two")
    #expect(outcome.status == 1)
    #expect(outcome.output.contains(".sot/note.md:1:3: ") && outcome.output.contains("stands in a governed document"))
    #expect(try repository.gate("--governed 'other/**' one..two").status == 0)
    // What is governed cannot be left out, nor remembered as clean under another policy.
    #expect(try repository.gate("one..two --exclude .sot").status == 1)
    // Not touched, not judged.
    try repository.git("echo z > a; git commit -qam z")
    #expect(try repository.gate("two..HEAD").status == 0)
  }

  @Test func `under sot a secret key name is enough`() throws {
    let repository = try repository()
    try repository.write("{\"api_key\": null}\n", to: ".sot/config.json")
    try repository.write("{\"api_key\": null}\n", to: "config.json")
    try repository.commit()
    let outcome = try repository.workspace.run("cd r && leakgate gate base..HEAD --format jsonl")
    #expect(outcome.status == 1)
    let paths = try objects(outcome).filter { $0["kind"] as? String == "finding" }.map { $0["path"] as? String }
    #expect(paths == [".sot/config.json"])
  }

  @Test func `what comes to the base meanwhile is not the change's doing`() throws {
    let repository = try repository()
    try repository.git("git checkout -q -b topic; echo y > a; git commit -qam topic; git checkout -q main")
    try repository.write("k \(try Secret.house())\n", to: ".sot/main.md")
    try repository.commit()
    let outcome = try repository.gate("main..topic")
    #expect(outcome.status == 0 && !outcome.output.contains("deleted"))
    // The merge of both, as a build service makes it, brings what the topic changes.
    try repository.git("git checkout -q topic; echo t > .sot/t.md; git add -A; git commit -qm t")
    try repository.git("git checkout -q main; git merge -q --no-ff -m merge topic; git tag merged")
    #expect(try repository.gate("merged^1..merged").output.contains("one governed document has new content"))
    // A value that only the merge itself brings.
    try repository.git("git reset -q --hard merged^1; git merge -q --no-commit --no-ff topic")
    try repository.write("k \(try Secret.house(2))\n", to: ".sot/t.md")
    try repository.git("git add -A; git commit -qm evil")
    #expect(try repository.gate("HEAD^1..HEAD").status == 1)
  }

  @Test func `deleted and renamed documents are listed`() throws {
    let repository = try repository()
    try repository.git("git mv \(Self.record) .sot/other.json; git commit -qm move; git tag moved")
    let moved = try repository.gate("base..moved")
    #expect(moved.status == 0)
    #expect(moved.output.contains("note: \(Self.record): governed document renamed to .sot/other.json\n"))
    // Renamed and changed, and out of what is governed.
    try repository.git("mkdir d; git mv .sot/other.json d/o.json; echo >> d/o.json; git commit -qam out; git tag out")
    #expect(try repository.gate("moved..out").output.contains("renamed to d/o.json, which is not governed"))
    try repository.git("git rm -q d/o.json; git commit -qm remove")
    #expect(try repository.gate("moved..HEAD").output.contains("note: .sot/other.json: governed document deleted\n"))
  }

  @Test func `G11: records have to be valid, by name, by content and because they were`() throws {
    let repository = try repository()
    try repository.git("sed -i s/model/models/ \(Self.record); git commit -qam break")
    let broken = try repository.gate("base..HEAD")
    #expect(broken.status == 2)
    #expect(broken.errors.contains("governed admission record \(Self.record):1:1: model: is missing"))
    for lines in [
      "echo '{' > \(Self.record)",
      "git mv \(Self.record) .sot/other.json; sed -i s/admission_timestamp/at/ .sot/other.json",
      "git mv \(Self.record) .sot/other.json; sed -i s/provider/providers/ .sot/other.json",
      "echo '{\"decision_status\": 1, \"decision_status\": 2}' > .sot/d.json",
      "echo '{}' > .sot/case-provider-decision.json",
    ] {
      try repository.git("git reset -q --hard base; \(lines); git add -A; git commit -qm x")
      #expect(try repository.gate("base..HEAD").status == 2, "\(lines)")
    }
    try repository.git("git reset -q --hard base; echo '{\"a\": 1}' > .sot/any.json; git add -A; git commit -qm any")
    #expect(try repository.gate("base..HEAD").status == 0)
    // It was a record, so it has to stay one.
    try repository.git("git mv \(Self.record) .sot/r.json; git commit -qm move; git tag moved")
    try repository.git("echo '{\"a\": 1}' > .sot/r.json; git commit -qam gone")
    #expect(try repository.gate("moved..HEAD").status == 2)
  }

  @Test func `where old documents are missing, what became of them is incomplete`() throws {
    let repository = try repository()
    let id = try repository.git("git rev-parse HEAD:\(Self.record)")
    try repository.git("git mv \(Self.record) .sot/o.json; sed -i s/admission_timestamp/at/ .sot/o.json")
    try repository.git("git commit -qam move; rm -f .git/objects/\(id.prefix(2))/\(id.dropFirst(2))")
    let outcome = try repository.gate("base..HEAD")
    #expect(outcome.status == 3 && outcome.errors.contains("incomplete: renames: "))
  }

  @Test func `G14: a decision that contradicts an admission is invalid, whichever of them changes`() throws {
    let repository = try repository()
    let message = "governed decision record .sot/d.json:1:1: nothing is decided, yet qwen-local / "
    // The admission stands at the base, and the change does not touch it.
    try repository.write(RecordCommandTests.decision, to: ".sot/d.json")
    try repository.git("git add -A")
    let staged = try repository.judge("staged --governed '.sot/**'")
    #expect(staged.status == 2 && staged.errors.contains(message))
    try repository.commit()
    try repository.git("git tag both")
    let outcome = try repository.gate("base..both")
    #expect(outcome.status == 2 && outcome.errors.contains(message))
    try repository.git("echo >> \(Self.record); git commit -qam touch")
    #expect(try repository.gate("both..HEAD").status == 2)
    // A change leaves all records in order where it touches a governed document, and none where it does not.
    try repository.git("git reset -q --hard both; echo note > .sot/note.md; git add -A; git commit -qm note")
    #expect(try repository.gate("both..HEAD").errors.contains(message))
    try repository.git("git reset -q --hard both; echo y > a; git commit -qam y; git tag other")
    #expect(try repository.gate("both..other").status == 0)
    for record in [Self.record, ".sot/d.json"] {
      try repository.git("git reset -q --hard both; git rm -q \(record); git commit -qm gone")
      #expect(try repository.gate("both..HEAD").status == 0)
    }
  }

  @Test func `G14: a record that the change leaves as it is has to be valid`() throws {
    let repository = try repository()
    try repository.write("{\"approval_source\": \"\(try Secret.house())\"}\n", to: ".sot/case-provider-admission.json")
    try repository.git("git add -A; git commit -qm broken; git tag broken")
    try repository.git("echo note > .sot/note.md; git add -A; git commit -qm note")
    let outcome = try repository.gate("broken..HEAD")
    #expect(outcome.status == 2)
    let name = "governed admission record .sot/case-provider-admission.json:1:"
    #expect(outcome.errors.contains("\(name)1: model: is missing"))
    #expect(outcome.errors.contains("\(name)22: holds a secret"), "\(outcome.errors)")
  }

  @Test func `a file that is named like a revision confuses nobody`() throws {
    let repository = try repository()
    try repository.git(
      "touch HEAD 4b825dc642cb6eb9a060e54bf8d69288fbee4904; git mv \(Self.record) .sot/o.json; git add -A")
    let outcome = try repository.judge("staged --governed '.sot/**'")
    #expect(outcome.status == 0 && outcome.output.contains("renamed to .sot/o.json"), "\(outcome.errors)")
  }

  @Test func `G11: what a governed path only points to is not judged, so the change is incomplete`() throws {
    let repository = try repository()
    try repository.git("ln -s ../a .sot/link; git add -A; git commit -qm link; git tag link")
    let link = try repository.gate("base..HEAD")
    #expect(link.status == 3 && link.errors.contains("incomplete: .sot/link: a symbolic link"))
    #expect(try repository.gate("base..HEAD --accept-incomplete '.sot/link'").status == 0)
    try repository.git(
      "git update-index --add --cacheinfo 160000,$(git rev-parse HEAD),.sot/module; git commit -qm module")
    #expect(try repository.gate("link..HEAD").status == 3)
    try repository.git("git reset -q --hard link")
    let pointer =
      "version https://git-lfs.github.com/spec/v1\noid sha256:\(String(repeating: "0", count: 64))\nsize 9\n"
    try repository.write(pointer, to: ".sot/large.md")
    try repository.commit()
    #expect(try repository.gate("link..HEAD").status == 3)
  }

  @Test func `G11: a link or submodule where governed documents would be makes the change incomplete`() throws {
    let repository = try repository()
    try repository.git(
      "git rm -rq .sot; mkdir other; echo x > other/x; ln -s other .sot; git add -A; git commit -qm link")
    for globs in ["", "--governed .sot/03-PROTOCOLS/x.json", "--governed .sot/", "--governed '.sot/*/x.json'"] {
      let link = try repository.gate("base..HEAD \(globs)")
      #expect(link.status == 3 && link.errors.contains("incomplete: .sot: a symbolic link"), "\(globs)")
    }
    #expect(try repository.gate("base..HEAD --governed 'docs/**'").status == 0)
    #expect(try repository.judge("staged --governed '.sot/**'").status == 0)
    try repository.git("git rm -q .sot; git update-index --add --cacheinfo 160000,$(git rev-parse HEAD),.sot")
    #expect(try repository.judge("staged --governed '.sot/**'").status == 3)
    try repository.git("git commit -qm module")
    #expect(try repository.gate("base..HEAD").status == 3)
  }

  @Test func `G03: a secret that a merge brings back from behind the base is found`() throws {
    let repository = try GitRepositoryFolder()
    try repository.write("key \(try Secret.house())\n", to: "s")
    try repository.commit()
    try repository.git("git tag old; echo none > s; git commit -qam gone; git tag base")
    // All of it is in the old commit, so git sees no difference from every parent.
    try repository.git("git reset -q --hard $(git commit-tree -p base -p old -m merge 'old^{tree}')")
    for command in ["gate base..HEAD", "git range base..HEAD"] {
      let outcome = try repository.workspace.run("cd r && leakgate \(command) --rules ../rules.toml")
      #expect(outcome.status == 1, "\(command)")
    }
    #expect(try repository.judge("range old..HEAD").status == 0)
  }

  @Test func `a shallow clone is incomplete or invalid, never clean`() throws {
    let repository = try repository()
    try repository.git("echo 1 > a; git commit -qam 1; echo 2 > a; git commit -qam 2; git tag later")
    try repository.git("git checkout -q -b topic base; echo t > t; git add t; git commit -qm t")
    try repository.git("git clone -q --depth 1 --no-single-branch file://$PWD ../shallow")
    let gate = "cd shallow && leakgate gate --rules ../rules.toml"
    let missing = try repository.git("git rev-parse later~1")
    #expect(try repository.workspace.run("\(gate) \(missing)..origin/topic").status == 2)
    #expect(try repository.workspace.run("\(gate) origin/main..origin/topic").status == 3)
  }

  @Test func `unusual names are judged and shown escaped`() throws {
    let repository = try repository()
    try repository.write("k \(try Secret.house())\n", to: "x")
    let name = #"$(printf '::error::two\nlines \377 ü"')"#
    try repository.git("git mv -f a .sot/a; mv x \".sot/\(name)\"; git add -A .; git commit -qm odd")
    let outcome = try repository.gate("base..HEAD")
    #expect(outcome.status == 1)
    #expect(outcome.lines.contains { $0.hasPrefix(#".sot/::error::two\nlines \xFF ü":1:3: "#) })
    let secret = try Secret.house(3)
    try repository.git("git tag odd; git mv .sot/a .sot/\(secret); git commit -qm name")
    let named = try repository.gate("odd..HEAD --explain")
    #expect(named.status == 1)
    #expect(!(named.output + named.errors).contains(secret.suffix(8)))
  }

  @Test func `G11: no change approves itself, and governed documents rest on decisions with a last day only`() throws {
    let repository = try repository()
    _ = try repository.workspace.run("leakgate key new k")
    try repository.write("k \(try Secret.house())\n", to: ".sot/note.md")
    try repository.git("git checkout -q -b topic; git add -A; git commit -qm note")
    let options = "main..topic --key ../k --base-suppressions"
    let fingerprint = try #require(
      try repository.gate("\(options) --format jsonl").output.components(separatedBy: "\"fingerprint\":\"").dropFirst()
        .first?.prefix(32))
    let suppress = "leakgate suppress \(fingerprint) --reason 'a test'"
    // In the change itself: has no say.
    _ = try repository.workspace.run("cd r && \(suppress) --expires 2999-12-31")
    try repository.commit()
    #expect(try repository.gate(options).status == 1)
    // In the base without a last day: counts for code only.
    try repository.git("git reset -q --hard HEAD~1; git checkout -q main")
    _ = try repository.workspace.run("cd r && \(suppress)")
    try repository.commit()
    #expect(try repository.gate(options).status == 1)
    #expect(try repository.gate("\(options) --governed 'none/**'").status == 0)
    try repository.git("rm .leakgate/suppressions.toml; \(suppress) --expires 2999-12-31")
    try repository.commit()
    let accepted = try repository.gate(options)
    #expect(accepted.status == 0 && accepted.output.contains("1 suppressed"))
    #expect(try repository.gate("main..topic --key ../k").status == 1)
  }

  private func objects(_ outcome: Outcome) throws -> [[String: Any]] {
    try outcome.lines.map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
  }
}
