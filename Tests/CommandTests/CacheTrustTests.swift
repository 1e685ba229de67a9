import Foundation
import Testing

/// What must not count as clean because something was found clean before, or is met a second time.
struct CacheTrustTests {
  /// Settings with a password that looks like a piece of a program where the name is that of source code.
  private static func settings() throws -> String {
    "db" + "_password: \(try Secret.filled("{{alnum:16}}", 4))\nname: x\n"
  }

  /// A repository of one commit, judged by the built-in rules.
  private static func repository() throws -> GitRepositoryFolder {
    let repository = try GitRepositoryFolder()
    try repository.write("text\n", to: "first")
    try repository.commit()
    return repository
  }

  private static func status(_ arguments: String, in repository: GitRepositoryFolder) throws -> Int32 {
    try repository.workspace.run("cd r && leakgate \(arguments)").status
  }

  @Test(arguments: ["gate HEAD~1..HEAD", "git history", "git staged", "git range HEAD~1..HEAD"])
  func `G12: the same bytes are judged under every kind of name they have`(_ command: String) throws {
    let repository = try Self.repository()
    try repository.write(Self.settings(), to: "a.swift")
    try repository.write(Self.settings(), to: "z.yaml")
    try repository.git("git add -A")
    if command != "git staged" { try repository.commit() }
    #expect(try Self.status(command, in: repository) == 1)
    try repository.git("git rm -q -f z.yaml")
    if command != "git staged" {
      try repository.git("git commit -q --amend -m again; git reflog expire --expire=now --all; git gc -q --prune=now")
    }
    #expect(try Self.status(command, in: repository) == 0)
  }

  @Test func `what was clean under one kind of name is read again under another`() throws {
    let repository = try Self.repository()
    try repository.write(Self.settings(), to: "a.swift")
    try repository.commit()
    for _ in 0..<2 { #expect(try Self.status("gate HEAD~1..HEAD", in: repository) == 0) }
    try repository.git("git mv a.swift z.yaml; git commit -qm moved")
    #expect(try Self.status("gate --known HEAD~1..HEAD", in: repository) == 1)
  }

  @Test func `G13: an object that is not what its id stands for is incomplete and vouches for nothing`() throws {
    let repository = try GitRepositoryFolder()
    try repository.write("key \(try Secret.house())\n", to: "s")
    try repository.commit()
    let swap = { (from: String, to: String) in
      "a=.git/objects/$(echo \(from) | cut -c1-2)/$(echo \(from) | cut -c3-); b=.git/objects/$(echo \(to) | cut -c1-2)/$(echo \(to) | cut -c3-); "
        + "chmod u+w $a $b; cp $a $b.new; cp $b $a; mv $b.new $b"
    }
    let secret = try repository.git("git rev-parse HEAD:s")
    let other = try repository.git("echo harmless | git hash-object -w --stdin")
    #expect(try repository.judge("history").status == 1)
    try repository.git(swap(secret, other))
    let swapped = try repository.judge("history HEAD")
    #expect(swapped.status == 3 && swapped.errors.contains("what is kept under its id is something else"))
    try repository.git(swap(secret, other))
    #expect(try repository.judge("history HEAD").status == 1)
  }

  @Test func `a cache that others may write to, or of another name, is told and not used`() throws {
    let repository = try Self.repository()
    #expect(try repository.judge("history").status == 0)
    #expect(try repository.workspace.run("chmod g+w .cache/leakgate/*").status == 0)
    let open = try repository.judge("history")
    #expect(open.status == 0)
    for what in ["clean blobs", "commits"] {
      #expect(
        open.errors.contains("the cache of \(what) belongs to others, or may be written by them, and was not used"))
    }
    // What was found to one depth does not count to another, whatever the file is called.
    let rename = "cd .cache/leakgate && for f in clean-*-code-5-*; do cp $f $(echo $f | sed s/-code-5-/-code-6-/); done"
    #expect(try repository.judge("history").errors.isEmpty)
    #expect(try repository.workspace.run(rename).status == 0)
    #expect(try repository.judge("history --max-depth 6").errors.contains("clean blobs is damaged"))
  }

  @Test func `dropped matches are counted alike in every run`() throws {
    let repository = try Self.repository()
    for index in 0..<40 {
      try repository.write("db" + "_password: ${SECRET_\(index)}\n", to: "api" + "_key=${TOKEN_\(index)}.yaml")
    }
    try repository.commit()
    let run = { try repository.workspace.run("cd r && leakgate git history --format json --jobs 1").output }
    let first = try run()
    #expect(try run() == first && first.contains("dropped"))
  }
}
