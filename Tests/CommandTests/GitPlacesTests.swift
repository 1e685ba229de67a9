import Testing

/// Where there is no repository, or one that is special.
struct GitPlacesTests {
  @Test func `G01: no repository, a bad revision and a bad range are invalid`() throws {
    let workspace = try Workspace().writeRules()
    #expect(try workspace.run("leakgate git staged").status == 2)
    #expect(try workspace.run("leakgate git history -C missing").status == 2)
    let repository = try GitRepositoryFolder()
    #expect(try repository.judge("range HEAD..HEAD").status == 2)
    #expect(try repository.judge("history").status == 2)
    #expect(try repository.judge("history --allow-empty").status == 0)
    try repository.write("x", to: "a")
    try repository.commit()
    for line in [
      "range nowhere..HEAD", "range HEAD..nowhere", "range HEAD", "range HEAD...HEAD", "range", "range HEAD..HEAD",
    ] {
      #expect(try repository.judge(line).status == 2, "\(line)")
    }
    for line in ["history nowhere", "history --since yesterday", "history --all main", "range --since -x"] {
      #expect(try repository.judge(line).status == 2, "\(line)")
    }
    #expect(try repository.judge("range HEAD..HEAD --allow-empty").status == 0)
  }

  @Test func `G01: bare repositories and worktrees are read`() throws {
    let repository = try GitRepositoryFolder()
    try repository.write(try Secret.house(), to: "a")
    try repository.commit()
    try repository.git("git clone -q --bare . ../bare.git; git config extensions.worktreeConfig true")
    try repository.git("git worktree add -q ../tree; cd ../tree; echo '\(try Secret.house(2))' > b; git add b")
    let workspace = repository.workspace
    #expect(try workspace.run("leakgate git history -C bare.git --rules rules.toml").status == 1)
    #expect(try workspace.run("leakgate git staged -C bare.git --rules rules.toml").status == 2)
    #expect(try workspace.run("leakgate git worktree -C bare.git --rules rules.toml").status == 2)
    #expect(try workspace.run("leakgate git staged -C tree --rules rules.toml").lines[0].hasPrefix("b:1:1: "))
  }

  @Test func `G01: a repository with SHA-256 is read`() throws {
    let repository = try GitRepositoryFolder("--object-format=sha256")
    try repository.write(try Secret.house(), to: "a")
    try repository.git("git add a")
    #expect(try repository.judge("staged").status == 1)
    try repository.commit()
    #expect(try repository.judge("history").status == 1)
  }

  @Test func `G01: a repository of another owner is refused unless the user trusts it`() throws {
    let repository = try GitRepositoryFolder()
    try repository.write(try Secret.house(), to: "a")
    try repository.git("git add a; chown -R 12345 . 2>/dev/null || true")
    guard try repository.workspace.run("cd r && git status >/dev/null 2>&1").status != 0 else { return }
    #expect(try repository.judge("staged").status == 2)
    _ = try repository.workspace.run("git config --global --add safe.directory '*'")
    #expect(try repository.judge("staged").status == 1)
  }

  @Test func `G02: git that is missing is invalid, git that fails half-way is incomplete`() throws {
    let repository = try GitRepositoryFolder()
    try repository.write("x", to: "a")
    try repository.commit()
    let workspace = repository.workspace
    let none = try workspace.run("l=$(command -v leakgate); cd r && PATH=/nowhere $l git history --rules ../rules.toml")
    #expect(none.status == 2)
    #expect(none.errors.contains("there is no git in PATH"))
    // A git that fails in what reads contents, after it has begun to answer.
    try workspace.write(
      "#!/bin/sh\ncase \"$*\" in *'cat-file --batch') echo oops >&2; exit 3;; esac\nexec /usr/bin/git \"$@\"\n",
      to: "bin/git")
    let broken = try workspace.run(
      "chmod +x bin/git; cd r && PATH=$HOME/bin:$PATH leakgate git history --rules ../rules.toml")
    #expect(broken.status == 3)
    #expect(broken.errors.contains("git cat-file ended with status 3: oops"))
  }

  @Test func `G02: git that fails in the walk or complains is not believed`() throws {
    let repository = try GitRepositoryFolder()
    for name in ["a", "b"] {
      try repository.write(try Secret.house(), to: name)
      try repository.commit()
    }
    let workspace = repository.workspace
    let judge = "chmod +x bin/git; cd r && PATH=$HOME/bin:$PATH leakgate git history --no-cache --rules ../rules.toml"
    let wrapper = { (command: String, body: String) in
      "#!/bin/sh\ncase \"$*\" in *'\(command) '*) \(body);; esac\nexec /usr/bin/git \"$@\"\n"
    }
    for (command, body, reason) in [
      ("diff-tree", "/usr/bin/git \"$@\" | head -c 150; exit 7", "git diff-tree ended with status 7"),
      ("rev-list", "kill -9 $$", "git rev-list ended with signal 9"),
      ("rev-list", "echo odd >&2", "git complained: odd"),
      ("cat-file --batch-all-objects", "echo odd >&2", "git complained: odd"),
    ] {
      try workspace.write(wrapper(command, body), to: "bin/git")
      let outcome = try workspace.run(judge)
      #expect(outcome.status == 1, "what could be read is judged")
      #expect(outcome.output.contains("incomplete: ") && outcome.errors.contains(reason), "\(outcome.errors)")
    }
  }

  @Test func `G09: settings of the repository run nothing and hide nothing`() throws {
    let repository = try GitRepositoryFolder()
    try repository.write("x", to: "a")
    try repository.commit()
    try repository.write(try Secret.house(), to: "b")
    try repository.git("git add b; printf '#!/bin/sh\\ntouch ../ran\\n' > ../run; chmod +x ../run")
    let run = "$PWD/../run"
    try repository.git(
      """
      for key in diff.external core.fsmonitor core.pager pager.log core.sshCommand core.editor \
      core.alternateRefsCommand credential.helper alias.cat-file alias.diff-index; do
      git config "$key" "\(run)"; done
      git config log.showRoot false; git config diff.noprefix true; git config color.ui always
      git config core.quotePath true; git config diff.renames copies; git config status.relativePaths true
      mkdir -p .git/hooks; for hook in post-index-change reference-transaction pre-auto-gc; do
      cp ../run .git/hooks/$hook; done
      """)
    let variables = [
      "GIT_EXTERNAL_DIFF": "touch ran", "GIT_PAGER": "touch ran", "GIT_TRACE": "1", "GIT_LITERAL_PATHSPECS": "1",
    ]
    #expect(try repository.judge("staged", environment: variables).status == 1)
    try repository.git("git -c core.fsmonitor=false commit -q -m b 2>/dev/null; rm -f ../ran")
    for line in ["history", "range HEAD~1..HEAD", "worktree"] {
      let outcome = try repository.judge(line, environment: variables)
      #expect(outcome.status == 1, "\(line): \(outcome.errors)")
    }
    #expect(try !repository.workspace.names().contains("ran"))
  }

  @Test func `G09: what git sets for hooks is honoured`() throws {
    let repository = try GitRepositoryFolder()
    try repository.write("x", to: "a")
    try repository.commit()
    try repository.write(try Secret.house(), to: "b")
    try repository.git("GIT_INDEX_FILE=$PWD/.git/other git add b")
    let folder = repository.workspace.folder + "/r"
    #expect(try repository.judge("staged").status == 0)
    let environment = ["GIT_INDEX_FILE": folder + "/.git/other", "GIT_DIR": folder + "/.git"]
    #expect(try repository.judge("staged", environment: environment).status == 1)
  }

  @Test func `files of the work tree are judged, ignored ones on request`() throws {
    let repository = try GitRepositoryFolder()
    try repository.write("ignored\n", to: ".gitignore")
    try repository.write(try Secret.house(), to: "ignored")
    try repository.git("git add .gitignore; ln -s /etc/passwd link; mkdir empty")
    #expect(try repository.judge("worktree").status == 0)
    #expect(try repository.judge("worktree --ignored").status == 1)
    try repository.write(try Secret.house(2), to: "sub/untracked")
    let outcome = try repository.workspace.run("cd r/sub && leakgate git worktree --rules ../../rules.toml")
    #expect(outcome.status == 1)
    #expect(outcome.lines[0].hasPrefix("sub/untracked:1:1: "))
  }

  @Test func `a repository within the work tree that git does not track is a gap`() throws {
    let repository = try GitRepositoryFolder()
    try repository.git("echo x > a; git add a; git init -q inner; echo y > inner/b")
    let outcome = try repository.judge("worktree")
    #expect(outcome.status == 3 && outcome.output.contains("inner/: "))
    #expect(try repository.judge("worktree --exclude inner").status == 0)
  }

  @Test func `R01: a folder of the work tree that git cannot list is a gap`() throws {
    let repository = try GitRepositoryFolder()
    try repository.git("echo x > a; git add a")
    // Whoever runs the test may be one who can list everything, so git says it for a folder that is not there.
    let warning = "warning: could not open directory 'closed/': Permission denied"
    let judge = { (options: String, warning: String) in
      try repository.workspace.write(
        "#!/bin/sh\ncase \"$*\" in *'ls-files '*) echo \"\(warning)\" >&2;; esac\nexec /usr/bin/git \"$@\"\n",
        to: "bin/git")
      return try repository.workspace.run(
        "chmod +x bin/git; cd r && PATH=$HOME/bin:$PATH leakgate git worktree \(options) --rules ../rules.toml")
    }
    let outcome = try judge("", warning)
    #expect(outcome.status == 3 && outcome.errors.contains("incomplete: closed/: git complained: \(warning)"))
    #expect(try judge("--exclude closed", warning).status == 0)
    #expect(try judge("--accept-incomplete closed", warning).status == 0)
    let other = try judge("--exclude closed", "odd")
    #expect(other.status == 3 && other.errors.contains("incomplete: work tree: git complained: odd"))
  }

  @Test func `R12: a commit of which all is excluded passes on request only`() throws {
    let repository = try GitRepositoryFolder()
    #expect(try repository.judge("staged --exclude '*'").status == 0)
    try repository.git("echo x > a; git add a")
    let outcome = try repository.judge("staged --exclude '*'")
    #expect(outcome.status == 2 && outcome.errors.contains("what is there was excluded"))
    #expect(try repository.judge("staged --exclude '*' --allow-empty").status == 0)
    #expect(try repository.judge("staged --exclude b").status == 0)
  }

  @Test(arguments: ["core.attributesFile ~/x", "core.hooksPath ~/hooks", "core.excludesFile ~/x", "include.path ~/x"])
  func `G09: a setting with a path of the user's stops nothing`(_ setting: String) throws {
    let repository = try GitRepositoryFolder()
    let words = setting.split(separator: " ")
    try repository.git("git config \(words[0]) '\(words[1])'; echo '\(try Secret.house())' > a; git add a")
    for line in ["staged", "worktree"] { #expect(try repository.judge(line).status == 1, "\(line)") }
    let hook = try repository.workspace.run("mkdir home; cd r; HOME=$PWD/../home leakgate hook install")
    #expect(hook.status == 0, "\(hook.errors)")
    #expect(hook.output.contains("home/hooks/pre-commit") == setting.contains("hooksPath"))
  }

  @Test func `a commit message is judged, lines of the diff below it that go are not`() throws {
    let repository = try GitRepositoryFolder()
    let secret = try Secret.house()
    let scissors = "# ------------------------ >8 ------------------------"
    try repository.write("fix\n\ntoken \(secret)\n", to: "m")
    #expect(try repository.judge("message m").lines[0].hasPrefix("m:3:7: "))
    let diff = "# Everything below it will be ignored.\ndiff --git a/a b/a\n@@ -1,2 +1 @@\n"
    try repository.write("fix\n\(scissors)\n\(diff)-\(secret)\n \(secret)\n", to: "m")
    #expect(try repository.judge("message m").status == 0)
    for line in ["+\(secret)", " \(secret)", "-\(secret)"] {
      let text = line.hasPrefix("+") ? diff + line : line
      try repository.write("fix\n\(scissors)\n\(text)\n", to: "m")
      #expect(try repository.judge("message m").status == 1, "\(text)")
    }
    #expect(try repository.judge("message missing").status == 2)
  }
}
