import Findings
import Glibc
import Harness
import TestSupport
import Testing

/// Every row of the table of preflight, by name.
struct PreflightTests {
  private func expect(
    _ world: HarnessWorld, _ admission: AdmissionStatus, _ reasons: [BlockReason], _ markers: [Marker],
    _ location: SourceLocation = #_sourceLocation
  ) throws {
    let outcome = try world.preflight()
    #expect(outcome.admission == admission, sourceLocation: location)
    #expect(outcome.blocks.map(\.reason) == reasons, sourceLocation: location)
    #expect(outcome.markers == markers, sourceLocation: location)
    #expect(try world.markers() == markers, sourceLocation: location)
    #expect(outcome.isReady == reasons.isEmpty, sourceLocation: location)
  }

  @Test(arguments: [RecordSamples.codex, RecordSamples.qwen])
  func `admitted: all of it passed, and nothing is in the way`(
    _ members: [String: String]
  ) throws {
    var world = HarnessWorld(members)
    world.set(.authBridge, "1")
    try expect(world, .admitted, [], [])
    let digest = try #require(try world.preflight().digest)
    #expect(digest.hasPrefix("sha256:") && digest.count == 71)
  }

  @Test func `missing_admission: no admission file is named, or it does not exist`() throws {
    var world = HarnessWorld()
    world.set(.admissionFile, "")
    try expect(world, .missing, [.admissionNotNamed], [.notAdmitted])
    world.set(.admissionFile, world.tree.full("nowhere.json"))
    try expect(world, .missing, [.admissionMissing], [.notAdmitted])
    world.tree.link("dangling.json", to: "nowhere")
    world.set(.admissionFile, world.tree.full("dangling.json"))
    try expect(world, .missing, [.admissionMissing], [.notAdmitted])
  }

  @Test func `invalid_admission: unreadable, not one object, a member missing, empty, unknown or of the wrong type`()
    throws
  {
    var world = HarnessWorld()
    for change: [String: String?] in [
      ["model": .none as String?], ["model": "\"\""], ["model": "1"], ["extra": "\"x\""], ["model": "\"latest\""],
      ["admission_timestamp": "\"2027-01-01T00:00:00Z\""],
    ] {
      world.record(change)
      try expect(world, .invalid, [.admissionInvalid], [.notAdmitted])
    }
    for text in [
      "", "[]", "{", "{\"status\":\"admitted\",\"status\":\"admitted\"}",
      "\u{FEFF}" + RecordSamples.text(RecordSamples.qwen),
    ] {
      world.tree.file("record.json", text)
      try expect(world, .invalid, [.admissionInvalid], [.notAdmitted])
    }
    world.tree.folder("folder.json")
    world.tree.fifo("fifo.json")
    for name in ["folder.json", "fifo.json"] {
      world.set(.admissionFile, world.tree.full(name))
      try expect(world, .invalid, [.admissionInvalid], [.notAdmitted])
    }
  }

  @Test func `invalid_admission: a secret in the record, which is not shown`() throws {
    var world = HarnessWorld()
    let secret = try Made.secret()
    world.record(["approval_source": "\"\(secret)\""])
    try expect(world, .invalid, [.admissionInvalid], [.notAdmitted])
    let marker = try #require(try world.text(Marker.notAdmitted.rawValue))
    #expect(marker.contains("holds a secret") && !marker.contains(secret.dropFirst(4)))
  }

  @Test func `not_admitted: another status, past its review date, or no requested pair`() throws {
    var world = HarnessWorld()
    for status in ["revoked", "Admitted", "pending"] {
      world.record(["status": "\"\(status)\""])
      try expect(world, .notAdmitted, [.recordNotAdmitted], [.notAdmitted])
    }
    world.record(["review_trigger": "\"2026-06-09\""])
    try expect(world, .notAdmitted, [.recordExpired], [.notAdmitted])
    world.record([:])
    world.set(.provider, "")
    try expect(world, .notAdmitted, [.noRequestedPair], [.notAdmitted])
    world.set(.model, "")
    try expect(world, .notAdmitted, [.noRequestedPair], [.notAdmitted])
    world.set(.provider, "qwen-local")
    try expect(world, .notAdmitted, [.noRequestedPair], [.notAdmitted])
  }

  @Test(arguments: ["gpt-5.5", "qwen3.6-35b-A3B", "qwen3.6-35b-a3b ", "*", "latest", "qwen3.6-35b-a3\u{62}\u{301}"])
  func `mismatch: the requested pair is not exactly the record's`(_ model: String) throws {
    var world = HarnessWorld()
    world.set(.model, model)
    try expect(world, .mismatch, [.pairMismatch], [.notAdmitted])
    world = HarnessWorld()
    world.set(.provider, "anthropic")
    try expect(world, .mismatch, [.pairMismatch], [.notAdmitted])
  }

  @Test func `all failures are listed and the first one is the status`() throws {
    var world = HarnessWorld()
    world.record(["status": "\"revoked\"", "review_trigger": "\"2026-06-01\""])
    world.set(.model, "gpt-5.5")
    world.task = try Made.secret()
    try expect(
      world, .notAdmitted, [.recordNotAdmitted, .recordExpired, .pairMismatch, .secretInInput],
      [.notAdmitted, .secretInInput])
    world = HarnessWorld()
    world.set(.admissionFile, "")
    world.set(.model, "")
    try expect(world, .missing, [.admissionNotNamed, .noRequestedPair], [.notAdmitted])
  }

  @Test func `admitted and blocked: openai-codex without the auth bridge`() throws {
    var world = HarnessWorld(RecordSamples.codex)
    for value in ["", "0", "true", "1 ", "01"] {
      world.set(.authBridge, value)
      try expect(world, .admitted, [.authUnavailable], [.authUnavailable])
    }
  }

  @Test(arguments: [
    "", "spark1:8000/v1", "ftp://spark1.local/", "http://", "http://user@spark1.local/", "http://@spark1.local/v1",
    "http://spark1.local/v1?key=x", "http://spark1.local/v1#x", "http://api.example.com/v1", "http://8.8.8.8/",
    "http://172.32.0.1/", "http://100.128.0.1/", "http://169.254.169.254/", "http://[2001:db8::1]/",
    "http://2130706433/",
    "http://0x7f.0.0.1/", "http://127.1/", "http://evil.com#.local/", "http://evil.com\\.local/", "http://.local/",
    "http://ts.net/", "http://x.ts.net.evil.com/", "http://localhost:0/", "http://localhost:99999/",
    "http://localhost:/",
    "http://[::1/", "http://spark1..local/", "http://spark1%2elocal/", "http://[::ffff:8.8.8.8]/", "http:/localhost/",
  ])
  func `admitted and blocked: missing explicit local provider config`(_ url: String) throws {
    var world = HarnessWorld()
    world.set(.localBaseURL, url)
    try expect(world, .admitted, [.localConfigMissing], [.configMissing])
    #expect(try world.text(Marker.configMissing.rawValue)?.hasPrefix("missing explicit local provider config") == true)
    #expect(try world.text(CaseConfig.piName) == nil)
  }

  @Test(arguments: [
    "http://spark1.tail0000.ts.net:8000/v1", "https://spark1.local/v1", "http://127.0.0.1:8000", "http://localhost/v1",
    "http://10.1.2.3/", "http://172.16.0.1:1/", "http://192.168.1.1/v1", "http://100.64.0.1/", "http://[::1]:8000/v1",
    "HTTP://LOCALHOST/", "http://[fd00::1]/", "http://[::ffff:10.0.0.1]/",
  ])
  func `a base URL on the own network is let through`(_ url: String) throws {
    var world = HarnessWorld()
    world.set(.localBaseURL, url)
    try expect(world, .admitted, [], [])
  }

  @Test(arguments: [
    "", "{", "[]", "{}", #"{"models":{}}"#, #"{"models":{"default":null}}"#,
    #"{"models":{"default":{"provider":"anthropic","model":"claude-sonnet-4-6"}}}"#,
    #"{"models":{"default":{"provider":"qwen-local"}}}"#,
    #"{"models":{"default":{"provider":"qwen-local","model":"qwen3.6-35b-a3b"},"closer":{"provider":"anthropic","model":"x"}}}"#,
    #"{"models":{"default":{"provider":"qwen-local","model":"qwen3.6-35b-a3b"},"helper":"x"}}"#,
    #"{"models":{"default":{"provider":"qwen-local","model":"qwen3.6-35b-a3b","model":"gpt"}}}"#,
    #"{"models":{"default":{"provider":"qwen-local","model":"qwen3.6-35b-a3b","fallback":"gpt"}}}"#,
    #"{"models":{"default":{"provider":"qwen-local","model":"qwen3.6-35b-a3b"}},"fallbackModel":"gpt"}"#,
    #"{"models":{"default":{"provider":"qwen-local","model":"qwen3.6-35b-a3b"},"scout":{"provider":"a","model":"b"}}}"#,
    #"{"models":{"default":{"provider":"qwen-local","model":"qwen3.6-35b-a3b"},"closer":"gpt"}}"#,
  ])
  func `admitted and blocked: a case config that does not lead to the admitted pair`(_ text: String) throws {
    let world = HarnessWorld()
    world.tree.file("run/case-data/config.json", text)
    try expect(world, .admitted, [.configMismatch], [.configMismatch])
    #expect(try world.text(CaseConfig.name) == text)
  }

  @Test(arguments: [
    "{", "[]", #"{"providers":{}}"#, piText(#","headers":{"x":"y"}"#), piText(root: #","fallback":{}"#),
    piText(model: #","baseUrl":"http://other.example.com""#), piText(provider: "other"),
    piText(url: "http://10.0.0.1/v1"),
  ])
  func `admitted and blocked: a Pi configuration that leads elsewhere`(_ text: String) throws {
    let world = HarnessWorld()
    world.tree.file("run/case-data/pi/models.json", text)
    try expect(world, .admitted, [.configMismatch], [.configMismatch])
  }

  private static func piText(
    _ more: String = "", root: String = "", model: String = "", provider: String = "qwen-local",
    url: String = "http://spark1.tail0000.ts.net:8000/v1"
  ) -> String {
    #"{"providers":{"\#(provider)":{"baseUrl":"\#(url)","models":[{"id":"qwen3.6-35b-a3b"\#(model)}]\#(more)}}\#(root)}"#
  }

  @Test func `admitted and blocked: a configuration that is not isolated`() throws {
    var world = HarnessWorld()
    world.tree.file("run/case-data/pi/models.json", Self.piText())
    try expect(world, .admitted, [], [])
    world.tree.file("run/case-data/pi/settings.json", "{}")
    try expect(world, .admitted, [.configMismatch], [.configMismatch])
    for (link, target) in [("run/case-data", "../other"), ("run/case-data/pi", "../../other")] {
      world = HarnessWorld()
      world.tree.folder("other")
      world.tree.folder(link == "run/case-data" ? "run" : "run/case-data")
      world.tree.link(link, to: target)
      try expect(world, .admitted, [.configMismatch], [.configMismatch])
    }
  }

  @Test func `admitted and blocked: CASE_DATA_DIR that is not the run's own`() throws {
    var world = HarnessWorld()
    world.environment.set("CASE_DATA_DIR", Array("/tmp".utf8))
    try expect(world, .admitted, [.configMismatch], [.configMismatch])
    world = HarnessWorld()
    world.tree.folder("run/case-data")
    world.environment.set("CASE_DATA_DIR", Array(world.tree.full("run/case-data").utf8))
    try expect(world, .admitted, [], [])
  }

  @Test(arguments: [
    ["--model", "gpt-5.5"], ["--model=gpt-5.5"], ["--model"], ["sh", "-c", "case --model gpt-5.5 run"],
    ["--provider", "anthropic"], ["--model=qwen3.6-35b-a3b", "--model=x"], ["--models", "gpt-5.5"],
    ["--fallback-model", "gpt-5.5"], ["--default-model=gpt-5.5"], ["--model-id", "x"], ["-c", "model_provider=openai"],
    ["-c", "model=gpt-5.5"], ["sh", "-c", "ANTHROPIC_MODEL=gpt-5.5 case"], ["sh", "-c", #"case --"mod"el=gpt-5.5"#],
    ["sh", "-c", "true;case --model=gpt-5.5;true"], ["--fallback=anthropic/claude-sonnet-4-6"],
  ])
  func `admitted and blocked: the command line names another model`(_ arguments: [String]) throws {
    var world = HarnessWorld()
    world.command = ["case"] + arguments
    try expect(world, .admitted, [.argumentMismatch], [.configMismatch])
  }

  @Test(arguments: [
    "env CASE_DATA_DIR=/tmp case", "env -u CASE_DATA_DIR case", "/usr/bin/env -i case", "env - case", "env -S case",
    "exec -c case", "unset CASE_DATA_DIR; case", "export CASE_DATA_DIR=/tmp; case", "HOME=/tmp case",
    "env PI_CODING_AGENT_DIR=/tmp case", #"CASE_DATA_"DIR"=/tmp case"#, #"CASE_DATA\_DIR=/tmp case"#,
    ": ${CASE_DATA_DIR:=/tmp}", "CTO_HARNESS_CASE_MODEL=gpt-5.5 case", "XDG_CONFIG_HOME=/tmp case",
  ])
  func `admitted and blocked: the command line leads away from the isolated configuration`(_ line: String) throws {
    for command in [["sh", "-c", line], line.split(separator: " ").map(String.init)] {
      var world = HarnessWorld()
      world.command = command
      try expect(world, .admitted, [.argumentMismatch], [.configMismatch])
    }
  }

  @Test func `admitted and blocked: a variable handed over by name leads to another model or configuration`() throws {
    for (name, value) in [
      ("ANTHROPIC_MODEL", "claude-sonnet-4-6"), ("MODEL_PROVIDER", "anthropic"), ("XDG_CONFIG_HOME", "/etc/elsewhere"),
    ] {
      var world = HarnessWorld()
      world.environment.set(name, Array(value.utf8))
      try expect(world, .admitted, [], [])
      world.passedNames = [name]
      try expect(world, .admitted, [.argumentMismatch], [.configMismatch])
    }
    var world = HarnessWorld()
    world.environment.set("PROVIDER_TOKEN", Array("a=b --model x".utf8))
    world.passedNames = ["PROVIDER_TOKEN"]
    try expect(world, .admitted, [], [])
  }

  @Test(arguments: [
    ["--model", "qwen3.6-35b-a3b"], ["--model=qwen-local/qwen3.6-35b-a3b"], ["--mode", "x"], ["--provider=qwen-local"],
    ["sh", "-c", #"case --model "qwen3.6-35b-a3b"; ls "$CASE_DATA_DIR" ${CASE_DATA_DIR}/x"#], ["env", "CI=1", "case"],
    ["write a model of the provider"], ["--environment", "-x"],
  ])
  func `the admitted model may be named`(_ arguments: [String]) throws {
    var world = HarnessWorld()
    world.command = ["case"] + arguments
    try expect(world, .admitted, [], [])
  }

  @Test func `admitted and blocked: a secret in the command line, the task files, the config or the environment`()
    throws
  {
    let secret = try Made.secret()
    var world = HarnessWorld()
    world.command.append("--header=\(secret)")
    try expect(world, .admitted, [.secretInInput], [.secretInInput])
    world = HarnessWorld()
    world.task += "use \(secret)\n"
    try expect(world, .admitted, [.secretInInput], [.secretInInput])
    #expect(
      try world.text(Marker.secretInInput.rawValue) == "the input of the run holds a secret: the task file task.md\n")
    world = HarnessWorld()
    world.tree.file(
      "run/case-data/config.json",
      #"{"models":{"default":{"provider":"qwen-local","model":"qwen3.6-35b-a3b"}},"note":"\#(secret)"}"#)
    try expect(world, .admitted, [.configMismatch, .secretInInput], [.configMismatch, .secretInInput])
    world = HarnessWorld()
    world.environment.set("LC_ALL", Array(secret.utf8))
    try expect(world, .admitted, [.secretInInput], [.secretInInput])
    world = HarnessWorld()
    world.environment.set("LC_\(secret)", Array("1".utf8))
    try expect(world, .admitted, [.secretInInput], [.secretInInput])
    #expect(try world.text(Marker.secretInInput.rawValue)?.contains(secret.dropFirst(6)) == false)
    // What blocks the run is not written either.
    world = HarnessWorld()
    world.set(.localBaseURL, "http://10.0.0.1/\(secret)")
    try expect(world, .admitted, [.secretInInput, .secretInInput], [.secretInInput])
    #expect(try world.text(CaseConfig.piName) == nil)
    // What is not handed over is not looked at.
    world = HarnessWorld()
    world.environment.set("GROQ_API_KEY", Array(secret.utf8))
    try expect(world, .admitted, [], [])
    // What is handed over by name may not stand elsewhere, whatever it looks like.
    world.environment.set("GATE_PHRASE", Array("correct horse".utf8))
    world.passedNames = ["GATE_PHRASE"]
    world.task = "say correct horse\n"
    try expect(world, .admitted, [.secretInInput], [.secretInInput])
  }

  @Test func `admitted and blocked: the input names a target repository`() throws {
    var world = HarnessWorld()
    world.targets = ["/srv/target-repo"]
    try expect(world, .admitted, [], [])
    world.task = "work in /srv/target-repo/src\n"
    try expect(world, .admitted, [.foreignPathInInput], [.foreignPathInInput])
    world.task = "work in /srv/target-repository and see http://x/srv/target\n"
    // What was put right leaves no marker, which would speak against the run.
    try expect(world, .admitted, [], [])
  }

  @Test func `with roots, where things are on this machine is no mention, but a target is`() throws {
    var world = HarnessWorld()
    world.environment.set("HOME", Array("/home/someone".utf8))
    world.roots = ["/home/someone/work"]
    world.task = "work in /home/someone/work/src\n"
    try expect(world, .admitted, [], [])
    world.task = "work in /home/someone/else\n"
    try expect(world, .admitted, [.foreignPathInInput], [.foreignPathInInput])
    world = HarnessWorld()
    world.environment.set("HOME", Array("/home/someone".utf8))
    world.roots = ["/home/someone/work"]
    world.targets = ["/home/someone"]
    try expect(world, .admitted, [.foreignPathInInput], [.foreignPathInInput])
  }

  @Test func `the isolated configuration is written where there is none, for its owner alone`() throws {
    let world = HarnessWorld()
    try expect(world, .admitted, [], [])
    #expect(
      try world.text(CaseConfig.name)
        == #"{"models":{"default":{"provider":"qwen-local","model":"qwen3.6-35b-a3b"}}}"# + "\n")
    let pi = try #require(try world.text(CaseConfig.piName))
    #expect(pi.contains(#""baseUrl":"http://spark1.tail0000.ts.net:8000/v1""#) && !pi.lowercased().contains("key"))
    #expect(world.tree.mode("run") == 0o700 && world.tree.mode("run/case-data") == 0o700)
    #expect(world.tree.mode("run/case-data/config.json") == 0o600 && world.tree.mode("run/case-data/pi") == 0o700)
  }

  @Test func `nothing is configured for a pair that is not admitted`() throws {
    var world = HarnessWorld()
    world.set(.model, "gpt-5.5")
    _ = try world.preflight()
    #expect(try world.text(CaseConfig.name) == nil && world.text(CaseConfig.piName) == nil)
  }

  @Test func `the vocabularies are closed and lead from reason to marker to status`() {
    #expect(
      AdmissionStatus.allCases.map(\.rawValue) == [
        "admitted", "missing_admission", "invalid_admission", "not_admitted", "mismatch",
      ])
    for reason in BlockReason.allCases {
      #expect((reason.admission != nil) == (reason.marker == .notAdmitted))
      #expect(reason.marker.isOfPreflight)
    }
    #expect(Set(BlockReason.allCases.map(\.marker)) == Set(Marker.allCases.filter(\.isOfPreflight)))
  }
}
