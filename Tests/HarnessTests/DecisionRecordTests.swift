import Harness
import Testing

struct DecisionRecordTests {
  private func problems(_ changes: [String: String?]) -> [String] {
    DecisionRecord.read(RecordSamples.bytes(RecordSamples.decision, changes)).problems
      .map { "\($0.field ?? "-") \($0.reason)" }
  }

  @Test func `a whole decision is valid`() {
    #expect(problems([:]) == [])
    #expect(problems(["provider": "\"\"", "model": "\"\""]) == [])
    let undecided = [
      "decision_status": "\"not_decided\"", "provider": "\"\"", "model": "\"\"", "approval_source": "\"\"",
      "evidence_sources": "[]",
    ]
    #expect(problems(undecided) == [])
  }

  @Test func `every member has to be there`() {
    for name in RecordSamples.decision.keys {
      #expect(problems([name: Optional<String>.none]).contains("\(name) is missing"))
    }
  }

  @Test(arguments: [
    ["decision_status": "\"approved\""], ["provider_class": "\"external\""], ["effect": "\"CTO-WORK-020 is done\""],
    ["evidence_sources": "\"run\""], ["evidence_sources": "[1]"], ["evidence_sources": "[\"\"]"],
    ["evidence_sources": "[\"a\\nb\"]"], ["model": "\"\""], ["provider": "\"\""], ["model": "\"latest\""],
    ["note": "\"\""], ["decision_status": "\"not_decided\""], ["provider_class": "\"external_anthropic\""],
    ["provider": "\"anthropic\""], ["decision_status": "\"external_provider_approved\""],
    [
      "decision_status": "\"external_provider_approved\"", "provider_class": "\"external_openai_codex\"",
      "provider": "\"\"", "model": "\"\"",
    ],
    ["approval_source": "\"\""],
  ])
  func `what contradicts itself is refused`(_ changes: [String: String]) { #expect(!problems(changes).isEmpty) }

  @Test func `a decision and an admission that contradict each other are an error`() throws {
    let moment = RecordSamples.moment
    let decision = try #require(DecisionRecord.read(RecordSamples.bytes(RecordSamples.decision)).record)
    let qwen = try #require(AdmissionRecord.read(RecordSamples.bytes(RecordSamples.qwen), at: moment).record)
    let codex = try #require(AdmissionRecord.read(RecordSamples.bytes(RecordSamples.codex), at: moment).record)
    #expect(decision.contradictions(to: qwen) == [])
    #expect(!decision.contradictions(to: codex).isEmpty)
    var undecided = decision
    undecided.status = .notDecided
    #expect(undecided.contradictions(to: qwen) == ["nothing is decided, yet qwen-local / qwen3.6-35b-a3b is admitted"])
    for change: (inout AdmissionRecord) -> Void in [
      { $0.credentialSourceClass += "x" }, { $0.allowedNetworkClass += "x" }, { $0.allowedNetworkClass = "hosted" },
    ] {
      var other = qwen
      change(&other)
      #expect(!decision.contradictions(to: other).isEmpty)
      other.status = "revoked"
      #expect(decision.contradictions(to: other) == [])
    }
  }
}
