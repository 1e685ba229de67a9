internal import Findings

/// The rules about secret key names: one for each kind of key.
///
/// They have no pattern: `KeyLexer` finds the value of a key, and what kind of key it is and whether the value is one
/// decides the judge (docs/keys.md). They are made here because nothing of them is written by the authors of packs.
package enum KeyRules {
  /// Longest distance from the start of what decides to the key word, and from there on.
  package static let reachBefore = 1024
  package static let reachBehind = 2048

  /// A pack of these rules alone.
  package static let pack = RulePack(
    title: "LeakGate key names", rules: all.map(\.rule), digest: RulePack.digest(of: all.map(\.rule), allowlists: []),
    detailsSource: .decoded(all.map(\.details))
  )

  private static let all: [(rule: Rule, details: RuleDetails)] = KeyRole.allCases.map { role in
    let text = text(of: role)
    let rule = Rule(id: text.id, pattern: "", secretGroup: 0, shape: shape, severity: text.severity, keys: role)
    let details = RuleDetails(
      summary: text.summary, remediation: text.remediation, references: [text.reference], tags: ["key-name"],
      since: "0.1.0",
      examples: text.examples, counterexamples: text.counterexamples
    )
    return (rule, details)
  }

  /// Every rule of keys reaches as far; a value that is longer runs on over what is no blank, quote or tag.
  private static let shape: PatternShape = {
    var alphabet = ByteSet(0x21...0xFF)
    alphabet = ByteSet(alphabet.bytes.filter { ![0x22, 0x27, 0x3C, 0x3E, 0x60, 0x7F].contains($0) })
    return PatternShape(
      lookbehind: 0, maximumLength: reachBefore + reachBehind, lookahead: 1,
      anchors: [], anchorOffset: 0...reachBefore, runOn: alphabet
    )
  }()

  private struct Text {
    var id: String
    var severity: Severity
    var summary: String
    var remediation: String
    var reference: String
    var examples: [String]
    var counterexamples: [String]
  }

  private static let cwe = "https://cwe.mitre.org/data/definitions/798.html"

  private static func text(of role: KeyRole) -> Text {
    switch role {
    case .password:
      Text(
        id: "key-name-password", severity: .high, summary: "Password beside a key that says so.",
        remediation: "Change the password, and read it from a secret store or the environment.", reference: cwe,
        examples: [
          #"DB_PASSWORD={{<}}{{alnum:14}}{{>}}"#, #"password: "{{<}}{{lower:6}}-{{alnum:9}}{{>}}""#,
          #"<password>{{<}}{{alnum:12}}!{{>}}</password>"#,
        ],
        counterexamples: [
          #"password: ${DB_PASSWORD}"#, #"passwordPolicy: strict"#, #"password: string"#,
          #"def login(user, password):"#,
        ])
    case .secret:
      Text(
        id: "key-name-secret", severity: .high, summary: "Secret beside a key that says so.",
        remediation: "Make a new secret where this one was issued, and read it from a secret store.", reference: cwe,
        examples: [
          #""client_secret": "{{<}}{{alnum:32}}{{>}}""#, #"hmacSecret = '{{<}}{{alnum:24}}{{>}}'"#,
        ],
        counterexamples: [#"secretName: database-login"#, #"client_secret: "your-client-secret""#])
    case .token:
      Text(
        id: "key-name-token", severity: .high, summary: "Token beside a key that says so.",
        remediation: "Revoke the token where it was issued, and read the new one from a secret store.", reference: cwe,
        examples: [
          #""access_token": "{{<}}{{alnum:40}}{{>}}""#,
          #"curl 'https://example.com/v1/items?token={{<}}{{alnum:30}}{{>}}'"#,
        ],
        counterexamples: [#""max_tokens": 4096"#, #"tokenizer = "cl100k_base""#, #"token = lexer.next()"#])
    case .key:
      Text(
        id: "key-name-key", severity: .high,
        summary: "API key, private key or encryption key beside a key name that says so.",
        remediation: "Revoke the key where it was issued, and read the new one from a secret store.", reference: cwe,
        examples: [#"api_key = "{{<}}{{alnum:32}}{{>}}""#, #"X-Api-Key: {{<}}{{alnum:28}}{{>}}"#],
        counterexamples: [#"primary_key: id"#, #"key: "firstName""#, #"public_key = load(path)"#])
    case .credential:
      Text(
        id: "key-name-credential", severity: .high, summary: "Credential beside a key that says so.",
        remediation: "Revoke the credential where it was issued, and read the new one from a secret store.",
        reference: cwe,
        examples: [#""auth": "{{<}}{{alnum:40}}{{>}}""#, #"proxy_credentials = "{{<}}{{alnum:26}}{{>}}""#],
        counterexamples: [#"credential_source_class: local-oauth"#, #"auth: true"#])
    case .url:
      Text(
        id: "url-credentials", severity: .high, summary: "User name and password in a URL.",
        remediation: "Change the user's password, and keep it out of the URL.",
        reference: "https://datatracker.ietf.org/doc/html/rfc3986#section-3.2.1",
        examples: [
          #"https://deploy:{{<}}{{alnum:12}}{{>}}@git.example.com/app.git"#,
          #"DATABASE_URL=postgres://app:{{<}}{{alnum:16}}{{>}}@db/app"#,
        ],
        counterexamples: [#"https://user:${PASSWORD}@example.com/"#, #"http://localhost:8080/@scope/name"#])
    }
  }
}
