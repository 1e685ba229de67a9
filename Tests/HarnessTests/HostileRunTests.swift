import Findings
import Foundation
import Harness
import TestSupport
import Testing

/// Run directories that somebody made to look like a pass: more than one fact is changed, so that those left agree.
struct HostileRunTests {
  /// A text of an artifact, and what takes its place; an artifact that is not there is made of the latter.
  struct Change: Sendable {
    var artifact: String
    var old: String
    var new: String

    init(_ artifact: String, _ old: String, _ new: String) {
      (self.artifact, self.old, self.new) = (artifact, old, new)
    }
  }

  struct Forgery: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var sample = "pass-qwen"
    var changes: [Change] = []
    var removed: [String] = []
    var kinds: Set<String>
  }

  private static let other = #"{"event":"model","provider":"anthropic","model":"claude-opus-4-1"}"#

  static let forgeries = [
    Forgery(
      testDescription: "another log of the backend tells of another pair",
      changes: [Change("backend/case-run.log", "", other + "\n")], kinds: ["evidence-pair"]),
    Forgery(
      testDescription: "events in a folder of the work tell of another pair",
      changes: [Change("work/.case-x/.case/a/events/1.jsonl", "", other + "\n")], kinds: ["evidence-pair"]),
    Forgery(
      testDescription: "a session of Pi tells of a change to another model",
      changes: [
        Change(
          "case-data/pi/sessions/1.jsonl", "",
          #"{"type":"model_change","provider":"anthropic","modelId":"claude-opus-4-1"}"# + "\n")
      ], kinds: ["evidence-pair"]),
    Forgery(
      testDescription: "a diff of something that is no work",
      changes: [Change("report.json", #""files":["slugify.py""#, #""files":["../../slugify.py""#)],
      kinds: ["evidence-diff"]),
    Forgery(
      testDescription: "a diff of a file that was removed, and nothing is left",
      changes: [
        Change(
          "report.json",
          #""files":["slugify.py","test_slugify.py"],"sha256":"sha256:069816f49dc4e2a4ce34504c67d690859379c505fd1b8c2b4d1c1fe1fcf0c275""#,
          #""files":["ghost.txt"],"sha256":"sha256:bcebb21292ad57d429f9f82259d1fd1303776effd3f68815389a9eb7df01fe32""#)
      ], removed: ["work/slugify.py", "work/test_slugify.py"], kinds: ["evidence-diff"]),
    Forgery(
      testDescription: "the trace tells of another pair",
      changes: [
        Change("trace.jsonl", #""event":"agent_result""#, #""event":"agent_result","use":\#(other)"#)
      ], kinds: ["evidence-pair"]),
    Forgery(
      testDescription: "the base URL leads out of the own network, and the configuration with it",
      changes: [
        Change("environment.json", "http://spark1.tail0000.ts.net:8000/v1", "https://api.example.com/v1"),
        Change("case-data/pi/models.json", "http://spark1.tail0000.ts.net:8000/v1", "https://api.example.com/v1"),
      ], kinds: ["evidence-process"]),
    Forgery(
      testDescription: "the local provider has no isolated configuration", removed: ["case-data/pi/models.json"],
      kinds: ["evidence-missing"]),
    Forgery(
      testDescription: "openai-codex without the auth bridge", sample: "pass-codex",
      changes: [
        Change(
          "environment.json", #""CTO_HARNESS_CASE_OPENAI_CODEX_AUTH_BRIDGE":"1""#,
          #""CTO_HARNESS_CASE_OPENAI_CODEX_AUTH_BRIDGE":"0""#)
      ], kinds: ["evidence-process"]),
    Forgery(
      testDescription: "an exit status that nobody tells",
      changes: [
        Change("report.json", #""exit_status":0"#, #""exit_status":null"#),
        Change("trace.jsonl", #","exit_status":"0""#, ""),
      ], kinds: ["evidence-process"]),
    Forgery(
      testDescription: "the report for people says that it failed",
      changes: [Change("report.md", "**Status: pass.**", "**Status: fail.**")], kinds: ["evidence-report"]),
    Forgery(
      testDescription: "the built-in backend in the place of Case",
      changes: [Change("report.json", #""backend":"case""#, #""backend":"fake""#)],
      kinds: ["evidence-process", "evidence-baseline"]),
    Forgery(
      testDescription: "a baseline that did nothing", removed: ["baseline/work/RESULT.md"], kinds: ["evidence-baseline"]
    ),
    Forgery(
      testDescription: "a baseline that gave no answer",
      changes: [Change("baseline/backend/case-stdout.log", "completed", "failed")], kinds: ["evidence-baseline"]),
    Forgery(
      testDescription: "a backend that was started twice",
      changes: [
        Change(
          "trace.jsonl", #"{"seq":3,"time":"2026-06-02T09:33:17.175Z","event":"process_started"}"#,
          """
          {"seq":3,"time":"2026-06-02T09:33:17.175Z","event":"process_started"}
          {"seq":4,"time":"2026-06-02T09:33:17.175Z","event":"process_started"}
          """),
        Change(
          "trace.jsonl", #""seq":4,"time":"2026-06-02T09:33:17.195Z""#, #""seq":5,"time":"2026-06-02T09:33:17.195Z""#),
        Change(
          "trace.jsonl", #""seq":5,"time":"2026-06-02T09:33:17.196Z""#, #""seq":6,"time":"2026-06-02T09:33:17.196Z""#),
        Change(
          "trace.jsonl", #""seq":6,"time":"2026-06-02T09:33:17.219Z""#, #""seq":7,"time":"2026-06-02T09:33:17.219Z""#),
        Change(
          "trace.jsonl", #""seq":7,"time":"2026-06-02T09:33:17.238Z""#, #""seq":8,"time":"2026-06-02T09:33:17.238Z""#),
      ], kinds: ["evidence-trace"]),
    Forgery(
      testDescription: "a backend that was not told where its configuration is",
      changes: [Change("environment.json", #""CASE_DATA_DIR","#, "")], kinds: ["evidence-process"]),
    Forgery(
      testDescription: "a command line that leads to another configuration",
      changes: [Change("argv.json", #"["case","#, #"["env","CASE_DATA_DIR=/tmp","case","#)], kinds: ["evidence-pair"]),
    Forgery(
      testDescription: "a configuration with a fallback",
      changes: [
        Change("case-data/config.json", "}}}", #"}},"fallback":{"provider":"a","model":"b"}}"#)
      ], kinds: ["evidence-pair"]),
    Forgery(
      testDescription: "a pair that was observed by nobody",
      changes: [
        Change(
          "case-data/.case/string-slugify/events/run.jsonl", #","provider":"qwen-local","model":"qwen3.6-35b-a3b""#, "")
      ], kinds: ["evidence-pair"]),
    Forgery(
      testDescription: "a marker under another spelling",
      changes: [Change("backend/provider-config-missing.TXT", "", "x\n")], kinds: ["evidence-markers"]),
    Forgery(
      testDescription: "an end in the future",
      changes: [
        Change("report.json", #""ended_at":"2026-06-02"#, #""ended_at":"2126-06-02"#),
        Change("trace.jsonl", #""seq":7,"time":"2026-06-02"#, #""seq":7,"time":"2126-06-02"#),
      ], kinds: ["evidence-report"]),
  ]

  @Test func `a run of another make is said to be one`() throws {
    let tree = TemporaryTree()
    let sample = try #require(try RunCorpus.samples().first(where: \.isPass))
    let run = try RunDirectory(existing: Array(sample.make(in: tree).utf8))
    #expect(try run.audit().notes == [])
    let report = String(decoding: try #require(try run.read("report.json")), as: UTF8.self)
    try run.write(Array(report.replacing("cto-harness-report/2", with: "other/1").utf8), to: "report.json")
    let result = try run.audit()
    #expect(result.isPass && result.notes.count == 1 && result.notes[0].hasPrefix("the report is of another make"))
  }

  @Test(arguments: [
    ("work/slugify.py", "report.json"), ("task/string-slugify.md", "report.json"),
    ("case-data/pi/models.json", "case-data/pi/models.json"),
    ("baseline/work/RESULT.md", "baseline/report.json"),
    ("baseline/backend/case-stdout.log", "baseline/backend/case-stdout.log"),
  ]) func `X12: what only a report of LeakGate's own is known to hold counts as not checked under another schema`(
    _ removed: String, _ place: String
  ) throws {
    let tree = TemporaryTree()
    let sample = try #require(try RunCorpus.samples().first { $0.name == "pass-qwen" })
    let run = try RunDirectory(existing: Array(sample.make(in: tree).utf8))
    let report = String(decoding: try #require(try run.read("report.json")), as: UTF8.self)
    try run.write(Array(report.replacing("cto-harness-report/2", with: "other/1").utf8), to: "report.json")
    tree.remove("runs/\(sample.id)/\(removed)")
    let result = try run.audit()
    #expect(!result.isPass && result.verdict == .incomplete, "\(result.evidence)")
    #expect(
      result.gaps.contains { gap in
        gap.artifact == ArtifactName(place) && gap.reason.hasPrefix("not checked, as the report has another schema: ")
      }, "\(result.gaps)")
  }

  @Test(arguments: forgeries) func `X11: a run that is made to look like a pass is none`(_ forgery: Forgery) throws {
    let tree = TemporaryTree()
    let sample = try #require(try RunCorpus.samples().first { $0.name == forgery.sample })
    let run = try RunDirectory(existing: Array(sample.make(in: tree).utf8))
    #expect(try run.audit().isPass)
    for change in forgery.changes {
      let before = String(decoding: try run.read(change.artifact) ?? [], as: UTF8.self)
      #expect(before.contains(change.old) || before.isEmpty, "\(change.artifact)")
      let after = before.isEmpty ? change.new : before.replacing(change.old, with: change.new)
      try run.write(Array(after.utf8), to: change.artifact)
    }
    for name in forgery.removed { tree.remove("runs/\(sample.id)/\(name)") }
    let result = try run.audit()
    #expect(!result.isPass && result.verdict == .leaking)
    #expect(Set(result.evidence.map(\.kind.rawValue)) == forgery.kinds, "\(result.evidence)")
  }
}
