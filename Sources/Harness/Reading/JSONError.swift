/// Why a text is not the one JSON value it should be.
package struct JSONError: Error, Equatable, CustomStringConvertible {
  /// One lower-case clause; holds nothing of the text.
  package var reason: String
  /// Line from 1.
  package var line: Int
  /// Column in bytes, from 1.
  package var column: Int

  package var description: String { "\(line):\(column): \(reason)" }
}

/// A place in a text, for people.
package struct TextPlace: Sendable, Equatable {
  /// Line from 1.
  package var line: Int
  /// Column in bytes, from 1.
  package var column: Int

  /// The place of an offset; lines end at LF.
  ///
  /// - Complexity: linear in the offset.
  package init(of offset: Int, in bytes: [UInt8]) {
    line = 1
    column = 1
    for byte in bytes.prefix(offset) {
      column += 1
      if byte == UInt8(ascii: "\n") { (line, column) = (line + 1, 1) }
    }
  }
}
