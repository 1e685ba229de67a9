import Foundation
import Testing

struct HarnessCommandTests {
  private let environment = [
    "CTO_HARNESS_CASE_MODEL_PROVIDER": "qwen-local", "CTO_HARNESS_CASE_MODEL": "qwen3.6-35b-a3b",
    "CTO_HARNESS_CASE_MODEL_ADMISSION_FILE": "a.json", "CTO_HARNESS_CASE_LOCAL_BASE_URL": "http://localhost:8000/v1",
    "CREDENTIAL": "correct horse battery",
  ]
  private let workspace: Workspace

  init() throws {
    workspace = try Workspace().write(RecordCommandTests.record, to: "a.json").write("do it\n", to: "task.md")
    try workspace.write(
      "echo done > slug.txt\nprintf '<<<AGENT_RESULT\\n{\"status\":\"completed\"}\\nAGENT_RESULT>>>\\n'\n",
      to: "backend.sh")
  }

  private func run(_ line: String) throws -> Outcome { try workspace.run("leakgate \(line)", environment: environment) }

  /// Runs a backend with the number of LeakGate's process in `pid`.
  private func runNoting(_ backend: String) throws -> Outcome {
    let line = "leakgate harness run --run-dir r --task task.md -- \(backend)"
    return try workspace.run("sh -c 'echo $$ > pid; exec \"$@\"' sh \(line)", environment: environment)
  }

  private func pass(_ name: String) throws {
    let outcome = try run("harness run --run-dir \(name) --task task.md -- sh \"$PWD/backend.sh\"")
    #expect(outcome.status == 0 && outcome.output == "pass\n", "\(outcome.output)\(outcome.errors)")
  }

  @Test func `a run, its audit, its status and its statement`() throws {
    _ = try workspace.run("mkdir runs")
    try pass("runs/one")
    let failing = try run("harness run --json --run-dir runs/two --task task.md -- sh -c 'echo no'")
    #expect(failing.status == 1 && failing.output.contains(#""failure_class":"agent-protocol-error""#))
    let status = try run("harness status --require-pass runs")
    #expect(status.status == 0 && status.output.contains("Stage 2 pass among them"))
    _ = try workspace.run("leakgate key new key && leakgate audit public-key key > pub")
    let audit = try run("audit --sign key runs/one")
    #expect(audit.status == 0 && audit.output.hasPrefix("clean: "), "\(audit.output)\(audit.errors)")
    let unsigned = try run("audit verify runs/one").output
    #expect(unsigned.hasPrefix("verified: ") && unsigned.hasSuffix("; by whom was not checked: give --public-key\n"))
    let signed = try run("audit verify --public-key pub runs/one")
    #expect(signed.status == 0 && signed.output.hasSuffix(" artifacts, audited as clean, signed with that key\n"))
    _ = try workspace.run("leakgate key new other && leakgate audit public-key other > otherpub")
    #expect(try run("audit verify --public-key otherpub runs/one").status == 1)
    let place = "runs/one/leakgate/statement"
    _ = try workspace.run("cp \(place).json kept.json && sed -i 's/clean/leaking/' \(place).json")
    let forged = try run("audit verify runs/one")
    #expect(forged.status == 1 && forged.output.hasPrefix("statement.json: it is not what was signed\n"))
    _ = try workspace.run("mv kept.json \(place).json; echo >> runs/one/report.md")
    let changed = try run("audit verify runs/one")
    #expect(changed.status == 1 && changed.output == "report.md: it has changed\nnot verified\n")
    #expect(try run("audit runs/none").status == 2)
    #expect(try run("audit --out kept runs/two").status == 0)
    #expect(try workspace.read("kept/audit.json").contains(#""pass":false"#))
    _ = try workspace.run(#"rm runs/one/report.json; mkdir "runs/$(printf '\033')""#)
    let crashed = try run("harness status --require-pass runs")
    #expect(crashed.status == 1 && crashed.output.contains("3 runs, no Stage 2 pass"))
    #expect(crashed.output.hasPrefix(#"\x1B, no status"#))
    #expect(crashed.output.contains("one, no status, - / -, -, -\n  no report: "))
    _ = try workspace.run("rm -r runs/one")
    #expect(try run("harness status --require-pass runs").status == 1)
    #expect(try run("harness status --json runs").output.contains("blocked: no real Stage 2 pass exists"))
  }

  @Test func `a variable handed over by name is redacted wherever the backend prints it`() throws {
    let outcome = try run(
      "harness run --run-dir r --task task.md --pass-env CREDENTIAL -- sh -c 'echo \"have $CREDENTIAL.\"'")
    #expect(outcome.status == 1)
    #expect(try workspace.read("r/backend/case-stdout.log") == "have ***.\n")
    #expect(try workspace.run("grep -r 'horse battery' r").status == 1)
    #expect(try workspace.read("r/environment.json").contains(#""CREDENTIAL""#))
  }

  @Test func `an audit is not written into the run, and no preflight either`() throws {
    try pass("one")
    for out in ["one", "one/work", "one/backend/new"] {
      let outcome = try run("audit --out \(out) one")
      #expect(outcome.status == 2 && outcome.errors.contains("--out is a folder of the run"), "\(outcome.output)")
    }
    #expect(try run("audit --out one/leakgate one").status == 0)
    #expect(try run("audit verify one").status == 0)
    let again = try run("harness preflight --run-dir one")
    #expect(again.status == 2 && again.errors.contains("holds a run already"))
    #expect(try workspace.run("ls one/backend").output.contains(".txt") == false)
  }

  @Test func `a run whose directory leads elsewhere in the end writes nothing there`() throws {
    let backend = "d=$(dirname $CASE_DATA_DIR); cd /; mv $d $d.old; mkdir $d.other; ln -s $d.other $d"
    let outcome = try run("harness run --run-dir r --task task.md -- sh -c '\(backend)'")
    #expect(outcome.status == 4 && outcome.errors.contains("the run directory is not there any more"))
    #expect(try workspace.run("ls r.other").output == "")
  }

  @Test func `a variable handed over by name is recorded nowhere, whatever else is set to it`() throws {
    let value = ["Zq7r?", "kP2>w"].joined()
    for name in ["CTO_HARNESS_CASE_MODEL", "CTO_HARNESS_CASE_MODEL_PROVIDER", "CTO_HARNESS_CASE_LOCAL_BASE_URL"] {
      let line =
        "--run-dir \(name) --task task.md --json --pass-env CREDENTIAL -- sh x; grep -rF \"$CREDENTIAL\" \(name)"
      for command in ["preflight", "run"] {
        let outcome = try workspace.run(
          "leakgate harness \(command) \(line)",
          environment: environment.merging(["CREDENTIAL": value, name: value]) { $1 })
        #expect(outcome.status == 1 && outcome.output.contains("secret-in-input"), "\(outcome.errors)")
        #expect(!outcome.output.contains("kP2>w"), "\(command) \(name): \(outcome.output)")
      }
    }
  }

  @Test func `a variable handed over by name is redacted in every encoding, however short`() throws {
    for encoder in [
      #"printf %s "$CREDENTIAL" | base64"#, #"printf "x:%s" "$CREDENTIAL" | base64"#,
      #"printf "xy:%s;" "$CREDENTIAL" | base64"#,
      #"printf "xyz:%s" "$CREDENTIAL" | base64 | tr +/ -_"#, #"printf %s "$CREDENTIAL" | od -An -v -tx1 | tr -d ' \n'"#,
      #"printf %s "$CREDENTIAL" | od -An -v -tx1 | tr -d ' \n' | tr a-f A-F"#,
    ] {
      try workspace.write(encoder + "\n", to: "backend.sh")
      let values = ["CREDENTIAL": ["Zq7r?", "kP2>w", "9~Lx4"].joined()]
      let line =
        #"leakgate harness run --run-dir r --task task.md --pass-env CREDENTIAL -- sh "$PWD/backend.sh"; rm -r kept; mv r kept"#
      _ = try workspace.run(line, environment: environment.merging(values) { $1 })
      let log = try workspace.read("kept/backend/case-stdout.log")
      #expect(log.contains("***") && log.utf8.count < 20, "\(encoder): \(log)")
    }
  }

  @Test func `a run with a root passes wherever the home of its user is, and so does its audit`() throws {
    let outcome = try workspace.run(
      """
      mkdir proj; leakgate harness run --run-dir r --root "$PWD/proj" --task task.md -- sh "$PWD/backend.sh" \\
        && leakgate audit --root "$PWD/proj" r
      """, environment: environment.merging(["HOME": "/home/someone"]) { $1 })
    #expect(outcome.status == 0 && outcome.output.hasPrefix("pass\nclean: "), "\(outcome.output)\(outcome.errors)")
  }

  @Test(arguments: ["INT", "TERM", "HUP"]) func `X09: a signal ends the run with a truthful report`(
    _ name: String
  ) throws {
    // The backend itself ends LeakGate: no clock decides. A closed terminal says so more than once.
    let again = name == "HUP" ? "sleep 0.2; kill -HUP $(cat ../../pid); " : ""
    let stopped = try runNoting("sh -c 'echo on; kill -\(name) $(cat ../../pid); \(again)exec sleep 12'")
    #expect(stopped.status == 1 && stopped.output == "fail: the run was interrupted\n")
    #expect(try workspace.read("r/report.json").contains(#""status":"fail""#))
    #expect(try run("audit r").status == 0)
  }

  @Test func `a run that ignores the end of its terminal, as nohup has it, goes on`() throws {
    try workspace.write("kill -HUP $(cat ../../pid); sleep 0.2; sh ../../backend.sh\n", to: "hangup.sh")
    try workspace.write(
      "trap '' HUP; echo $$ > pid\nexec leakgate harness run --run-dir r --task task.md -- sh ../../hangup.sh\n",
      to: "run.sh")
    let outcome = try workspace.run("sh run.sh", environment: environment)
    #expect(outcome.output == "pass\n", "\(outcome.output)\(outcome.errors)")
  }

  @Test func `a second signal ends everything at once`() throws {
    let script = """
      trap "" TERM; kill -HUP $(cat ../../pid); kill -INT $(cat ../../pid); sleep 0.2; kill -INT $(cat ../../pid); sleep 1; echo late > late.txt
      """
    let start = ContinuousClock.now
    let outcome = try runNoting("sh -c '\(script)'; echo $?; sleep 1.5; ls r r/work")
    #expect(start.duration(to: .now) < .seconds(30))
    #expect(outcome.output.hasPrefix("130\n") && !outcome.output.contains("report.json"))
    #expect(!outcome.output.contains("late.txt"))
  }

  @Test func `every negative gate holds`() throws {
    let start = ContinuousClock.now
    let outcome = try run("harness selftest --json")
    for line in outcome.lines where !line.contains(#""passed":true"#) { Issue.record("\(line)") }
    #expect(outcome.status == 0 && outcome.lines.count >= 95)
    #expect(start.duration(to: .now) < .seconds(120))
  }
}
