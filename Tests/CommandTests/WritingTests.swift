import Foundation
import Testing

/// X01: a report that cannot be written.
struct WritingTests {
  let workspace: Workspace
  init() throws {
    workspace = try Workspace().writeRules().write(try Secret.house(), to: "src/a").write("x", to: "clean/b")
  }

  @Test(arguments: ["human", "json", "jsonl", "github", "gitlab", "sarif"], ["src", "clean"])
  func `X01: a full device is status 4`(_ format: String, _ path: String) throws {
    let outcome = try workspace.run("leakgate scan --rules rules.toml --format \(format) \(path) > /dev/full")
    #expect(outcome.status == 4)
    #expect(outcome.errors.contains("leakgate: cannot write the report at standard output: No space left on device"))
    #expect(try workspace.run("leakgate scan --rules rules.toml --format \(format) -o /dev/full \(path)").status == 4)
  }

  @Test func `X01: a full device is status 4 for every answer`() throws {
    for line in [
      "--version", "--help", "version", "rules list", "rules list --format json", "completions bash", "key new",
    ] {
      #expect(try workspace.run("leakgate \(line) > /dev/full").status == 4, "\(line)")
    }
  }

  @Test(arguments: ["human", "json", "jsonl", "github", "gitlab", "sarif"]) func `X01: a closed pipe is status 4`(
    _ format: String
  ) throws {
    let outcome = try workspace.run(
      "{ sleep 0.3; leakgate scan --rules rules.toml --format \(format) src; echo $? > status; } | true")
    #expect(try workspace.read("status") == "4\n")
    #expect(outcome.errors.contains("Broken pipe"))
  }

  @Test func `a report does not replace what is judged`() throws {
    for (paths, output) in [("clean/b", "clean/b"), ("src clean/b", "./src/../clean/b"), ("link", "clean/b")] {
      _ = try workspace.run("ln -sf clean/b link")
      let outcome = try workspace.run("leakgate scan --rules rules.toml -o \(output) \(paths)")
      #expect(outcome.status == 2 && outcome.errors.contains("is judged, and the report would replace it"))
    }
    #expect(try workspace.read("clean/b") == "x")
  }

  @Test func `X01: a reader that stops early ends the scan with status 4`() throws {
    let text = (0..<3000).map { _ in "" }.joined(separator: try Secret.house() + "\n")
    try workspace.write(text, to: "many")
    _ = try workspace.run(
      "{ leakgate scan --rules rules.toml --jobs 1 many; echo $? > status; } | head -n 1 > /dev/null")
    #expect(try workspace.read("status") == "4\n")
  }

  @Test func `X01: standard output that is closed is status 4`() throws {
    #expect(try workspace.run("leakgate scan --rules rules.toml clean >&-").status == 4)
    #expect(try workspace.run("leakgate --version >&-").status == 4)
  }

  @Test func `standard error that is closed changes nothing`() throws {
    #expect(try workspace.run("leakgate scan --rules rules.toml clean 2>&-").status == 0)
    #expect(try workspace.run("leakgate scan --rules rules.toml missing 2>&-").status == 2)
  }

  @Test func `X01: a folder that is not there is status 4, and a folder is no file`() throws {
    for path in ["missing/report", "src", "src/", "a-link"] {
      _ = try workspace.run("ln -s nowhere a-link")
      let outcome = try workspace.run("leakgate scan --rules rules.toml -o \(path) clean")
      #expect(outcome.status == 4, "\(path)")
      #expect(outcome.errors.hasPrefix("leakgate: cannot create the report at \(path): "))
    }
  }

  @Test func `X01: a file that grows over a limit is removed and the old one stays`() throws {
    let text = (0..<3000).map { _ in "" }.joined(separator: try Secret.house() + "\n")
    try workspace.write(text, to: "many").write("old", to: "report")
    let outcome = try workspace.run("ulimit -f 8; leakgate scan --rules rules.toml -o report --format jsonl many")
    #expect(outcome.status == 4)
    #expect(outcome.errors.contains("cannot write the report at report: "))
    #expect(try workspace.read("report") == "old")
    #expect(try workspace.names() == ["clean", "many", "report", "rules.toml", "src"])
  }

  @Test func `X02: a scan that is interrupted is not clean and says so`() throws {
    for signal in ["INT", "TERM"] {
      // More than a pipe holds, so the scan has begun when the signal comes; exec keeps the number of the process.
      let writer = "(head -c 1000000 /dev/zero; kill -\(signal) $$; exec sleep 3) > in &"
      let outcome = try workspace.run("mkfifo in; \(writer) exec leakgate scan --rules rules.toml - < in")
      #expect(outcome.status == 3, "\(signal)")
      #expect(outcome.output.contains("incomplete: "))
      _ = try workspace.run("rm -f in")
    }
  }
}
