/// The head of a table of separated values, as a key word in it leads to it; places are indices of a view.
struct SheetHead {
  var separator: UInt8
  /// Number of fields.
  var width: Int
  /// Number of fields before the one of the key word.
  var column: Int
  /// The field of the key word, without quotes.
  var text: Range<Int>
  /// Where the first row starts.
  var rows: Int
  /// Whether the first row has as many fields as the head.
  var isWhole: Bool
  /// Whether the bytes end before the first row does.
  var isOpen: Bool
  /// Whether a client of a database wrote it: no field is quoted, and `\N` is none (PostgreSQL, `COPY`).
  var isDump = false
}

/// Heads of tables of separated values (RFC 4180), of tabs, semicolons and bars too.
extension KeyLexer {
  /// Longest way from the key word to the ends of the head's line; and what is seen of the line before.
  private static let headReach = 900
  private static let lineBefore = 64
  /// Longest field of a head, and how much of the first row is looked at.
  private static let greatestHead = 40
  private static let greatestRow = 1000
  /// How far behind a key word all that lies: within `KeyReach.behind`, wherever the name starts.
  private static let reach = KeyReach.behind - 2 * KeyReach.name
  /// Blanks in a head at most: it is a name, and no sentence.
  private static let mostBlanks = 3

  private func isSeparator(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ",") || byte == UInt8(ascii: ";") || byte == UInt8(ascii: "|") || byte == 0x09
  }

  /// The head of a table a name stands in: words alone in every field, as many fields in the row below, and no table above.
  func sheetHead(around name: Range<Int>) -> SheetHead? {
    guard let text = headField(around: name) else { return nil }
    let ends = (bytes[text.lowerBound - 1], bytes[text.upperBound])
    let separator = isSeparator(ends.0) ? ends.0 : ends.1
    guard isSeparator(separator), isShort(around: text), let before = fieldsBefore(text.lowerBound, separator),
      let behind = fieldsBehind(text.upperBound, separator), isFree(above: before.start, of: separator)
    else { return nil }
    let width = before.count + 1 + behind.count
    guard let row = firstRow(at: behind.end, separator, width: width, to: name.upperBound + Self.reach) else {
      return nil
    }
    var inner = text
    if bytes[inner.lowerBound] == 0x22 { inner = (inner.lowerBound + 1)..<(inner.upperBound - 1) }
    return SheetHead(
      separator: separator, width: width, column: before.count, text: inner, rows: behind.end,
      isWhole: row.isWhole, isOpen: row.isOpen)
  }

  /// Whether a line starts and ends so near to a field that it may be a head; most others are told at a look.
  private func isShort(around field: Range<Int>) -> Bool {
    let (start, end) = (field.lowerBound, field.upperBound)
    return (start < Self.headReach || bytes.last(0x0A, in: (start - Self.headReach)..<start) != nil)
      && bytes.first(0x0A, in: end..<(end + Self.headReach + 1)) != nil
  }

  /// The field around a name, quotes included; `nil` where something else than words stands in it.
  private func headField(around name: Range<Int>) -> Range<Int>? {
    var blanks = 0
    func isPassed(_ byte: UInt8) -> Bool {
      if byte == 0x20 { blanks += 1 }
      return isHeadByte(byte) && blanks <= Self.mostBlanks
    }
    var end = name.upperBound
    while isPassed(bytes[end]), end - name.upperBound < Self.greatestHead { end += 1 }
    guard isSeparator(bytes[end]) || bytes[end].isLineEnd else { return nil }
    var start = name.lowerBound
    while isPassed(bytes[start - 1]), name.lowerBound - start < Self.greatestHead { start -= 1 }
    guard isSeparator(bytes[start - 1]) || startsLine(start) else { return nil }
    return isHead(start..<end) ? start..<end : nil
  }

  @inline(__always)
  private func isHeadByte(_ byte: UInt8) -> Bool { byte.isPathByte || byte == 0x20 || byte == 0x22 }

  /// Whether a line starts here; before the first byte of all stands nothing.
  private func startsLine(_ index: Int) -> Bool { index == 0 || bytes[index - 1] == 0x0A }

  /// Whether a field of a head could read so: words without blanks around them, quoted or not.
  private func isHead(_ field: Range<Int>) -> Bool {
    var field = field
    if field.count > 2, bytes[field.lowerBound] == 0x22, bytes[field.upperBound - 1] == 0x22 {
      field = (field.lowerBound + 1)..<(field.upperBound - 1)
    }
    guard !field.isEmpty, field.count <= Self.greatestHead, bytes[field.lowerBound] != 0x20,
      bytes[field.upperBound - 1] != 0x20
    else { return false }
    return field.contains { bytes[$0].isLetter || bytes[$0] >= 0x80 }
      && field.allSatisfy { isHeadByte(bytes[$0]) && bytes[$0] != 0x22 }
      && field.count { bytes[$0] == 0x20 } <= Self.mostBlanks
  }

  /// The fields of the line before an index, and where the line starts.
  private func fieldsBefore(_ index: Int, _ separator: UInt8) -> (count: Int, start: Int)? {
    var (count, end) = (0, index)
    while !startsLine(end) {
      guard bytes[end - 1] == separator else { return nil }
      var start = end - 1
      while !startsLine(start), bytes[start - 1] != separator, index - start < Self.headReach { start -= 1 }
      guard index - start < Self.headReach, isHead(start..<(end - 1)) else { return nil }
      count += 1
      end = start
    }
    return (count, end)
  }

  /// The fields of the line behind an index, and where the next line starts.
  private func fieldsBehind(_ index: Int, _ separator: UInt8) -> (count: Int, end: Int)? {
    var (count, end) = (0, index)
    while bytes[end] == separator {
      let start = end + 1
      end = start
      while bytes[end] != separator, !bytes[end].isLineEnd, bytes[end] != 0, end - index < Self.headReach { end += 1 }
      guard end - index < Self.headReach, isHead(start..<end) else { return nil }
      count += 1
    }
    if bytes[end] == 0x0D { end += 1 }
    return bytes[end] == 0x0A ? (count, end + 1) : nil
  }

  /// Whether the line above could not be a row of the same table.
  private func isFree(above start: Int, of separator: UInt8) -> Bool {
    guard start > 0 else { return true }
    var index = start - 2
    while index >= 0, start - index < Self.lineBefore, bytes[index] != 0x0A {
      if bytes[index] == separator { return false }
      index -= 1
    }
    return true
  }

  /// Whether the first row has so many fields, as far as it is at hand; `nil` where it cannot have, or is empty. Of a long
  /// one only the first fields are counted.
  private func firstRow(at start: Int, _ separator: UInt8, width: Int, to limit: Int) -> (isWhole: Bool, isOpen: Bool)?
  {
    var (count, index, part) = (1, start, Sheet.Part.start)
    while index < bytes.count {
      let byte = bytes[index]
      if part != .quoted, byte == 0x0A { return index > start && count == width ? (true, false) : nil }
      if index - start == Self.greatestRow || index >= limit {
        return (2...width).contains(count) ? (true, false) : nil
      }
      if part != .quoted, byte == separator {
        count += 1
        part = .start
      } else {
        part = part.behind(byte)
      }
      index += 1
    }
    return count <= width ? (count == width, true) : nil
  }
}
