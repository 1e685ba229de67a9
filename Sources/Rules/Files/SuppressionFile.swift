package import Findings
internal import TOMLKit

/// Suppressions as a file holds them: TOML, one `[[suppression]]` each.
package enum SuppressionFile {
  /// Reads a file; whatever it does not understand makes it useless, since a misspelt expiry must not last for ever.
  ///
  /// - Throws: one line that says where and what.
  package static func read(_ bytes: [UInt8], name: String) throws(SuppressionError) -> [Suppression] {
    guard let text = String(validating: bytes, as: UTF8.self) else { throw SuppressionError("\(name): is not UTF-8") }
    let table: TOMLTable
    do {
      table = try TOMLTable(string: text)
    } catch {
      throw SuppressionError("\(name): is not TOML: \(String(describing: error).prefix { !$0.isNewline })")
    }
    for key in table.keys where key != "suppression" { throw SuppressionError("\(name): unknown key '\(key)'") }
    guard let list = table["suppression"] else { return [] }
    guard let array = list.array else { throw SuppressionError("\(name): write [[suppression]], with two brackets") }
    var suppressions: [Suppression] = []
    for (index, value) in array.enumerated() {
      guard let entry = value.table else { throw SuppressionError("\(name): suppression \(index + 1) is no table") }
      suppressions.append(try suppression(entry, at: "\(name): suppression \(index + 1)"))
    }
    return suppressions
  }

  private static let keys = ["fingerprint", "rule", "reason", "author", "added", "expires"]

  /// The text of a file with entries replaced, or taken out where nothing takes their place; all else stays as it stands.
  ///
  /// `nil` where the entries cannot be told apart in the text.
  package static func changing(_ bytes: [UInt8], _ changes: [Int: Suppression?]) -> String? {
    guard let text = String(validating: bytes, as: UTF8.self), let before = try? read(bytes, name: "") else {
      return nil
    }
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let heads = lines.indices.filter { lines[$0].filter { !$0.isWhitespace }.hasPrefix("[[suppression]]") }
    guard heads.count == before.count else { return nil }
    for (index, change) in changes.sorted(by: { $0.key > $1.key }) {
      let entry = lines[heads[index]..<(index + 1 < heads.count ? heads[index + 1] : lines.count)]
      // Comments and blank lines at its end lead to the next one.
      let end =
        entry.lastIndex { !$0.allSatisfy(\.isWhitespace) && $0.first { !$0.isWhitespace } != "#" } ?? entry.startIndex
      let new = change.map { Self.text($0).split(separator: "\n") } ?? []
      lines.replaceSubrange(heads[index]...end, with: new)
    }
    let changed = lines.joined(separator: "\n")
    let expected = before.indices.compactMap { index in changes[index] ?? before[index] }
    guard (try? read(Array(changed.utf8), name: "")) == expected else { return nil }
    return changed
  }

  private static func suppression(_ entry: TOMLTable, at place: String) throws(SuppressionError) -> Suppression {
    var values: [String: String] = [:]
    for key in entry.keys {
      guard keys.contains(key) else { throw SuppressionError("\(place): unknown key '\(key)'") }
      guard let text = entry[key]?.string else { throw SuppressionError("\(place): \(key) is no string") }
      values[key] = text
    }
    guard let fingerprint = values["fingerprint"], isFingerprint(fingerprint) else {
      throw SuppressionError("\(place): fingerprint is not 32 lower-case hex digits")
    }
    guard let reason = values["reason"], reason.contains(where: { !$0.isWhitespace }) else {
      throw SuppressionError("\(place): no reason is given")
    }
    for key in ["added", "expires"] {
      if let date = values[key], !Calendar.isDate(date) {
        throw SuppressionError("\(place): \(key) is no date; write it as 2024-01-31")
      }
    }
    return Suppression(
      fingerprint: fingerprint, rule: values["rule"], reason: reason, author: values["author"], added: values["added"],
      expires: values["expires"])
  }

  /// Whether a text is a fingerprint as reports show it.
  package static func isFingerprint(_ text: String) -> Bool {
    text.utf8.count == 32
      && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0) }
  }

  /// A suppression as the file holds it.
  package static func text(_ suppression: Suppression) -> String {
    let members = [
      ("fingerprint", suppression.fingerprint), ("rule", suppression.rule), ("reason", suppression.reason),
      ("author", suppression.author), ("added", suppression.added), ("expires", suppression.expires),
    ]
    var text = "[[suppression]]\n"
    for (key, value) in members { if let value { text += "\(key) = \(quoted(value))\n" } }
    return text
  }

  /// A basic string of TOML 1.0.
  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}

/// Why suppressions cannot be read: one line.
package struct SuppressionError: Error, Equatable {
  package var message: String

  init(_ message: String) { self.message = message }
}
