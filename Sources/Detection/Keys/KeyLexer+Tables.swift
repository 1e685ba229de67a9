import Rules

/// Tables with bars: Markdown's (GitHub Flavored Markdown, section 4.10), those clients of databases draw (psql(1), mysql(1), sqlite3(1)),
/// reStructuredText's grids; with bars at their sides or not.
extension KeyLexer {
  /// A cell with a name in it.
  private struct Cell {
    /// The words of the cell, without marks and blanks.
    var text: Range<Int>
    /// Where the cell ends, at a bar or at the end of the line.
    var end: Int
    /// Bytes of the bar that ends it; 0 at the end of the line.
    var bar: Int
    /// Whether a bar stands before it.
    var isBehindBar: Bool
  }

  /// Whether a name stands in a table, whose cells and heads hold more than the name.
  func mayHeadTable(_ name: Range<Int>) -> Bool { cell(around: name) != nil || sheetHead(around: name) != nil }

  /// What a name in a cell leads to: the next cell, or, where it heads a column, the cells below it.
  func cells(of name: Range<Int>) -> Reading {
    guard let cell = cell(around: name) else { return Reading(key: name) }
    if let below = nextLine(cell.end), let rule = rule(from: below), isHead(of: rule, below, cell.end) {
      return Reading(key: cell.text, series: column(of: cell.text, from: rule))
    }
    if let series = wikiColumn(of: cell.text, to: cell.end) { return Reading(key: cell.text, series: series) }
    let next = cell.end + cell.bar
    guard cell.bar > 0, bytes[next].isBlank, cell.isBehindBar || isRecord(name, cell.end) else {
      return Reading(key: name)
    }
    let pair = value(of: cell.text, from: next, form: .cell)
    return Reading(key: name, pairs: pair.map { $0.value.isEmpty ? [] : [$0] } ?? [])
  }

  /// Whether the line above a rule is the head of a table: where all rows lie between two rules, it is the first of them.
  private func isHead(of rule: Int, _ start: Int, _ end: Int) -> Bool {
    guard bytes[start] == UInt8(ascii: "+") || bytes[start] == 0xE2, bytes[start + 1] != UInt8(ascii: "=") else {
      return true
    }
    let line = end - column(of: end)
    guard let row = nextLine(rule), line > 0, bar(at: row) > 0 else { return false }
    return self.rule(from: line - 1 - column(of: line - 1)) != nil
  }

  /// Whether only blanks stand up to the bar that ends a cell: a code span among words is no value.
  func endsCell(_ start: Int) -> Bool {
    var index = start
    while bytes[index].isBlank { index += 1 }
    return bar(at: index) > 0 || bytes[index].isLineEnd || bytes[index] == 0 && index >= bytes.count
  }

  /// Bytes of the bar that stands at an index: `|`, `│`, `┃`, `║` (UTF-8); 0 where none does.
  func bar(at index: Int) -> Int {
    switch bytes[index] {
    case UInt8(ascii: "|"): 1
    case 0xE2: isBar(bytes[index + 1], bytes[index + 2]) ? 3 : 0
    default: 0
    }
  }

  private func bar(before index: Int) -> Int {
    if bytes[index - 1] == UInt8(ascii: "|") { return 1 }
    return bytes[index - 3] == 0xE2 && isBar(bytes[index - 2], bytes[index - 1]) ? 3 : 0
  }

  private func isBar(_ second: UInt8, _ third: UInt8) -> Bool {
    second == 0x94 && (third == 0x82 || third == 0x83) || second == 0x95 && third == 0x91
  }

  /// `| User | Password |`, a row of dashes, `| me | value |`.
  private func column(of head: Range<Int>, from rule: Int) -> Series {
    var bars = 0
    var index = head.lowerBound
    while index > 0, !bytes[index - 1].isLineEnd {
      let bar = bar(before: index)
      if bar > 0 { bars += 1 }
      index -= max(1, bar)
    }
    return Series(.cells(column: bars, bars: 0, isAtStart: true), from: rule, form: .column, isPassing: true)
  }

  /// The few words of the cell around a name; a bar stands on one side of it at least.
  private func cell(around name: Range<Int>) -> Cell? {
    var blanks = 0
    func isPassed(_ byte: UInt8) -> Bool {
      if byte.isBlank { blanks += 1 }
      return blanks <= KeyReach.gap && (byte.isPathByte || byte.isBlank || Self.cellMarks.contains(byte))
    }
    var end = name.upperBound
    while isPassed(bytes[end]), bar(at: end) == 0 { end += 1 }
    let bar = bar(at: end)
    guard bar > 0 || bytes[end].isLineEnd else { return nil }
    blanks = 0
    var start = name.lowerBound
    while isPassed(bytes[start - 1]), self.bar(before: start) == 0 { start -= 1 }
    let isBehindBar = self.bar(before: start) > 0
    guard isBehindBar || bar > 0 && (start == 0 || bytes[start - 1] == 0x0A) else { return nil }
    func isMark(_ byte: UInt8) -> Bool { byte.isBlank || byte == UInt8(ascii: "*") || byte == UInt8(ascii: "`") }
    while start < name.lowerBound, isMark(bytes[start]) { start += 1 }
    var last = end
    while last > name.upperBound, isMark(bytes[last - 1]) { last -= 1 }
    // A cell holds a name and a few words around it.
    guard last - start <= 2 * KeyReach.name, bytes[start..<last].blanks <= 6 else { return nil }
    return Cell(text: start..<last, end: end, bar: bar, isBehindBar: isBehindBar)
  }

  private static let cellMarks = ByteSet("*`()/".utf8)

  /// Whether a line is one of a record written down the page, its bar below or above another one: `password | …`.
  private func isRecord(_ name: Range<Int>, _ end: Int) -> Bool {
    let start = end - column(of: end)
    let column = end - start
    if let below = nextLine(end), bytes[below + column] == UInt8(ascii: "|"), lineEnd(from: below) > below + column {
      return true
    }
    guard start > 0 else { return false }
    let above = start - 1 - self.column(of: start - 1)
    return bytes[above + column] == UInt8(ascii: "|") && above + column < start
      || bytes.holds("-[ record", at: above)
  }

  /// Where the next line starts, `nil` at the end of what is at hand.
  func nextLine(_ index: Int) -> Int? {
    let end = lineEnd(from: index)
    return end + 1 < bytes.count ? end + 1 : nil
  }

  /// A place in a line of dashes, colons, bars and what draws boxes alone (UTF-8, U+2500 to U+257F): its end, or where that is as good as
  /// certain.
  func rule(from start: Int) -> Int? {
    var index = start
    while index - start < KeyReach.blanks {
      if Self.ruleMarks.contains(bytes[index]) {
        index += 1
      } else if bytes[index] == 0xE2, bytes[index + 1] == 0x94 || bytes[index + 1] == 0x95 {
        index += 3
      } else {
        return index > start + 2 && bytes[index].isLineEnd && bytes[start..<index].holdsText ? index : nil
      }
    }
    return bytes[start..<index].holdsText ? index : nil
  }

  private static let ruleMarks = ByteSet("|-:+= \t".utf8)
}
