/// Where the secret of a finding stands in its artifact as it lies on disk.
///
/// Lines end at LF, CRLF or a lone CR.
package struct Location: Sendable, Hashable {
  /// Byte offset of the first byte, from 0.
  package var start: Int
  /// Byte offset behind the last byte.
  package var end: Int
  /// Line of the first byte, from 1.
  package var line: Int
  /// Column of the first byte in its line, in bytes, from 1.
  package var column: Int
  /// Line of the last byte, from 1.
  package var endLine: Int
  /// Column behind the last byte, in bytes, from 1.
  package var endColumn: Int

  package init(start: Int, end: Int, line: Int, column: Int, endLine: Int, endColumn: Int) {
    self.start = start
    self.end = end
    self.line = line
    self.column = column
    self.endLine = endLine
    self.endColumn = endColumn
  }
}
