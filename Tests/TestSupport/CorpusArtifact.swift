package import Rules

/// One artifact of corpus/, as its manifest describes it.
package struct CorpusArtifact: Sendable {
  /// Where a secret stands and which rule must find it.
  package struct Secret: Sendable {
    package var mark: String
    package var rule: String
  }

  /// `clean`, `leaking` or `evasive`.
  package var folder: String
  /// The template, relative to the repository.
  package var file: String
  /// The name it gets when it is filled in.
  package var path: String
  package var secrets: [Secret]
  /// What ends its lines.
  package var lineEnd = "\n"
  package var startsWithNUL = false
  /// Whether the two characters `^[` stand for ESC.
  package var escapes = false
  package var template: Template

  /// The artifact filled in: always the same for the same seed.
  package func text(seed: UInt64) -> MarkedText {
    var text = MarkedText(template.expand(seed: seed))
    if escapes {
      let written = text.bytes
      text = text.rewritten { index in
        if written[index...].starts(with: "^[".utf8) { return [0x1B] }
        let isSecondHalf = index > 0 && written[(index - 1)...].starts(with: "^[".utf8)
        return isSecondHalf ? [] : [written[index]]
      }
    }
    if lineEnd != "\n" { text = text.withLineEnds(lineEnd) }
    return startsWithNUL ? text.between([0]) : text
  }
}
