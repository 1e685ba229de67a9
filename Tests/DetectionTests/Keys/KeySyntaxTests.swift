@testable import Detection
import Findings
import Rules
import Testing
import TestSupport

/// Random values under secret names, in every syntax of docs/keys.md: what is strong is found wherever it stands.
@Suite struct KeySyntaxTests {
  /// A way to write a key and its value, `‹` for the key and `§` for the value.
  private struct Syntax {
    var file: String
    var text: String
    /// Whether the value is quoted, so that it may hold signs.
    var isQuoted = false

    init(_ file: String, _ text: String) {
      self.file = file
      self.text = text
      isQuoted = text.contains("\"§") || text.contains("'§")
    }
  }

  private static let syntaxes = [
    Syntax("a.json", #"{"n": 1, "‹": "§"}"#), Syntax("a.json", #"{"‹":"§","n":1}"#), Syntax("a.json", #"{"‹": ["§"]}"#),
    Syntax("a.jsonl", "{\"n\": 1}\n{\"‹\": \"§\"}\n"), Syntax("a.jsonl", #"{"text": "{\"‹\": \"§\"}"}"#),
    Syntax("a.json", #"["--‹", "§", "-v"]"#),
    Syntax("a.yaml", "n: 1\n‹: §\n"), Syntax("a.yaml", "  ‹: '§' # note\n"), Syntax("a.yaml", "{n: 1, ‹: §}\n"),
    Syntax("a.yaml", "‹: |\n  §\n"), Syntax("a.yaml", "‹: >-\n  §\n"), Syntax("a.yaml", "‹: !!str §\n"),
    Syntax("a.yaml", "- name: ‹\n  value: §\n"),
    Syntax("a.yaml", "- value: §\n  name: ‹\n"), Syntax("a.yaml", "? ‹\n: §\n"),
    Syntax("a.json", #"{"value": "§", "n": 1, "key": "‹"}"#), Syntax("a.json", #"{"key": "‹", "n": 1, "value": "§"}"#),
    Syntax("a.toml", "‹ = \"§\"\n"), Syntax("a.toml", "x = { ‹ = '§' }\n"), Syntax("a.ini", "[x]\n‹ = §\nn = 1\n"),
    Syntax(".env", "‹=§\n"), Syntax(".env", "export ‹=\"§\"\n"), Syntax("a.properties", "app.‹=§\n"),
    Syntax("a.properties", "app.‹: §\n"),
    Syntax("a.xml", "<‹>§</‹>"), Syntax("a.xml", "<a n=\"1\" ‹=\"§\"/>"),
    Syntax("a.xml", "<add key=\"‹\" value=\"§\"/>"),
    Syntax("a.plist", "<key>‹</key>\n<string>§</string>\n"),
    Syntax("a.txt", "X-‹: §\r\n"), Syntax("a.txt", "https://host/path?n=1&‹=§&x=2\n"),
    Syntax("a.sh", "tool --‹ § --verbose\n"), Syntax("a.sh", "tool --‹=§\n"), Syntax("a.sh", "‹='§' tool\n"),
    Syntax("a.js", "const ‹ = \"§\";\n"), Syntax("a.js", "x = {‹: '§'};\n"), Syntax("a.go", "‹ := \"§\"\n"),
    Syntax("a.py", "‹ = '§'\n"), Syntax("a.py", "x['‹'] = '§'\n"), Syntax("a.rb", ":‹ => '§',\n"),
    Syntax("a.java", "String ‹ = \"§\";\n"), Syntax("a.rs", "let ‹: &str = \"§\";\n"),
    Syntax("a.swift", "let ‹ = \"§\"\n"),
    Syntax("a.cs", "string ‹ = \"§\";\n"), Syntax("a.cpp", "std::string ‹{\"§\"};\n"), Syntax("a.php", "$‹ = '§';\n"),
    Syntax("a.kt", "val ‹: String = \"§\"\n"), Syntax("a.pl", "my $‹ = '§';\n"), Syntax("a.r", "‹ <- \"§\"\n"),
    Syntax("a.md", "| n | x |\n| ‹ | § |\n"), Syntax("a.md", "| Name | ‹ |\n|---|---|\n| a | `§` |\n"),
    Syntax("a.md", "Our ‹ was: §.\n"), Syntax("a.md", "‹ lautet: §\n"), Syntax("a.md", "‹ → §\n"),
    Syntax("a.md", "- `‹`: `§`\n"), Syntax("a.md", "Set `‹=§` first.\n"), Syntax("a.md", "**‹:** §\n"),
    Syntax("a.log", "level=info ‹=§ n=1\n"), Syntax("a.log", "INFO login ‹: §, n: 1\n"),
  ]

  private static let passwordNames = [
    "password", "db_password", "dbPassword", "DB_PASSWORD", "passphrase", "smtp_pwd", "senha", "contrasena", "Passwort",
    "motDePasse", "mot_de_passe", "contraseña", "пароль", "密码", "パスワード",
  ]
  private static let others = [
    "api_key", "apiKey", "API_KEY", "client_secret", "clientSecret", "CLIENT_SECRET", "access_token", "accessToken",
    "refresh_token", "AUTH_TOKEN", "secret", "signing_secret", "private_key", "encryptionKey", "webhook_secret",
    "AWS_SECRET_ACCESS_KEY", "OPENAI_API_KEY", "secret_key_base",
  ]
  private static let harmless = [
    "max_tokens", "tokenizer", "credential_source_class", "secret_name", "passwordPolicy", "token_count", "public_key",
    "sort_key", "token_type", "author", "keyboard", "password_reset_url", "PASSWORD_FILE", "tokenUrl", "passwordLength",
  ]
  private static let alphabets: [[UInt8]] = [
    Letters.alphanumeric, Letters.hex, Letters.lower + Letters.digits, Letters.base64url, Letters.base32,
  ]
  private static let signs = Array("!#*+,.:;=?@^_|~-".utf8)

  private static func filled(_ syntax: Syntax, _ name: String, _ value: String) -> String {
    syntax.text.split(separator: "‹", omittingEmptySubsequences: false).joined(separator: name)
      .split(separator: "§", omittingEmptySubsequences: false).joined(separator: value)
  }

  private static func value(_ random: inout SeededRandom, _ syntax: Syntax) -> String {
    let withSigns = syntax.isQuoted && random.oneIn(4)
    let alphabet = withSigns ? Letters.alphanumeric + signs : random.pick(alphabets)
    // What looks like an option or a list's item would be one.
    let first = random.value(Letters.alphanumeric, 1)
    return first + random.value(alphabet, Int.random(in: 15...47, using: &random))
  }

  @Test(arguments: [Policy.code, .artifact])
  func `two thousand random values are found in every syntax`(_ policy: Policy) throws {
    var random = SeededRandom(seed: 31)
    let engine = try Engine(pack: KeyRules.pack, options: EngineOptions(policy: policy))
    for number in 0..<2000 {
      let syntax = Self.syntaxes[number % Self.syntaxes.count]
      let name = random.pick(random.oneIn(2) ? Self.passwordNames : Self.others)
      let value = Self.value(&random, syntax)
      let text = Self.filled(syntax, name, value)
      let found = engine.findings(in: text, named: syntax.file).map {
        String(decoding: Array(text.utf8)[$0.range], as: UTF8.self)
      }
      #expect(found == [value], "\(syntax.file): \(text.debugDescription): \(found)")
    }
  }

  @Test(arguments: [Policy.code, .artifact])
  func `no harmless name is reported in any syntax`(_ policy: Policy) throws {
    var random = SeededRandom(seed: 32)
    let engine = try Engine(pack: KeyRules.pack, options: EngineOptions(policy: policy))
    for syntax in Self.syntaxes {
      for name in Self.harmless {
        let text = Self.filled(syntax, name, Self.value(&random, syntax))
        let found = engine.findings(in: text, named: syntax.file)
        #expect(found.isEmpty, "\(syntax.file): \(text.debugDescription): \(found.map(\.rule))")
      }
    }
  }
}
