@testable import Detection
import Findings
import Rules
import Testing
import TestSupport

/// Policies `artifact` and `sot` on secret key names.
@Suite struct KeyPolicyTests {
  private static let artifact = Result { try Engine(pack: RulePack.default, options: EngineOptions(policy: .artifact)) }
  private static let code = Result { try Engine(pack: RulePack.default, options: EngineOptions(policy: .code)) }
  private static let sot = Result { try Engine(pack: RulePack.default, options: EngineOptions(policy: .sot)) }

  private static let secretNames = [
    "password", "db_password", "api_key", "apiKey", "X-Api-Key", "client_secret", "access_token", "refresh_token",
    "private_key",
    "secret", "AWS_SECRET_ACCESS_KEY", "passphrase", "authToken", "encryption_key", "OPENAI_API_KEY", "webhook_secret",
    "senha",
    "Passwort", "пароль", "密码",
  ]
  private static let harmlessNames = [
    "max_tokens", "tokenizer", "credential_source_class", "secret_name", "passwordPolicy", "token_count",
    "completion_tokens",
    "public_key", "sort_key", "token_type", "author", "keyboard", "password_reset_url", "secret_scan",
    "secret_scanning", "token_leaks", "secret-detection",
  ]

  @Test func `a real value of a secret key is found in a trace whatever it looks like`() throws {
    var random = SeededRandom(seed: 21)
    for name in Self.secretNames {
      for length in [3, 5, 8, 12, 40] {
        let value = random.value(Letters.lower, length) + (random.oneIn(2) ? "" : " " + random.value(Letters.lower, 4))
        let texts = [
          "{\"seq\": 1, \"call\": {\"\(name)\": \"\(value)\", \"n\": 2}}\n",
          "{\"text\": \"{\\\"\(name)\\\": \\\"\(value)\\\"}\"}\n",
        ]
        for text in texts {
          let found = try Self.artifact.get().findings(in: text, named: "trace.jsonl")
          #expect(found.count == 1 && found[0].range.count == value.utf8.count, "\(text) \(found.map(\.rule))")
        }
      }
    }
  }

  @Test func `harmless names are none, real values or not`() throws {
    var random = SeededRandom(seed: 22)
    for engine in [try Self.artifact.get(), try Self.sot.get()] {
      for name in Self.harmlessNames {
        for value in [random.value(Letters.lower, 9), "4096", ""] {
          #expect(engine.findings(in: "{\"\(name)\": \"\(value)\"}", named: "trace.jsonl").isEmpty, "\(name)")
          #expect(engine.findings(in: "\(name): \(value)\n", named: "a.yaml").isEmpty, "\(name)")
        }
      }
    }
  }

  @Test(arguments: [
    "\"password\": \"\"", "\"password\": null", "password: ${DB_PASSWORD}", "\"token\": \"***\"",
    "\"secret\": \"[REDACTED]\"",
    "\"api_key\": \"<your api key>\"", "password: string", "\"pass\": 12", "\"token\": \" the\", \"logprob\": -0.5",
    "api_key: vault:kv/app#key", "\"token\": 81", "The password is kept elsewhere.",
  ]) func `what is not real is none in an artifact`(_ text: String) throws {
    #expect(try Self.artifact.get().findings(in: text, named: "trace.jsonl").isEmpty)
  }

  @Test func `numbers are passwords and PINs, not tokens`() throws {
    let engine = try Self.artifact.get()
    for name in ["password", "user_pin"] {
      #expect(engine.findings(in: "\"\(name)\": \"\(471_182)\"").map(\.rule) == ["key-name-password"])
    }
  }

  @Test(arguments: [
    "admin", "root", "test", "a", "x", "-", "myPassword", "foo.bar", "os.environ1", "user@example.com", "foo",
    "guest", "Password1",
  ]) func `a password is one in an artifact however bad it is`(_ value: String) throws {
    let found = try Self.artifact.get().findings(in: "{\"password\": \"\(value)\"}\n", named: "trace.jsonl")
    #expect(found.map(\.range.count) == [value.utf8.count])
  }

  @Test(arguments: [
    "${DB_PASSWORD}", "{{ password }}", "your-password", "your_password_here", "changeme", "********",
    "xxxxxxxx",
    "$DB_PASSWORD", "$password", "DB_PASSWORD", "[REDACTED]", "string", "true", "abc...", "vault:kv/app",
    "env.PASSWORD",
    "secrets.DB", "os.environ['DB']", "process.env.DB", "<your key>",
  ]) func `what says that it stands for a value is none in an artifact`(_ value: String) throws {
    #expect(try Self.artifact.get().findings(in: "{\"password\": \"\(value)\"}\n", named: "trace.jsonl").isEmpty)
  }

  @Test(arguments: [
    "DB_PASSWORD=§...\n", "\"token\": \"§…\"\n", "DB_PASSWORD=§…\n", "DB_PASSWORD=§***\n", "DB_PASSWORD=***§\n",
    #"{"o":"… DB_PASSWORD=§... [truncated 100 chars]"}"#,
  ]) func `dots and stars beside a whole value do not hide it`(_ template: String) throws {
    var random = SeededRandom(seed: 26)
    let text = template.replacing("§", with: random.value(Letters.alphanumeric, 20))
    for engine in [try Self.artifact.get(), try Self.code.get()] {
      #expect(engine.findings(in: text, named: "trace.jsonl").count == 1, "\(text)")
    }
  }

  @Test func `dots behind a beginning say that the rest is left out`() throws {
    for value in ["hf_...", "sk_live_4eC39H...", "eyJ" + "hbGciOi4JIU...", "abc...", "AKI" + "A4XY7...", "..."] {
      #expect(try Self.artifact.get().findings(in: "token: \(value)\n", named: "trace.jsonl").isEmpty, "\(value)")
    }
  }

  @Test func `what is found in code is found in an artifact`() throws {
    var random = SeededRandom(seed: 27)
    let shapes = ["§", "§***", "***§", "<§>", "§...", "x§x", "${§", "[§]", "your§", "§ §", "null§", "xxxx§", "test-§"]
    for _ in 0..<300 {
      let value = random.pick(shapes).replacing(
        "§", with: random.value(Letters.printable, Int.random(in: 3...24, using: &random)))
      let name = random.pick(Self.secretNames)
      let text = random.pick(["\(name)=\(value)\n", "\(name): \(value)\n", "{\"\(name)\": \"\(value)\"}\n"])
      let found = try [Self.code, Self.artifact].map { try $0.get().findings(in: text, named: "a.log").map(\.range) }
      #expect(Set(found[1]).isSuperset(of: found[0]), "\(text)")
    }
  }

  @Test(arguments: ["a.py", "a.md"]) func `what usually stands for a value does so in programs and documents`(
    _ name: String
  ) throws {
    for value in ["test", "admin", "foo", "your-password"] {
      #expect(try Self.artifact.get().findings(in: "password = \"\(value)\"\n", named: name).isEmpty, "\(value)")
    }
  }

  @Test(arguments: ["tokens = {\n  'root': 1\n", "api_key={{x}}{{y}}\n", "password: -\n"])
  func `a mark alone that is not quoted is none in an artifact`(_ text: String) throws {
    #expect(try Self.artifact.get().findings(in: text, named: "trace.jsonl").isEmpty)
  }

  @Test func `a PIN is one of four to eight digits`() throws {
    let engine = try Self.artifact.get()
    for text in ["{\"pin_code\": 4711}", "{\"pin\": 1234}", "pin=" + "471182\n"] {
      #expect(engine.findings(in: text, named: "trace.jsonl").count == 1, "\(text)")
    }
    for text in ["{\"pin\": 13}", "{\"pin\": true}", "{\"pin\": \"left\"}", "{\"pinned\": 1234}"] {
      #expect(engine.findings(in: text, named: "trace.jsonl").isEmpty, "\(text)")
    }
  }

  @Test(arguments: [
    ("a.json", "{\"name\":\"DB_PASSWORD\",\"value\":\"\"}"), ("a.yaml", "- name: DB_PASSWORD\n  value: \"\"\n"),
    ("a.xml", "<add key=\"DbPassword\" value=\"\"/>"), ("a.json", "{\n  \"password\"\n  : null\n}"),
    ("a.json", "{\"credentials\": null}"), ("a.json", "{\"authorization\": \"\"}"), ("a.json", "{\"pin\": null}"),
    ("a.json", "{\"secrets\": {\"a\": 1}}"), ("a.json", "{\"password\": [1]}"),
    ("a.json", "{\"password\": \"\"}"), ("a.json", "{\"password\": null}"), ("a.yaml", "password: ${X}\n"),
    ("a.yaml", "password:\n"), ("a.toml", "api_key = \"\"\n"), (".env", "API_KEY=\n"), ("a.ini", "password=\n"),
    ("a.xml", "<password></password>"), ("a.xml", "<password/>"), ("a.json", "{\"client_secret\": \"changeme\"}"),
    ("a.yaml", "secrets:\n  - name: x\n"),
  ]) func `in a governed document a secret key is a finding whatever its value`(_ name: String, _ text: String) throws {
    #expect(try Self.sot.get().findings(in: text, named: name).count == 1)
    #expect(try Self.artifact.get().findings(in: text, named: name).isEmpty)
  }

  @Test func `in Markdown a secret key is one with a real value only`() throws {
    let engine = try Self.sot.get()
    #expect(engine.findings(in: "- `password`: never written here.\npassword:\ntoken: ${X}\n", named: "a.md").isEmpty)
    var random = SeededRandom(seed: 23)
    let text = "- `password`: `\(random.value(Letters.alphanumeric, 14))`\n"
    #expect(engine.findings(in: text, named: "a.md").map(\.rule) == ["key-name-password"])
  }

  @Test(arguments: [
    (
      "openai-codex", "gpt-5.5", "hermes-openai-codex-oauth-and-local-vllm-config",
      "codex-oauth-hosted-model-plus-local-vllm-fallback"
    ),
    ("qwen-local", "qwen3.6-35b-a3b", "pi-models-json-local-provider-no-secret", "local-tailscale-vllm-spark1"),
  ])
  func `both admission records are clean under sot`(
    _ provider: String, _ model: String, _ credentials: String, _ network: String
  ) throws {
    let record = """
      {
        "status": "admitted", "provider": "\(provider)", "model": "\(model)",
        "credential_source_class": "\(credentials)", "allowed_network_class": "\(network)",
        "approval_source": "JP chat approval on 2026-05-31", "admission_timestamp": "2026-05-31T23:00:00Z",
        "review_trigger": "a change of provider, model or credential class", "evidence_expectations": ["report", "trace"]
      }
      """
    #expect(try Self.sot.get().findings(in: record, named: "admission.json") == [])
  }

  @Test func `a planning document about credentials is clean under sot`() throws {
    let text = """
      ---
      title: Admission of a model provider
      lifecycle_classification: sot
      ---

      # Admission

      - Requires no secrets in task file, argv, report, trace, backend logs or commits.
      - No secret is written to the record, argv or report.
      - `credential_source_class`: credential class only; no secret value.
      - Admission record names provider, exact model, credential source class, allowed network class and approval source.
      - Secret scan covers `report.json`, `trace.jsonl` and backend logs.
      - The adapter blocks the pair unless the auth bridge variable is `1`.
      - The API-key lookup of the environment does not map the provider to an API key; OAuth headers are not passed on.
      - Focused validator passed: `python3 harness/validate.py --harness-root harness --json`.
      - Admission JSON has `credential_source_class`: `local-provider-no-secret`.
      - Admission JSON contains no secret keys or secret values.
      """
    #expect(try Self.sot.get().findings(in: text, named: "admission.md") == [])
  }
}
