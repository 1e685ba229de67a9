import Findings
import Rules

extension HumanReporter {
  /// `path:line:column: severity: summary [rule, confidence …]`
  func heading(_ finding: Finding) {
    let location = finding.location
    let position = ":\(location.line):\(location.column):"
    let path = Place.shown(finding.artifact)
    let room = style.columns.map { $0 - TerminalText.width(position) }
    let place = style.palette.paint(TerminalText.shortened(path, columns: room) + position, .place)
    let severity = finding.severity.name
    var summary = TerminalText.escaped(finding.summary)
    if summary.hasSuffix(".") { summary.removeLast() }
    let text = "\(summary) [\(TerminalText.escaped(finding.rule)), confidence \(finding.confidence.name)]"
    let role: Palette.Role = finding.severity >= .high ? .bad : .warning
    let whole = TerminalText.width(path + position + " " + severity + ": " + text)
    if let columns = style.columns, whole > columns {
      buffer.append(place + "\n")
      labelled(severity, role, text)
    } else {
      buffer.append(place + " " + style.palette.paint(severity, role) + ": " + text + "\n")
    }
  }

  /// The line of the finding and, below it, carets under the redacted secret.
  func excerpt(_ finding: Finding) {
    let number = String(finding.location.line)
    let gutter = "  " + number + " | "
    let empty = "  " + String(repeating: " ", count: number.count) + " | "
    let room = style.columns.map { max($0 - gutter.count, 8) }
    let secret = finding.revealed.map { TerminalText.escaped($0) } ?? TerminalText.escaped(finding.redacted)
    let (before, marked, after) = Self.fitted(
      before: Self.flattened(finding.excerpt.before, trimsStart: true), marked: secret,
      after: Self.flattened(finding.excerpt.after, trimsStart: false), columns: room
    )
    let palette = style.palette
    buffer.append(palette.paint(gutter, .gutter) + before + palette.paint(marked, .bad) + after + "\n")
    let carets = String(repeating: "^", count: max(1, TerminalText.width(marked)))
    let blank = String(repeating: " ", count: TerminalText.width(before))
    buffer.append(palette.paint(empty, .gutter) + blank + palette.paint(carets, .bad) + "\n")
  }

  /// Why it is a finding and what to do about it.
  func explanation(_ finding: Finding, details: RuleDetails?) {
    var facts = finding.facts
    if let inner = finding.inner {
      facts.append("found in \(finding.layers.text):\(inner.line):\(inner.column)")
    }
    if finding.location.endLine > finding.location.line { facts.append("ends in line \(finding.location.endLine)") }
    if !facts.isEmpty { point("why", facts.map { TerminalText.escaped($0) }.joined(separator: "; ")) }
    if let git = finding.git { origin(git) }
    if let details, !details.remediation.isEmpty { point("do", TerminalText.escaped(details.remediation)) }
    if let fingerprint = finding.fingerprint { point("fingerprint", fingerprint.text) }
    guard style.explains else { return }
    point("bytes", "\(finding.location.start) to \(finding.location.end)")
    if finding.fingerprint == nil { point("fingerprint", "none: the value is short enough to be guessed from one") }
    for reference in details?.references ?? [] { point("see", TerminalText.escaped(reference)) }
  }

  /// The commit that brought it, and how far it has spread.
  private func origin(_ git: GitOrigin) {
    if let commit = git.commit {
      let author = TerminalText.escaped(commit.author.bytes)
      point("commit", "\(commit.id) by \(author), \(commit.date)")
      let spread = "\(Quantity.count(git.commits, "commit")), \(Quantity.count(git.paths, "path"))"
      point("spread", "\(spread); \(git.isAtHead ? "still in the files of HEAD" : "no longer in the files of HEAD")")
    }
    if style.explains { point("object", git.object) }
  }

  private func point(_ label: String, _ text: String) {
    buffer.append("  ")
    let lines = TerminalText.wrapped(text, columns: style.columns.map { max($0 - label.count - 6, 8) })
    for (index, line) in lines.enumerated() {
      let lead = index == 0 ? "= \(label): " : String(repeating: " ", count: label.count + 6)
      buffer.append(index == 0 ? style.palette.paint(lead, .gutter) : lead)
      buffer.append(line + "\n")
    }
  }

  /// A piece of a line as one printable line: a tab is a blank, blanks at the start of the line go.
  private static func flattened(_ bytes: [UInt8], trimsStart: Bool) -> String {
    var bytes = bytes.map { $0 == UInt8(ascii: "\t") ? UInt8(ascii: " ") : $0 }
    if trimsStart { bytes = Array(bytes.drop { $0 == UInt8(ascii: " ") }) }
    while let last = bytes.last, last == UInt8(ascii: "\n") || last == UInt8(ascii: "\r") { bytes.removeLast() }
    return TerminalText.escaped(bytes)
  }

  /// The three pieces cut down to `columns` in all; the secret in the middle is cut last.
  static func fitted(
    before: String, marked: String, after: String, columns: Int?
  ) -> (before: String, marked: String, after: String) {
    guard let columns else { return (before, marked, after) }
    let marked = TerminalText.shortened(marked, columns: columns)
    let rest = columns - TerminalText.width(marked)
    let (left, right) = (TerminalText.width(before), TerminalText.width(after))
    guard left + right > rest else { return (before, marked, after) }
    // Each side gets half of the room, and what the other leaves over.
    let leftRoom = min(left, max(rest / 2, rest - right))
    let rightRoom = min(right, rest - leftRoom)
    let cutBefore = left > leftRoom && leftRoom > 0 ? "…" + TerminalText.suffix(before, columns: leftRoom - 1) : before
    let cutAfter = right > rightRoom && rightRoom > 0 ? TerminalText.prefix(after, columns: rightRoom - 1) + "…" : after
    return (leftRoom > 0 ? cutBefore : "", marked, rightRoom > 0 ? cutAfter : "")
  }
}
