/// Values that are not the first string behind their key: those of lists, of strings that are joined, of texts below.
extension KeyLexer {
  /// Empty strings passed before the first that holds something.
  private static let mostStrings = 32

  /// The rest of the list of strings a quoted value stands first in.
  func stringsBehind(_ first: KeyValue) -> Series? {
    guard first.isQuoted, !first.isWrapped, let opening = Quote(before: first.value.lowerBound, in: bytes),
      isListed(first.value.lowerBound - opening.length, first.form)
    else { return nil }
    return Series(.strings(opening, isWithin: true), from: first.value.upperBound, form: first.form)
  }

  /// Whether a list starts before an index, whose strings up to there are empty: `["", `; in other brackets too where they are
  /// assigned to the key.
  private func isListed(_ start: Int, _ form: KeyValue.Form) -> Bool {
    var index = start
    while start - index < KeyReach.gap,
      bytes[index - 1].isSpace && index > 1 || bytes[index - 1].isQuote || bytes[index - 1] == UInt8(ascii: ",")
    {
      index -= 1
    }
    switch bytes[index - 1] {
    case UInt8(ascii: "["): return true
    case UInt8(ascii: "("), UInt8(ascii: "{"): return form == .equals || form == .colon || form == .arrow
    default: return false
    }
  }

  /// Takes the next string of a list or of a sum behind one that says nothing: `["", "…"]`, `"" + "…"`, `"Bearer " + "…"`.
  func nextString(behind start: Int, _ quote: Quote, isInList: Bool = false, into pair: inout KeyValue) -> Bool {
    guard pair.form != .call, pair.form != .argument else { return false }
    var open = start
    for _ in 0..<Self.mostStrings {
      var index = pair.value.upperBound
      guard quote.closes(at: index, in: bytes) else { return false }
      index += quote.length
      skipSpace(&index)
      let isSum = bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: ".")
      guard isSum || bytes[index] == UInt8(ascii: ",") && (isInList || isListed(open, pair.form)) else { return false }
      index += 1
      skipSpace(&index)
      if bytes[index] == UInt8(ascii: "\\"), bytes[index + 1].isLineEnd {
        index += 1
        skipSpace(&index)
      }
      guard Quote(at: index, in: bytes) == quote else { return false }
      if quoted(quote, at: index, into: &pair) { return true }
      open = index
    }
    return false
  }

  /// The first line of a here-document: `<<EOF` (POSIX.1-2017, XCU 2.7.4), `<<~EOF`, `<<<EOT`.
  func hereDocument(of name: Range<Int>, at start: Int) -> KeyValue? {
    guard bytes[start] == UInt8(ascii: "<"), bytes[start + 1] == UInt8(ascii: "<") else { return nil }
    var index = start + 2
    while [UInt8(ascii: "<"), UInt8(ascii: "-"), UInt8(ascii: "~"), 0x22, 0x27].contains(bytes[index]) { index += 1 }
    let word = index
    while bytes[index].isNameByte, index - word < KeyReach.gap { index += 1 }
    guard index > word else { return nil }
    if bytes[index].isQuote { index += 1 }
    return line(of: name, below: index)
  }

  /// The one word below a key in a deeper column, `password:` above `  WORD` (YAML 1.2.2, section 7.3.3), or below a heading,
  /// `### Password`; it only counts where it looks random.
  func word(below end: Int, of name: Range<Int>, isHeading: Bool) -> KeyValue? {
    guard var start = indented(below: end) ?? (isHeading ? indented(below: end + 1) : nil) else { return nil }
    guard isHeading || column(of: start) > column(of: name.lowerBound) else { return nil }
    let isSpan = isHeading && bytes[start] == UInt8(ascii: "`")
    guard isSpan || !bytes[start].isQuote else { return nil }
    if isSpan { start += 1 }
    var index = start
    while index - start < KeyReach.gap * 4, !bytes[index].isSpace, bytes[index] != UInt8(ascii: "`") { index += 1 }
    guard index > start, endsLine(isSpan ? index + 1 : index), bytes[index - 1] != UInt8(ascii: ":") else { return nil }
    return KeyValue(key: name, value: start..<index, form: .colon, isLoose: true)
  }

  /// Whether a name ends a heading of Markdown (CommonMark 0.31, section 4.2).
  func isHeading(_ name: Range<Int>) -> Bool {
    var start = name.lowerBound
    while name.lowerBound - start < KeyReach.gap, bytes[start - 1].isPathByte || bytes[start - 1] == 0x20 { start -= 1 }
    return bytes[start - 1] == UInt8(ascii: "#") && bytes[start] == 0x20
  }
}
