import Rules

/// Tables without bars: columns aligned by blanks, as command lines print them (sqlite3(1), kubectl(1), pandas), and rows of separated
/// values that start with a name.
extension KeyLexer {
  private static let headMarks = ByteSet("()/#%".utf8)

  /// The column below a name in a line of heads. What stands there only counts where it looks random: blanks align much else.
  func aligned(under name: Range<Int>) -> Series? {
    let isFirst = name.lowerBound == 0 || bytes[name.lowerBound - 1] == 0x0A
    guard isFirst || bytes[name.lowerBound - 1] == 0x20 && bytes[name.lowerBound - 2] == 0x20 else { return nil }
    let isBeforeOther = bytes[name.upperBound] == 0x20 && bytes[name.upperBound + 1] == 0x20
    var end = name.upperBound
    while isHead(bytes[end]) { end += 1 }
    guard isBeforeOther || !bytes[name.upperBound..<end].holdsText, bytes[end].isLineEnd else { return nil }
    var start = name.lowerBound
    while start > 0, name.lowerBound - start < KeyReach.before, isHead(bytes[start - 1]) { start -= 1 }
    guard start == 0 || bytes[start - 1] == 0x0A,
      bytes[start..<name.lowerBound].holdsText || bytes[name.upperBound..<end].holdsText || isLone(name, end)
    else { return nil }
    if bytes[end] == 0x0D { end += 1 }
    guard bytes[end] == 0x0A, !bytes[end + 1].isLineEnd else { return nil }
    return Series(.aligned((name.lowerBound - start)..<(name.upperBound - start)), from: end + 1, form: .column)
  }

  /// Whether a name alone heads a list: the first line of an artifact, above one word.
  private func isLone(_ name: Range<Int>, _ end: Int) -> Bool {
    guard name.lowerBound == 0 else { return false }
    var index = end
    skipSpace(&index)
    let word = index
    while index - word < KeyReach.value, !bytes[index].isSpace { index += 1 }
    return index > word && endsLine(index)
  }

  private func isHead(_ byte: UInt8) -> Bool { byte.isPathByte || byte == 0x20 || Self.headMarks.contains(byte) }

  /// The word of a line below the head of its column.
  func alignedValue(_ series: inout Series, of key: Range<Int>, _ head: Range<Int>) -> KeyValue? {
    let line = series.next
    series.isPassing = true
    if let end = rule(from: line) {
      series.next = end
      return nil
    }
    var end = line
    while end - line < head.upperBound, !bytes[end].isLineEnd, bytes[end] != 0 { end += 1 }
    guard bytes[line..<end].holdsText else {
      series.isOver = end - line < head.upperBound
      return nil
    }
    var start = line + head.lowerBound
    while start < end, bytes[start] == 0x20 { start += 1 }
    guard start < end else { return nil }
    while start > line, bytes[start - 1] != 0x20 { start -= 1 }
    end = start
    while end - start < KeyReach.value, !bytes[end].isSpace { end += 1 }
    series.next = end
    return KeyValue(key: key, value: start..<end, form: .column, isLoose: true)
  }

  /// The field behind a name that starts a row: `db_password,…`, `"API_KEY";"…"`. It only counts where it looks random.
  func rowValue(_ name: Range<Int>, at separator: Int) -> KeyValue? {
    guard bytes[separator] == UInt8(ascii: ",") || bytes[separator] == UInt8(ascii: ";") || bytes[separator] == 0x09
    else {
      return nil
    }
    let start = bytes[name.lowerBound - 1] == 0x22 ? name.lowerBound - 1 : name.lowerBound
    guard start == 0 || bytes[start - 1] == 0x0A else { return nil }
    var pair = KeyValue(key: name, value: name, form: .option, isLoose: true)
    let first = separator + 1
    if bytes[first] == 0x22 {
      guard let quote = Quote(at: first, in: bytes), closed(quote, from: first + quote.length, into: &pair) else {
        return nil
      }
      return startsTable(pair) ? nil : pair
    }
    var end = first
    while end - first < KeyReach.value, !bytes[end].isSpace, bytes[end] != bytes[separator] { end += 1 }
    pair.value = first..<end
    return end > first && !startsTable(pair) ? pair : nil
  }

  /// Whether the field behind a name is another head: of a table, where it does not look like a value.
  private func startsTable(_ pair: KeyValue) -> Bool {
    !ValueShape.alternates(bytes.copy(pair.value)) && sheetHead(around: pair.key) != nil
  }
}
