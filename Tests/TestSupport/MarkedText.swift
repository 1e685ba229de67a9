package import Rules

/// Bytes with named ranges, which stay where they belong when the bytes are written another way.
package struct MarkedText: Sendable, Equatable {
  package var bytes: [UInt8]
  package var marks: [String: Range<Int>]

  package init(bytes: [UInt8], marks: [String: Range<Int>] = [:]) {
    self.bytes = bytes
    self.marks = marks
  }

  package init(_ expansion: Template.Expansion) { self.init(bytes: expansion.bytes, marks: expansion.marks) }

  /// The marked ranges in ascending order.
  package var ranges: [Range<Int>] {
    marks.values.sorted { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
  }

  /// The text with every byte replaced by what the closure gives for its index.
  package func rewritten(_ replacement: (_ index: Int) -> [UInt8]) -> MarkedText {
    var result: [UInt8] = []
    var places: [Int] = []
    for index in bytes.indices {
      places.append(result.count)
      result += replacement(index)
    }
    places.append(result.count)
    return MarkedText(bytes: result, marks: marks.mapValues { places[$0.lowerBound]..<places[$0.upperBound] })
  }

  /// The text with the bytes replaced that have a replacement.
  package func replacing(_ replacements: [UInt8: String]) -> MarkedText {
    rewritten { replacements[bytes[$0]].map { Array($0.utf8) } ?? [bytes[$0]] }
  }

  /// The text between two others.
  package func between(_ before: [UInt8], _ after: [UInt8] = []) -> MarkedText {
    MarkedText(
      bytes: before + bytes + after,
      marks: marks.mapValues { ($0.lowerBound + before.count)..<($0.upperBound + before.count) }
    )
  }

  package func between(_ before: String, _ after: String = "") -> MarkedText {
    between(Array(before.utf8), Array(after.utf8))
  }

  /// Whether a byte stands anywhere.
  package func holds(_ character: Unicode.Scalar) -> Bool { bytes.contains(UInt8(ascii: character)) }

  /// Every line end, LF as written, in another form.
  package func withLineEnds(_ end: String) -> MarkedText { replacing([0x0A: end]) }
}
