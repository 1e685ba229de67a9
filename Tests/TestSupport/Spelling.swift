/// A way people write the value of a setting behind its name.
package struct Spelling: Sendable {
  package var before: String
  package var after: String

  private init(_ before: String, _ after: String = "") {
    self.before = before
    self.after = after
  }

  /// Ways in which the name is followed by the value, in the languages and formats of corpus/ and beyond.
  package static let all: [Spelling] = [
    Spelling("="), Spelling(": "), Spelling(" = \"", "\""), Spelling("='", "'"), Spelling(" := \"", "\""),
    Spelling(" ?= "), Spelling(" .= \"", "\";"), Spelling(" ::= "), Spelling(" :::= "), Spelling(" => \"", "\","),
    Spelling("\": \"", "\","), Spelling("\":\"", "\"}"), Spelling("' : '", "'"), Spelling("\": [ \"", "\" ]"),
    Spelling("\": [\n      \"", "\"\n]"), Spelling("\\\": \\\"", "\\\""), Spelling(">", "</"),
    Spelling(">\n    ", "\n</"),
    Spelling("\", \"", "\")"), Spelling("'] = '", "'"), Spelling("(\"", "\")"), Spelling(": str = \"", "\""),
    Spelling(" string = \"", "\""), Spelling(": String? = \"", "\""), Spelling("\" value=\"", "\"/>"),
    Spelling("\"\n  value: \"", "\""), Spelling("\u{1B}[0m=\u{1B}[33m", "\u{1B}[0m"),
    Spelling(": \u{1B}[1;32m", "\u{1B}[0m"),
    Spelling("=\\u001b[33m", "\\u001b[0m"), Spelling(" `", "`"), Spelling(" | ", " |"), Spelling("` | `", "` |"),
    Spelling("\t"), Spelling(" "), Spelling("%3D"), Spelling("=b\"", "\""), Spelling(": >-\n  "), Spelling(" -> "),
  ]

  /// A value behind a name, spelled so.
  package func text(name: String, value: [UInt8]) -> MarkedText {
    MarkedText(bytes: value, marks: ["": 0..<value.count]).between(name + before, after)
  }
}
