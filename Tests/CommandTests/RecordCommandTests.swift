import Foundation
import Testing

struct RecordCommandTests {
  static let record = """
    {"status": "admitted", "provider": "qwen-local", "model": "qwen3.6-35b-a3b",
     "credential_source_class": "pi-models-json-local-provider-no-secret",
     "allowed_network_class": "local-tailscale-vllm-spark1",
     "approval_source": "JP chat approval on 2026-05-31", "admission_timestamp": "2026-05-31T18:40:00Z",
     "review_trigger": "a change of model"}
    """

  static let decision = """
    {"decision_status": "not_decided", "provider_class": "local_case_compatible", "provider": "", "model": "",
     "approval_source": "", "credential_source_class": "c", "allowed_network_class": "local-n",
     "review_trigger": "r", "evidence_sources": [],
     "effect": "CTO-WORK-020 remains blocked until admitted provider/model and real Stage 2 pass report exist"}
    """

  @Test func `admission check tells of each record and exits by the table`() throws {
    let workspace = try Workspace().write(Self.record, to: "a.json")
    try workspace.write(Self.record.replacing("\"model\":", with: "\"models\":"), to: "b.json")
    try workspace.write(Self.record.replacing("a change of model", with: Secret.groq()), to: "c.json")
    let good = try workspace.run("leakgate admission check a.json")
    #expect(good.status == 0 && good.output == "a.json: valid: qwen-local / qwen3.6-35b-a3b, admitted\n")
    let bad = try workspace.run("leakgate admission check a.json b.json")
    #expect(bad.status == 2)
    #expect(bad.output.contains("b.json:1:1: model: is missing\n"))
    #expect(bad.output.contains(": models: is no member of this record\n"))
    let leaking = try workspace.run("leakgate admission check c.json")
    #expect(leaking.status == 1 && leaking.output.contains("holds a secret (groq-api-key)"))
    #expect(!leaking.output.contains(try Secret.groq().dropFirst(4)))
    // R11: what cannot be read hides nothing of the others.
    let partly = try workspace.run("leakgate admission check missing.json c.json a.json")
    #expect(partly.status == 2 && partly.errors.contains("cannot read the record missing.json: No such file"))
    #expect(
      partly.output.hasPrefix("c.json:") && partly.output.contains("holds a secret")
        && partly.output.contains("a.json: valid"))
    #expect(try workspace.run("leakgate admission check").status == 2)
  }

  @Test func `admission check answers with one JSON object`() throws {
    let workspace = try Workspace().write(Self.record, to: "a.json").write("[]", to: "b.json")
    let outcome = try workspace.run("leakgate admission check --json a.json b.json")
    #expect(outcome.status == 2)
    let object = try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    let records = try #require(object["records"] as? [[String: Any]])
    #expect(records.map { $0["valid"] as? Bool } == [true, false])
    let record = try #require(records[0]["record"] as? [String: Any])
    #expect(record["admits"] as? Bool == true && record["model"] as? String == "qwen3.6-35b-a3b")
    #expect((records[0]["digest"] as? String)?.hasPrefix("sha256:") == true)
    #expect(object["status"] as? Int == 2)
  }

  @Test func `decision check holds decisions against admissions`() throws {
    let workspace = try Workspace().write(Self.record, to: "a.json").write(Self.decision, to: "d.json")
    let good = try workspace.run("leakgate decision check d.json")
    #expect(good.status == 0 && good.output == "d.json: valid: not_decided, no pair\n")
    let bad = try workspace.run("leakgate decision check d.json --admission a.json")
    #expect(bad.status == 2 && bad.output.contains("nothing is decided, yet qwen-local / qwen3.6-35b-a3b is admitted"))
    #expect(try workspace.run("leakgate decision check d.json --admission d.json").status == 2)
    #expect(
      try workspace.run("leakgate decision check --json d.json").output.contains(#""decision_status":"not_decided""#))
  }
}
