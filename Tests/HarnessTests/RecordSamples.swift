import Harness

/// Records as they exist, to be changed one member at a time.
enum RecordSamples {
  static let moment = Timestamp("2026-06-10T12:00:00Z")!

  static let codex: [String: String] = [
    "status": #""admitted""#, "provider": #""openai-codex""#, "model": #""gpt-5.5""#,
    "credential_source_class": #""hermes-openai-codex-oauth-and-local-vllm-config""#,
    "allowed_network_class": #""codex-oauth-hosted-model-plus-local-vllm-fallback""#,
    "approval_source": #""JP chat approval on 2026-05-31""#, "admission_timestamp": #""2026-05-31T18:41:30Z""#,
    "review_trigger": #""2026-12-31T00:00:00Z""#,
  ]

  static let qwen: [String: String] = [
    "schema_version": "1",
    "status": #""admitted""#, "provider": #""qwen-local""#, "model": #""qwen3.6-35b-a3b""#,
    "credential_source_class": #""pi-models-json-local-provider-no-secret""#,
    "allowed_network_class": #""local-tailscale-vllm-spark1""#,
    "approval_source": #""JP chat approval on 2026-05-31""#, "admission_timestamp": #""2026-05-31T18:40:00Z""#,
    "review_trigger": #""a change of model, provider, network class or credential source""#,
    "evidence_expectations": #"["report", "no API key, no token and no password in any artifact"]"#,
  ]

  static let decision: [String: String] = [
    "decision_status": #""local_provider_required""#, "provider_class": #""local_case_compatible""#,
    "provider": #""qwen-local""#, "model": #""qwen3.6-35b-a3b""#,
    "approval_source": #""JP chat approval on 2026-05-31""#,
    "credential_source_class": #""pi-models-json-local-provider-no-secret""#,
    "allowed_network_class": #""local-tailscale-vllm-spark1""#, "review_trigger": #""2026-12-31""#,
    "evidence_sources": #"["harness-runs/20260601T020117Z-r1-string-slugify-2566310"]"#,
    "effect": "\"\(DecisionRecord.effect)\"",
  ]

  static func text(_ members: [String: String]) -> String {
    "{\n" + members.sorted { $0.key < $1.key }.map { "  \"\($0)\": \($1)" }.joined(separator: ",\n") + "\n}\n"
  }

  static func bytes(_ members: [String: String], _ changes: [String: String?] = [:]) -> [UInt8] {
    var members = members
    for (name, value) in changes { members[name] = value }
    return Array(text(members).utf8)
  }
}
