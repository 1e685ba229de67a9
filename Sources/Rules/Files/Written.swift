/// A value of a rule file, with the place it stands at.
package struct Written<Value: Sendable & Equatable>: Sendable, Equatable {
  package var value: Value
  /// Where the value starts; for a string its first byte, quotes not counted.
  package var position: TextPosition
  /// Whether the text stands in the file as it is, so that places in the value are places in the file.
  package var isVerbatim: Bool

  package init(_ value: Value, at position: TextPosition, isVerbatim: Bool = false) {
    self.value = value
    self.position = position
    self.isVerbatim = isVerbatim
  }
}

extension Written<String> {
  /// The place in the file of a byte of the value; the value's own place where it was written with escapes.
  package func position(at offset: Int) -> TextPosition {
    guard isVerbatim else { return position }
    var place = position
    for byte in value.utf8.prefix(max(0, offset)) {
      if byte == UInt8(ascii: "\n") {
        place = TextPosition(line: place.line + 1, column: 1)
      } else {
        place.column += 1
      }
    }
    return place
  }
}
