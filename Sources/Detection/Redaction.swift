import Rules

/// A secret in a stream, and what is written in its place. Offsets are those of the artifact.
package struct Redaction: Sendable, Hashable {
  /// The secret as far as it is known.
  package var range: Range<Int>
  /// What may be shown of it.
  package var label: String
  /// Order among secrets that start at one place: the first gives the label.
  var rule: Int

  package static func precedes(_ left: Redaction, _ right: Redaction) -> Bool {
    (left.range.lowerBound, left.rule, left.range.upperBound)
      < (right.range.lowerBound, right.rule, right.range.upperBound)
  }
}

/// What is certain of a stream of which more may come.
package struct Outlook: Sendable {
  /// No byte before this offset can become part of a secret that is not among the redactions.
  package var certain: Int
  /// The secrets known, in ascending order; one whose end is not known reaches `certain` at least as far as it counts.
  package var redactions: [Redaction]
}
