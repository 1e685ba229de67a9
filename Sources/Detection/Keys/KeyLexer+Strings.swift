/// Values that are not the first string behind their key: those of strings that are joined, of texts below.
extension KeyLexer {
  /// Takes the next string of a sum behind one that says nothing, `"" + "…"`, `"Bearer " + "…"`, or what of a list starts behind an
  /// empty one: `["", "…"]`.
  func nextString(behind start: Int, _ quote: Quote, into pair: inout KeyValue) -> Bool {
    guard pair.form != .call, pair.form != .argument else { return false }
    if isListed(start, pair.form), quote.closes(at: pair.value.upperBound, in: bytes) {
      let end = pair.value.upperBound + quote.length
      (pair.value, pair.isQuoted) = (end..<end, false)
      return true
    }
    // A sum ends with what is at hand: nobody adds hundreds of empty strings.
    while pair.value.upperBound - start < KeyReach.value {
      var index = pair.value.upperBound
      guard quote.closes(at: index, in: bytes) else { return false }
      index += quote.length
      skipSpace(&index)
      guard bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: ".") else { return false }
      index += 1
      skipSpace(&index)
      if bytes[index] == UInt8(ascii: "\\"), bytes[index + 1].isLineEnd {
        index += 1
        skipSpace(&index)
      }
      guard Quote(at: index, in: bytes) == quote else { return false }
      if quoted(quote, at: index, into: &pair) { return true }
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
