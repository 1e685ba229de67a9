import Rules

/// Rows of `INSERT INTO table (column, …) VALUES (value, …), …` (ISO/IEC 9075-2, insert statement).
extension KeyLexer {
  private static let columnMarks = ByteSet("`\"[],".utf8)

  /// The rows whose strings in the column of a name are told; `nil` where the name heads none.
  func rows(under name: Range<Int>) -> Series? {
    guard isListed(name), let list = columns(around: name) else { return nil }
    var index = list.end + 1
    skipSpace(&index)
    guard bytes.holds("into", at: list.verb - 4), !bytes[list.verb - 5].isNameByte, bytes.holds("values", at: index)
    else { return nil }
    return Series(.rows(Series.Rows(column: list.before)), from: index + 6, form: .column)
  }

  /// Whether what follows a name may be that of a list, which tells most others from it at a look.
  private func isListed(_ name: Range<Int>) -> Bool {
    var index = name.upperBound
    if bytes[index] == UInt8(ascii: "]") || bytes[index].isQuote { index += 1 }
    while bytes[index].isBlank { index += 1 }
    return bytes[index] == UInt8(ascii: ",") || bytes[index] == UInt8(ascii: ")") || bytes[index].isLineEnd
  }

  /// The head of the rows below `COPY table (column, …) FROM stdin;`, parted by tabs (PostgreSQL, `COPY`).
  func copied(under name: Range<Int>) -> SheetHead? {
    guard isListed(name), let list = columns(around: name), bytes.holds("copy", at: list.verb - 4) else { return nil }
    var index = list.end + 1
    skipSpace(&index)
    guard bytes.holds("from stdin", at: index) else { return nil }
    let end = lineEnd(from: index)
    guard bytes[end] == 0x0A else { return nil }
    let isSeparatedByComma = bytes.holds("csv", startingIn: index..<end)
    return SheetHead(
      separator: isSeparatedByComma ? UInt8(ascii: ",") : 0x09, width: list.count, column: list.before, text: name,
      rows: end + 1, isWhole: true, isOpen: false, isDump: true)
  }

  /// The columns before a name in the list it stands in, their number, where the list ends, and the word that leads to its table.
  private func columns(around name: Range<Int>) -> (before: Int, count: Int, end: Int, verb: Int)? {
    func isPassed(_ byte: UInt8) -> Bool {
      byte.isPathByte || Self.columnMarks.contains(byte) || byte.isSpace && byte != 0
    }
    // Most lists of names are none of columns, and long ones hold many key words.
    let reach = max(0, name.lowerBound - KeyReach.before - 1)..<max(0, name.lowerBound)
    guard bytes.last(UInt8(ascii: "("), in: reach) != nil else { return nil }
    var start = name.lowerBound
    var before = 0
    while name.lowerBound - start < KeyReach.before, isPassed(bytes[start - 1]) {
      start -= 1
      if bytes[start] == UInt8(ascii: ",") { before += 1 }
    }
    guard bytes[start - 1] == UInt8(ascii: "(") else { return nil }
    let least = start - 2 * KeyReach.name
    var table = start - 1
    while table > least, bytes[table - 1].isBlank { table -= 1 }
    while table > least, !bytes[table - 1].isSpace { table -= 1 }
    while table > least, bytes[table - 1].isBlank { table -= 1 }
    guard bytes[table - 1] | 0x20 == UInt8(ascii: "o") || bytes[table - 1] | 0x20 == UInt8(ascii: "y") else {
      return nil
    }
    var end = name.upperBound
    var count = before + 1
    while end - name.upperBound < KeyReach.behind - 4 * KeyReach.name, isPassed(bytes[end]) {
      if bytes[end] == UInt8(ascii: ",") { count += 1 }
      end += 1
    }
    return bytes[end] == UInt8(ascii: ")") ? (before, count, end, table) : nil
  }

  /// What stands between the marks of a string that starts at an index, a letter that says how it is written passed.
  func inserted(at start: Int) -> Range<Int>? {
    let prefixes: [UInt8] = [UInt8(ascii: "N"), UInt8(ascii: "E"), UInt8(ascii: "_")]
    let index = prefixes.contains(bytes[start]) ? start + 1 : start
    guard let quote = Quote(at: index, in: bytes) else { return nil }
    var end = index
    guard skipString(&end), end - index > 2 * quote.length else { return nil }
    return (index + quote.length)..<(end - quote.length)
  }

  /// Passes a string; a mark that stands twice is one byte of it.
  private func skipString(_ index: inout Int) -> Bool {
    guard let quote = Quote(at: index, in: bytes) else { return false }
    let start = index
    index += quote.length
    while index - start < KeyReach.value, index < bytes.count {
      guard quote.closes(at: index, in: bytes) else {
        index += 1
        continue
      }
      index += quote.length
      guard quote.closes(at: index, in: bytes) else { return true }
      index += quote.length
    }
    return false
  }
}
