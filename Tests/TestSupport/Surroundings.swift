import Rules

/// What may stand around a secret without making it any less of one.
package enum Surroundings: String, CaseIterable, Sendable {
  case nothing
  case linesAround = "other lines"
  case carriageReturns = "CRLF line ends"
  case nonASCII = "UTF-8 text before it"
  case diff = "the marks of a diff"
  case json = "a JSON string"
  case backticks = "backticks"
  case word = "letters it touches"

  /// The text in these surroundings, `nil` where they would make another text of it.
  package func text(_ text: MarkedText, of trial: RuleTrial) -> MarkedText? {
    let isOneLine = !text.holds("\n")
    // A pattern that asks for the start or the end of a line means it.
    let readsLineEnds = trial.rule.pattern.contains("(?m)")
    switch self {
    case .nothing: return text
    case .linesAround: return text.between("first line\n\n", "\n\nlast line\n")
    case .carriageReturns: return text.between("first line\n\n", "\n\nlast line\n").withLineEnds("\r\n")
    case .nonASCII: return text.between(readsLineEnds ? "naïve – 密钥 🔑\n" : "naïve – 密钥 🔑")
    case .diff:
      guard !readsLineEnds else { return nil }
      return text.replacing([0x0A: "\n+"]).between("@@ -1 +1 @@\n unchanged\n+", "\n")
    case .json:
      let holdsQuotes = text.ranges.contains { range in
        text.bytes[range].contains { $0 == 0x22 || $0 == 0x5C || $0 < 0x20 }
      }
      guard isOneLine, !holdsQuotes, !readsLineEnds, !text.holds("\\") else { return nil }
      return text.replacing([0x22: "\\\"", 0x09: "\\t"]).between("{\"role\":\"tool\",\"content\":\"", "\"}")
    case .backticks: return isOneLine && !readsLineEnds ? text.between("see `", "`.") : nil
    case .word:
      guard trial.isBare, let mark = text.ranges.first else { return nil }
      return text.rewritten { index in
        let before: [UInt8] = index == mark.lowerBound ? [UInt8(ascii: "x")] : []
        let after: [UInt8] = index == mark.upperBound - 1 ? [UInt8(ascii: "_")] : []
        return before + [text.bytes[index]] + after
      }.narrowed(by: 1)
    }
  }

  /// Whether the span is the one expected: `_` may belong to a token's alphabet.
  package func accepts(_ span: Range<Int>, for mark: Range<Int>) -> Bool {
    span == mark || self == .word && span == mark.lowerBound..<(mark.upperBound + 1)
  }
}

extension MarkedText {
  /// The marks without so many bytes on both sides.
  fileprivate func narrowed(by count: Int) -> MarkedText {
    MarkedText(bytes: bytes, marks: marks.mapValues { ($0.lowerBound + count)..<($0.upperBound - count) })
  }
}
