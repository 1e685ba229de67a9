import Findings
import Reports
import Rules

/// A rule as people and programs read it.
struct RuleDescription {
  let rule: Rule
  let details: RuleDetails
  /// How a text of it is shown.
  var shown: (String) -> String = { $0 }

  private static let hidden = "***"
  /// Whether the pattern holds a secret, parts of which its anchors are.
  private var hidesPattern: Bool { shown(rule.pattern) != rule.pattern }

  /// One `name: value` a line, lists with an entry a line.
  var text: String {
    var text = "\(TerminalText.escaped(rule.id)): \(TerminalText.escaped(details.summary))\n"
    let facts = RuleFacts(rule, details)
    let pattern = RuleFacts.Fact("pattern", facts.pattern.isEmpty ? [] : [facts.pattern])
    let texts = [
      RuleFacts.Fact("examples", facts.examples), RuleFacts.Fact("counterexamples", facts.counterexamples),
    ]
    for fact in [pattern] + facts.properties + texts {
      let isHidden = fact.name == "anchors" && hidesPattern
      for (index, value) in (isHidden ? [Self.hidden] : fact.values).enumerated() {
        let label = index == 0 ? fact.name : ""
        text +=
          "  " + label + String(repeating: " ", count: 16 - label.count) + TerminalText.escaped(shown(value)) + "\n"
      }
    }
    return text
  }

  /// One object with the same facts; lists are always there, what a rule has not is null.
  func write(_ writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("id", rule.id)
    writer.member("summary", details.summary)
    writer.member("confidence", rule.confidence.name)
    writer.member("severity", rule.severity.name)
    writer.member("pattern", shown(rule.pattern))
    writer.member("secretGroup", rule.secretGroup)
    writer.key("path")
    if let path = rule.path { writer.value(shown(path)) } else { writer.null() }
    writer.key("anchors")
    writer.beginArray()
    if hidesPattern {
      writer.value(Self.hidden)
    } else {
      for anchor in rule.shape.anchors { writer.value(anchor.bytes) }
    }
    writer.endArray()
    writer.member("maximumLength", rule.shape.maximumLength)
    writer.key("entropy")
    if let entropy = rule.entropy { writer.value(decimal: entropy) } else { writer.null() }
    writer.key("proof")
    if let proof = rule.proof { writer.value(proof.kind.rawValue) } else { writer.null() }
    let lists = [
      ("required", rule.required.map(\.text)), ("allowed", rule.allowlists.map(\.text)),
      ("references", details.references), ("tags", details.tags), ("aliases", details.aliases),
      ("examples", details.examples), ("counterexamples", details.counterexamples),
    ]
    for (name, values) in lists {
      writer.key(name)
      writer.value(values.map(shown))
    }
    writer.member("remediation", details.remediation)
    writer.member("since", details.since)
    writer.endObject()
  }
}
