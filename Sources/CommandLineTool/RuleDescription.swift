import Findings
import Reports
import Rules

/// A rule as people and programs read it.
struct RuleDescription {
  let rule: Rule
  let details: RuleDetails

  /// One `name: value` a line, lists with an entry a line.
  var text: String {
    var text = "\(TerminalText.escaped(rule.id)): \(TerminalText.escaped(details.summary))\n"
    for (name, values) in facts where !values.isEmpty {
      for (index, value) in values.enumerated() {
        let label = index == 0 ? name : ""
        text += "  " + label + String(repeating: " ", count: 16 - label.count) + TerminalText.escaped(value) + "\n"
      }
    }
    return text
  }

  private var facts: [(name: String, values: [String])] {
    [
      ("confidence", [rule.confidence.name]),
      ("severity", [rule.severity.name]),
      ("pattern", rule.pattern.isEmpty ? [] : [rule.pattern]),
      ("secret", rule.pattern.isEmpty ? [] : [rule.secretGroup == 0 ? "the whole match" : "group \(rule.secretGroup)"]),
      ("keys", rule.keys.map { ["names of the kind \($0.rawValue)"] } ?? []),
      ("path", rule.path.map { [$0] } ?? []),
      ("anchors", anchors),
      ("match", rule.pattern.isEmpty ? [] : ["at most \(Quantity.bytes(rule.shape.maximumLength))"]),
      ("entropy", rule.entropy.map { ["at least \($0) bits per byte"] } ?? []),
      ("proof", rule.proof.map { [$0.kind.rawValue] } ?? []),
      ("required", rule.required.map(Self.text)),
      ("allowed", rule.allowlists.map(Self.text)),
      ("remediation", details.remediation.isEmpty ? [] : [details.remediation]),
      ("references", details.references),
      ("tags", details.tags.isEmpty ? [] : [details.tags.joined(separator: ", ")]),
      ("aliases", details.aliases.isEmpty ? [] : [details.aliases.joined(separator: ", ")]),
      ("since", details.since.isEmpty ? [] : [details.since]),
      ("examples", details.examples),
      ("counterexamples", details.counterexamples),
    ]
  }

  private var anchors: [String] {
    guard !rule.pattern.isEmpty else { return [] }
    guard !rule.shape.anchors.isEmpty else { return ["none: runs over every byte"] }
    return [rule.shape.anchors.map { TerminalText.escaped($0.bytes) }.joined(separator: ", ")]
  }

  private static func text(_ half: Rule.Requirement) -> String {
    let lines = half.withinLines.map { " within \(Quantity.count($0, "line"))" } ?? ""
    let columns = half.withinColumns.map { " within \(Quantity.count($0, "column"))" } ?? ""
    return half.id + lines + columns
  }

  private static func text(_ list: Allowlist) -> String {
    var parts = list.patterns.map { "\(list.target.rawValue) matches \($0)" }
    parts += list.paths.map { "path matches \($0)" }
    if !list.stopwords.isEmpty { parts.append("secret holds one of \(list.stopwords.joined(separator: ", "))") }
    return parts.joined(separator: list.condition == .all ? " and " : " or ")
  }

  /// One object with the same facts; lists are always there, what a rule has not is null.
  func write(_ writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("id", rule.id)
    writer.member("summary", details.summary)
    writer.member("confidence", rule.confidence.name)
    writer.member("severity", rule.severity.name)
    writer.member("pattern", rule.pattern)
    writer.member("secretGroup", rule.secretGroup)
    writer.key("path")
    if let path = rule.path { writer.value(path) } else { writer.null() }
    writer.key("anchors")
    writer.beginArray()
    for anchor in rule.shape.anchors { writer.value(anchor.bytes) }
    writer.endArray()
    writer.member("maximumLength", rule.shape.maximumLength)
    writer.key("entropy")
    if let entropy = rule.entropy { writer.value(decimal: entropy) } else { writer.null() }
    writer.key("proof")
    if let proof = rule.proof { writer.value(proof.kind.rawValue) } else { writer.null() }
    let lists = [
      ("required", rule.required.map(Self.text)), ("allowed", rule.allowlists.map(Self.text)),
      ("references", details.references), ("tags", details.tags), ("aliases", details.aliases),
      ("examples", details.examples), ("counterexamples", details.counterexamples),
    ]
    for (name, values) in lists {
      writer.key(name)
      writer.value(values)
    }
    writer.member("remediation", details.remediation)
    writer.member("since", details.since)
    writer.endObject()
  }
}
