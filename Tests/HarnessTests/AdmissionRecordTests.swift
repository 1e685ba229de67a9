import Detection
import Findings
import Harness
import Rules
import TestSupport
import Testing

struct AdmissionRecordTests {
  private func problems(_ changes: [String: String?]) -> [String] {
    AdmissionRecord.read(RecordSamples.bytes(RecordSamples.codex, changes), at: RecordSamples.moment).problems
      .map { "\($0.field ?? "-") \($0.reason)" }
  }

  @Test(arguments: [RecordSamples.codex, RecordSamples.qwen]) func `the two records that exist are valid`(
    _ members: [String: String]
  ) throws {
    let reading = AdmissionRecord.read(RecordSamples.bytes(members), at: RecordSamples.moment)
    #expect(reading.problems == [])
    #expect(reading.record?.admits(at: RecordSamples.moment) == true)
  }

  @Test(arguments: [
    "status", "provider", "model", "credential_source_class", "allowed_network_class", "approval_source",
    "admission_timestamp", "review_trigger",
  ])
  func `a required member that is missing, empty or of the wrong type is named`(_ name: String) {
    #expect(problems([name: Optional<String>.none]) == ["\(name) is missing"])
    #expect(problems([name: "\"\""]) == ["\(name) is empty"])
    #expect(problems([name: "\" \\n\""]) == ["\(name) is empty"])
    #expect(problems([name: "\"\\u200B\\u2060\\u0007\\uFEFF\""]) == ["\(name) is empty"])
    for (value, kind) in [
      ("null", "null"), ("1", "a number"), ("[]", "a list"), ("{}", "an object"), ("true", "true or false"),
    ] {
      #expect(problems([name: value]) == ["\(name) is \(kind), not a string"])
    }
  }

  @Test func `a byte order mark is told as what it is`() {
    let bytes = [0xEF, 0xBB, 0xBF] + RecordSamples.bytes(RecordSamples.codex)
    let problems = AdmissionRecord.read(bytes, at: RecordSamples.moment).problems
    #expect(problems.count == 1 && problems[0].reason.contains("byte order mark"))
  }

  @Test func `a member nobody knows is named`() {
    #expect(problems(["models": "\"gpt-5.5\""]) == ["models is no member of this record"])
    #expect(problems(["Status": "\"admitted\""]) == ["Status is no member of this record"])
  }

  @Test(arguments: [
    "gpt-*", "gpt-5.?", "latest", "gpt-latest", "gpt:latest", "GPT_LATEST", "default", "auto", "sonnet", "Opus",
    "gpt 5.5",
    "gpt-5.5,gpt-5", "gpt-5.5|gpt-5", "gpt-[56]", "$MODEL", "gp\u{442}-5.5", "gpt-5.5\u{200B}", "-", "\u{212A}imi",
    "~", "all", "ALL", "gpt~5", "^5.5", ">=5.5", "gpt-5.5+", "gpt-", "gpt-5.", "gpt!", "(gpt)", "gpt=5", "#1", "100%",
    "gpt-5.x", "GPT-5.X", "gpt-5.x-mini", "gpt-x.5", "gpt-xx", "router/auto", "any@org", "none", "unknown",
  ])
  func `an id that is not exact is refused`(_ id: String) {
    #expect(problems(["model": "\"\(id)\""]).count == 1)
    #expect(problems(["provider": "\"\(id)\""]).count == 1)
  }

  @Test func `an exact id may have any usual form`() {
    for id in [
      "gpt-5.5", "qwen3.6-35b-a3b", "claude-sonnet-4-6", "org/model:tag@sha256", "m+x-1", "latestial",
      "x-ai", "x.ai/m", "glm-4.5-x", "@cf/meta/llama-3.1-8b", "anthropic.claude-v2:0", "all-minilm", "ft:gpt:org::7p4x",
    ] {
      #expect(problems(["model": "\"\(id)\""]) == [])
    }
  }

  @Test func `moments are checked`() {
    #expect(
      problems(["admission_timestamp": "\"yesterday\""]) == [
        "admission_timestamp is no date and time as RFC 3339 has it"
      ])
    #expect(problems(["admission_timestamp": "\"2026-06-10T12:00:01Z\""]) == ["admission_timestamp lies in the future"])
    #expect(problems(["admission_timestamp": "\"2026-06-10T12:00:00Z\""]) == [])
    for date in [
      "2026-13-01", "2026-02-30", "31.12.2026", "2026/12/31", "20261231", "2026-12-31 UTC", "2026/12/31 by then",
      "2026-1-1: look again",
    ] {
      #expect(
        problems(["review_trigger": "\"\(date)\""]) == [
          "review_trigger is neither a date as RFC 3339 has it nor a text"
        ])
    }
  }

  @Test(arguments: [
    ("2026-06-10", true), ("2026-06-09", false), ("2026-06-10T12:00:00Z", false), ("2026-06-10T12:00:01Z", true),
    ("when the model changes", true),
  ])
  func `a record is good until its review date`(_ trigger: String, _ admits: Bool) throws {
    let bytes = RecordSamples.bytes(RecordSamples.codex, ["review_trigger": "\"\(trigger)\""])
    let record = try #require(AdmissionRecord.read(bytes, at: RecordSamples.moment).record)
    #expect(record.admits(at: RecordSamples.moment) == admits)
  }

  @Test func `any other status is valid and does not admit`() throws {
    for status in ["revoked", "Admitted", "admitted ", "pending"] {
      let bytes = RecordSamples.bytes(RecordSamples.codex, ["status": "\"\(status)\""])
      let record = try #require(AdmissionRecord.read(bytes, at: RecordSamples.moment).record)
      #expect(!record.admits(at: RecordSamples.moment))
    }
  }

  @Test func `what is not one object is refused with its place`() {
    for (text, reason) in [
      ("[]", "1:1: it is a list; a record is one object"),
      ("", "1:1: it is not JSON: it ends where a value should begin"),
      ("{\"status\":\"a\",\n\"status\":\"admitted\"}", "2:1: it is not JSON: a name stands twice in one object"),
    ] {
      #expect(AdmissionRecord.read(Array(text.utf8), at: RecordSamples.moment).problems.map(\.text) == [reason])
    }
  }

  @Test func `all problems are told at once, each with its place`() {
    let bytes = Array("{\n \"status\": 1,\n \"model\": \"latest\",\n \"extra\": 2\n}".utf8)
    let problems = AdmissionRecord.read(bytes, at: RecordSamples.moment).problems
    #expect(problems.count == 9)
    #expect(problems.first?.text == "2:12: status: is a number, not a string")
    #expect(problems.last?.text == "4:2: extra: is no member of this record")
  }

  @Test func `a secret in a record is found first and not shown`() throws {
    let secret = String(decoding: try Template(parsing: "gsk_{{alnum:52}}").expand(seed: 5).bytes, as: UTF8.self)
    let engine = try Engine(pack: try .default, options: EngineOptions(policy: .sot))
    for bytes in [
      RecordSamples.bytes(RecordSamples.codex, ["approval_source": "\"\(secret)\""]),
      RecordSamples.bytes(RecordSamples.codex, [secret: "1"]),
    ] {
      let check = RecordCheck(bytes, named: ArtifactName("r"), secrets: SecretSearch(engine: engine)) {
        AdmissionRecord.read($0, at: RecordSamples.moment)
      }
      #expect(check.record == nil && !check.secrets.isEmpty)
      #expect(!check.problems.contains { $0.text.contains(secret.dropFirst(4)) })
    }
    for members in [RecordSamples.codex, RecordSamples.qwen] {
      let check = RecordCheck(
        RecordSamples.bytes(members), named: ArtifactName("r"), secrets: SecretSearch(engine: engine)
      ) { AdmissionRecord.read($0, at: RecordSamples.moment) }
      #expect(check.record != nil && check.verdict == .clean)
    }
  }
}
