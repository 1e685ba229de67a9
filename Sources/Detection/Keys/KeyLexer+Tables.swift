import Rules

/// Tables as Markdown writes them (GitHub Flavored Markdown, section 4.10).
extension KeyLexer {
  /// Whether a name stands in a table, whose cells and heads hold more than the name.
  func mayHeadTable(_ name: Range<Int>) -> Bool { cell(around: name) != nil || sheetHead(around: name) != nil }

  /// What a name in a cell leads to: the next cell, or, where it heads a column, the cells below it.
  func cells(of name: Range<Int>) -> Reading {
    guard let cell = cell(around: name) else { return Reading(key: name) }
    if let below = nextLine(cell.end).flatMap(lineBehindRule) {
      return Reading(key: cell.text, series: column(of: cell.text, from: below))
    }
    guard bytes[cell.end + 1].isBlank else { return Reading(key: name) }
    return Reading(
      key: name, pairs: [value(of: cell.text, from: cell.end + 1, form: .cell)].compactMap(\.self))
  }

  /// Whether only blanks stand up to the bar that ends a cell: a code span among words is no value.
  func endsCell(_ start: Int) -> Bool {
    var index = start
    while bytes[index].isBlank { index += 1 }
    return bytes[index] == UInt8(ascii: "|") || bytes[index].isLineEnd
  }

  /// `| User | Password |`, a row of dashes, `| me | value |`.
  private func column(of head: Range<Int>, from below: Int) -> Series {
    var bars = 0
    var index = head.lowerBound
    while index > 0, !bytes[index - 1].isLineEnd {
      index -= 1
      if bytes[index] == UInt8(ascii: "|") { bars += 1 }
    }
    return Series(.cells(column: bars, bars: 0), from: below, form: .column)
  }

  /// The few words of the cell around a name, without marks, and the bar that ends it.
  private func cell(around name: Range<Int>) -> (text: Range<Int>, end: Int)? {
    var blanks = 0
    func isPassed(_ byte: UInt8) -> Bool {
      if byte.isBlank { blanks += 1 }
      return blanks <= 6 && (byte.isPathByte || byte.isBlank || Self.cellMarks.contains(byte))
    }
    var end = name.upperBound
    while isPassed(bytes[end]) { end += 1 }
    guard bytes[end] == UInt8(ascii: "|") else { return nil }
    var start = name.lowerBound
    while isPassed(bytes[start - 1]) { start -= 1 }
    guard bytes[start - 1] == UInt8(ascii: "|"), end - start <= 2 * KeyReach.name else { return nil }
    func isMark(_ byte: UInt8) -> Bool { byte.isBlank || byte == UInt8(ascii: "*") || byte == UInt8(ascii: "`") }
    while start < name.lowerBound, isMark(bytes[start]) { start += 1 }
    var last = end
    while last > name.upperBound, isMark(bytes[last - 1]) { last -= 1 }
    return (start..<last, end)
  }

  private static let cellMarks = ByteSet("*`()/".utf8)

  /// Where the next line starts, `nil` at the end of what is at hand.
  private func nextLine(_ index: Int) -> Int? {
    var index = index
    while index < bytes.count, bytes[index] != 0x0A { index += 1 }
    return index + 1 < bytes.count ? index + 1 : nil
  }

  /// The line behind one of dashes, colons and bars alone.
  private func lineBehindRule(_ start: Int) -> Int? {
    var index = start
    while bytes[index].isBlank || bytes[index] == UInt8(ascii: "|") || bytes[index] == UInt8(ascii: "-")
      || bytes[index] == UInt8(ascii: ":")
    {
      index += 1
    }
    return index > start + 2 && bytes[index].isLineEnd ? nextLine(index) : nil
  }
}
