import Rules

/// A rule file held in the test.
func source(_ text: String, name: String = "rules.toml") -> RuleSource {
  RuleSource(name: name, bytes: Array(text.utf8))
}

/// The problems loading gives, warnings included, whether it succeeds or not.
func problems(
  _ text: String, origin: PackOrigin = .foreign, read: (String) -> ExtendedFile = { _ in .unreadable("no file") }
) -> [RuleProblem] {
  do {
    return try RulePack.load([source(text)], origin: origin, read: read).warnings
  } catch .invalid(let problems) {
    return problems
  } catch {
    return []
  }
}

/// The messages of the errors alone, each with its line.
func errors(_ text: String, origin: PackOrigin = .foreign) -> [String] {
  problems(text, origin: origin).filter(\.isError).map { "\($0.position.line): \($0.message)" }
}

/// A pack that must load.
func load(_ text: String, origin: PackOrigin = .foreign) throws -> LoadedPack {
  try RulePack.load([source(text)], origin: origin)
}

/// A rule every law of the format is content with; `changes` replace its keys, `extra` stands behind them.
func ownRule(_ changes: [String: String?] = [:], extra: String = "") -> String {
  var keys: [String: String] = [
    "id": "\"acme-token\"", "description": "\"Acme token.\"", "regex": "'''(?<secret>acme_[0-9a-f]{32})'''",
    "examples": "['''key={{<}}acme_{{hex:32}}{{>}}''']", "counterexamples": "['''acme_{{hex:8}}''']",
    "references": "[\"https://acme.example/docs\"]", "remediation": "\"Revoke it.\"", "since": "\"0.1.0\"",
  ]
  for (key, value) in changes { keys[key] = value }
  let lines = keys.sorted { $0.key < $1.key }.map { "\($0.key) = \($0.value)" }
  return "[[rules]]\n" + lines.joined(separator: "\n") + "\n" + extra
}
