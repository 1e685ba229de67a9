import Foundation
import TestSupport
import Testing

/// Hooks, as the real git runs them.
struct HookTests {
  private func repository() throws -> GitRepositoryFolder {
    let repository = try GitRepositoryFolder()
    try repository.git("git config user.name A; git config user.email a@example.com")
    return repository
  }

  private func install(_ options: String = "", in repository: GitRepositoryFolder) throws -> Outcome {
    try repository.workspace.run("cd r && leakgate hook install \(options)")
  }

  @Test func `a commit with a secret, in a file or its message, is refused`() throws {
    let repository = try repository()
    #expect(try install("--pre-commit --commit-msg", in: repository).status == 0)
    try repository.write("KEY=\(try Secret.groq())\n", to: "a.env")
    let refused = try repository.workspace.run("cd r && git add . && git commit -qm x")
    #expect(refused.status == 1)
    #expect(refused.errors.contains("a.env:1:5: ") && refused.errors.contains("refused by the pre-commit hook"))
    try repository.write("KEY=none\n", to: "a.env")
    #expect(
      try repository.workspace.run("cd r && git add . && git commit -qm 'the key was \(try Secret.groq())'").status == 1
    )
    #expect(try repository.workspace.run("cd r && git commit -qm fine").status == 0)
  }

  @Test func `a merge that git commits by itself is refused`() throws {
    let repository = try repository()
    #expect(try install(in: repository).status == 0)
    try repository.git(
      """
      echo x > a; git add a; git commit -qm a; git checkout -qb side; echo 'K=\(try Secret.groq())' > b; git add b
      git commit -qm b --no-verify; git checkout -q main; echo y > a; git commit -qam c
      """)
    let refused = try repository.workspace.run("cd r && git merge --no-edit side")
    #expect(refused.status == 1 && refused.errors.contains("b:1:3: "))
    #expect(refused.errors.contains("refused by the pre-merge-commit hook"))
  }

  @Test func `X04: a commit is refused when the program is missing or may not be run`() throws {
    let repository = try repository()
    let workspace = repository.workspace
    let copy = "mkdir -p bin && cp $(command -v leakgate) bin/gate && cd r && ../bin/gate hook install"
    #expect(try workspace.run(copy).status == 0)
    try repository.git("echo x > a; git add a")
    let noGate = "PATH=/usr/bin:/bin git commit -qm x"
    #expect(try workspace.run("chmod -x bin/gate; cd r; \(noGate)").status == 1)
    let missing = try workspace.run("rm bin/gate; cd r; \(noGate)")
    #expect(missing.status == 1)
    #expect(missing.errors.contains("the program is not there or may not be run"))
    // Found on the path instead.
    #expect(try workspace.run("cd r; git commit -qm x").status == 0)
    // A program that cannot judge: too old to know what it is asked.
    try workspace.write("#!/bin/sh\nexit 2\n", to: "bin/gate")
    #expect(try workspace.run("chmod +x bin/gate; cd r; echo y > a; git commit -qam y").status == 1)
  }

  @Test func `a hook that is there is kept, run first and put back`() throws {
    let repository = try repository()
    let workspace = repository.workspace
    try repository.write("#!/bin/sh\necho before >> ../log\n[ ! -e ../refuse ]\n", to: ".git/hooks/pre-commit")
    try repository.git("chmod +x .git/hooks/pre-commit; echo x > a; git add a")
    #expect(try install(in: repository).status == 0)
    #expect(try install(in: repository).status == 2)
    #expect(try install("--force", in: repository).status == 0)
    #expect(try workspace.run("cd r && git commit -qm x").status == 0)
    #expect(try workspace.read("log") == "before\n")
    #expect(try workspace.run("touch refuse; cd r && git commit -q --allow-empty -m x").status == 1)
    #expect(try workspace.run("cd r && leakgate hook status").output.contains("pre-commit: installed"))
    #expect(try workspace.run("cd r && leakgate hook uninstall && leakgate hook status").status == 2)
    #expect(try workspace.read("r/.git/hooks/pre-commit").contains("echo before"))
  }

  @Test func `a hook that does not guard is told, and the others are installed all the same`() throws {
    let repository = try repository()
    let workspace = repository.workspace
    #expect(try install("--governed '.sot/**' --governed \"it's/*\"", in: repository).status == 0)
    #expect(try workspace.run("cd r && leakgate hook status --pre-commit").status == 0)
    let hook = "r/.git/hooks/pre-commit"
    let script = try workspace.read(hook)
    let weak = [
      ("chmod -x \(hook)", "git passes it over"),
      ("chmod +x \(hook); echo 'exit 0' >> \(hook)", "it was changed since"),
      ("sed -i \"s/^gate=.*/&; exit 0/\" \(hook)", "it was changed since"),
      ("sed -i \"s/governed='.sot.*/&; exit 0/\" \(hook)", "it was changed since"),
      ("sed -i 's/ git staged.*/ --version/' \(hook)", "it was changed since"),
    ]
    for (change, reason) in weak {
      _ = try workspace.run(change)
      let status = try workspace.run("cd r && leakgate hook status")
      #expect(status.status == 2 && status.output.contains("pre-commit: installed, but \(reason)"), "\(change)")
      try workspace.write(script, to: hook)
      _ = try workspace.run("chmod +x \(hook)")
    }
    #expect(try workspace.run("cd r && leakgate hook status").status == 0)
    let both = try install("--pre-commit --commit-msg", in: repository)
    #expect(both.status == 2 && both.output.contains("installed: ") && both.errors.contains("is installed already"))
    #expect(try workspace.run("cd r && leakgate hook status --commit-msg").status == 0)
  }

  @Test func `a folder where the hook belongs stays where it is`() throws {
    let repository = try repository()
    _ = try repository.workspace.run("mkdir r/.git/hooks/pre-commit")
    let outcome = try install("--pre-commit", in: repository)
    #expect(outcome.status == 2 && outcome.errors.contains("is a folder"))
    #expect(try repository.workspace.run("ls r/.git/hooks").output.contains("pre-commit\n"))
  }

  @Test func `X04: a pre-receive hook whose input somebody else has read refuses`() throws {
    let repository = try repository()
    #expect(try install("--pre-receive", in: repository).status == 0)
    #expect(try repository.workspace.run("cd r && : | leakgate git pre-receive").status == 2)
    let hook = try repository.workspace.run("cd r && : | .git/hooks/pre-receive")
    #expect(hook.status == 2 && hook.errors.contains("standard input is empty"))
  }

  @Test func `the first push under the pre-commit framework honours suppressions`() throws {
    let repository = try repository()
    let workspace = repository.workspace
    let hooks = try RepositoryFiles.text(".pre-commit-hooks.yaml")
    let entry = try #require(hooks.components(separatedBy: "sh -c '").dropFirst().first?.split(separator: "'").first)
    try workspace.write(entry.split(separator: "\n").joined(separator: " "), to: "push.sh")
    try repository.write("KEY=\(try Secret.groq())\n", to: "a.env")
    try repository.commit()
    #expect(try workspace.run("cd r && sh ../push.sh").status == 1)
    let report = try workspace.run("leakgate scan --format jsonl r/a.env").output
    let fingerprint = try #require(
      report.components(separatedBy: #""fingerprint":""#).dropFirst().first?.prefix(32))
    #expect(try workspace.run("cd r && leakgate suppress \(fingerprint) --reason revoked").status == 0)
    try repository.commit()
    #expect(try workspace.run("cd r && sh ../push.sh").status == 0)
  }

  @Test func `core.hooksPath is respected`() throws {
    let repository = try repository()
    try repository.git("git config core.hooksPath .hooks")
    #expect(try install(in: repository).status == 0)
    try repository.write(try Secret.groq(), to: "a")
    #expect(try repository.workspace.run("cd r && git add a && git commit -qm x").status == 1)
  }

  @Test func `pushes are judged by the hooks on both sides`() throws {
    let repository = try repository()
    let workspace = repository.workspace
    try repository.git(
      "git init -q --bare ../server.git; git remote add origin ../server.git; echo x > a; git add a; git commit -qm a")
    #expect(try install("--pre-push", in: repository).status == 0)
    #expect(try workspace.run("leakgate hook install --pre-receive -C server.git").status == 0)
    #expect(try workspace.run("cd r && git push -q origin main").status == 0)
    try repository.git("echo 'K=\(try Secret.groq())' > b; git add b; git commit -qm b")
    #expect(try workspace.run("cd r && git push -q origin main").errors.contains("refused by the pre-push hook"))
    #expect(
      try workspace.run("cd r && git push -q --no-verify origin main").errors.contains(
        "refused by the pre-receive hook"))
  }
}
