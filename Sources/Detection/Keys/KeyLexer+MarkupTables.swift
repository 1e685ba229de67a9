import Rules

/// Tables in markup that is no Markdown: HTML's (HTML Living Standard, section 4.9), those of Jira's wiki (`||head||`) and AsciiDoc's
/// (`|===`).
extension KeyLexer {
  /// Longest head of a column, tags that dress it included.
  private static let headReach = 96

  /// The column below a head of HTML: `<th>Password</th>`. What stands there only counts where it looks random: such tables
  /// explain much else.
  func markup(under name: Range<Int>) -> Series? {
    var end = name.upperBound
    while end - name.upperBound < Self.headReach, bytes[end].isPathByte || bytes[end] == 0x20 { end += 1 }
    guard bytes[end] == UInt8(ascii: "<"), bytes[end + 1] == UInt8(ascii: "/") else { return nil }
    let least = name.lowerBound - KeyReach.before
    var index = name.lowerBound
    var column = -1
    while index > least, index > 0, !bytes.holds("<tr", at: index) {
      index -= 1
      guard bytes[index] == UInt8(ascii: "<"), let isHead = opensCell(at: index) else { continue }
      if column < 0, !isHead || name.lowerBound - index > Self.headReach { return nil }
      column += 1
    }
    guard column >= 0, bytes.holds("<tr", at: index) else { return nil }
    return Series(.markup(column: column, cell: nil), from: end, form: .column)
  }

  /// Where a byte stands next, which is passed; `nil` where it is none of those that are passed at once.
  private func next(_ byte: UInt8, _ series: inout Series) -> Int? {
    let start = series.next
    var index = start
    while index - start < Series.stride, index < bytes.count, bytes[index] != byte { index += 1 }
    let stands = bytes[index] == byte
    series.next = stands ? index + 1 : index
    return stands ? index : nil
  }

  /// Whether a cell that opens at an index is a head; `nil` where none opens.
  private func opensCell(at index: Int) -> Bool? {
    guard bytes.holds("<th", at: index) || bytes.holds("<td", at: index), !bytes[index + 3].isAlphanumeric else {
      return nil
    }
    return bytes[index + 2] | 0x20 == UInt8(ascii: "h")
  }

  /// Reads up to a tag of a table, and the word in a cell of the column.
  func markupCell(_ series: inout Series, of key: Range<Int>, _ column: Int, _ cell: Int?) -> KeyValue? {
    guard let index = next(UInt8(ascii: "<"), &series) else { return nil }
    if bytes.holds("</table", at: index) {
      series.isOver = true
    } else if bytes.holds("<tr", at: index) {
      series.kind = .markup(column: column, cell: 0)
    } else if let cell, opensCell(at: index) != nil {
      series.kind = .markup(column: column, cell: cell + 1)
      guard cell == column, var text = behindTags(index) else { return nil }
      skipSpace(&text)
      var end = text
      while end - text < KeyReach.value, bytes[end] != UInt8(ascii: "<"), !bytes[end].isSpace { end += 1 }
      series.next = end
      return end > text ? KeyValue(key: key, value: text..<end, form: .column, isLoose: true) : nil
    }
    return nil
  }

  /// The column below a head of Jira's wiki, `||user||password||`, or of AsciiDoc, whose tables `|===` opens.
  func wikiColumn(of head: Range<Int>, to end: Int) -> Series? {
    guard let below = nextLine(end) else { return nil }
    let line = end - column(of: end)
    guard bytes[line] == UInt8(ascii: "|") else { return nil }
    let before = bars(in: line..<head.lowerBound)
    if bytes[line + 1] == UInt8(ascii: "|") {
      guard bytes.holds("||", at: end), bytes[below] == UInt8(ascii: "|"), bytes[below + 1] != UInt8(ascii: "|") else {
        return nil
      }
      return Series(.cells(column: before / 2, bars: 0, isAtStart: true), from: below, form: .column)
    }
    let above = line - 1 - (line > 0 ? column(of: line - 1) : 0)
    guard line > 0, bytes.holds("|===", at: above) else { return nil }
    let width = bars(in: line..<below)
    return Series(.spread(column: before - 1, width: width, cells: 0), from: below, form: .column)
  }

  private func bars(in range: Range<Int>) -> Int { range.count { bytes[$0] == UInt8(ascii: "|") } }

  /// Reads up to a bar of AsciiDoc, and the cell behind it where it is one of the column.
  func spreadCell(
    _ series: inout Series, of key: Range<Int>, _ column: Int, _ width: Int, _ cells: Int
  ) -> KeyValue? {
    guard let index = next(UInt8(ascii: "|"), &series) else { return nil }
    if bytes.holds("|===", at: index) {
      series.isOver = true
      return nil
    }
    series.kind = .spread(column: column, width: width, cells: (cells + 1) % width)
    guard cells == column, let value = value(of: key, from: index + 1, form: .column), !value.value.isEmpty,
      !bytes[index..<value.value.lowerBound].holdsLineEnd
    else { return nil }
    series.next = value.value.upperBound
    return value
  }
}
