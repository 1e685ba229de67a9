/// Values that stand below their key or in a list, as YAML writes them (YAML 1.2.2, sections 7.4.1, 8.1 and 8.2.1).
extension KeyLexer {
  /// The value in a block below `password: |`, the first one of a list, or the one behind a tag.
  func blockValue(of name: Range<Int>, from start: Int) -> KeyValue? {
    var index = start
    while bytes[index].isBlank, index - start < KeyReach.gap { index += 1 }
    if let behind = behindProperty(at: index) { return value(of: name, from: behind, form: .colon) }
    if bytes[index] == UInt8(ascii: "|") || bytes[index] == UInt8(ascii: ">") {
      index += 1
      while bytes[index].isDigit || bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-") {
        index += 1
      }
      return line(of: name, below: index)
    }
    // `password: # why` above its value.
    if bytes[index] == UInt8(ascii: "#"), index > start { index = lineEnd(from: index) }
    if bytes[index].isLineEnd {
      return item(of: name, below: index) ?? preset(of: name, below: index)
        ?? word(below: index, of: name, isHeading: false) ?? loneWord(below: index, of: name)
    }
    if bytes[index] == UInt8(ascii: "["), bytes[index + 1].isAlphanumeric {
      let end = bareEnd(from: index + 1, form: .item)
      // In brackets alone stands what was taken away, or the name of a thing.
      guard bytes[end] == UInt8(ascii: ",") else { return nil }
      return KeyValue(key: name, value: (index + 1)..<end, form: .item)
    }
    return nil
  }

  /// What stands behind a tag or an anchor of a node (YAML 1.2.2, section 6.9); not behind a tag that names where the value is
  /// kept, nor behind what Rust writes before a type.
  private func behindProperty(at start: Int) -> Int? {
    let isTag = bytes[start] == UInt8(ascii: "!")
    guard isTag || bytes[start] == UInt8(ascii: "&") else { return nil }
    var end = start + 1
    if isTag, bytes[end] == UInt8(ascii: "!") { end += 1 }
    let name = end
    while end - start < KeyReach.gap, bytes[end].isPathByte { end += 1 }
    var index = end
    while bytes[index].isBlank, index - end < KeyReach.gap { index += 1 }
    guard end > name, index > end, !bytes[index].isSpace, bytes[index] != UInt8(ascii: "#") else { return nil }
    let words = KeyName.plainWords(bytes.copy(name..<end))
    if isTag { return words.contains { $0.isNumber || Self.fetchingTags.contains($0) } ? nil : index }
    return words.count == 1 && Self.borrowings.contains(words[0]) ? nil : index
  }

  /// Words in tags of values kept elsewhere: CloudFormation's, Home Assistant's, Ansible's and their like.
  private static let fetchingTags: NameWords = [
    "ref", "sub", "getatt", "att", "get", "vault", "secret", "secrets", "env", "envvar", "var", "reference", "include",
    "import", "importvalue", "value", "select", "join", "find", "findinmap", "keyring", "file", "lookup", "input",
    "param",
    "parameter", "if", "not",
  ]
  private static let borrowings: NameWords = ["mut", "dyn", "impl", "const", "self"]

  /// The value below `? password`, behind the colon of its own line (YAML 1.2.2, section 8.2.2).
  func explicitValue(of name: Range<Int>, from end: Int) -> KeyValue? {
    var mark = name.lowerBound
    if let quote = Quote(before: mark, in: bytes) { mark -= quote.length }
    guard bytes[mark - 1] == 0x20, bytes[mark - 2] == UInt8(ascii: "?"), let index = indented(below: end),
      bytes[index] == UInt8(ascii: ":"), bytes[index + 1].isBlank
    else { return nil }
    return value(of: name, from: index + 1, form: .colon)
  }

  /// The rest of a list that is not quoted, behind its first value.
  func itemsBehind(_ first: KeyValue) -> Series {
    let end = first.value.upperBound
    if bytes[end] == UInt8(ascii: ",") {
      return Series(.strings(Series.Strings(words: .told)), from: end, form: .item)
    }
    return Series(
      .items(indent: indent(of: first.value.lowerBound)), from: end, form: .item, isPassing: true)
  }

  /// The blanks a line starts with.
  private func indent(of index: Int) -> Int {
    var start = index
    while start > 0, !bytes[start - 1].isLineEnd { start -= 1 }
    var end = start
    while bytes[end].isBlank { end += 1 }
    return end - start
  }

  /// `- value` on the line below; not `- name: …`, which holds a mapping. Empty where the first item is.
  func item(of name: Range<Int>, below end: Int) -> KeyValue? {
    guard var index = entry(below: end), bytes[index] == UInt8(ascii: "-"), bytes[index + 1].isBlank else {
      return nil
    }
    index += 2
    if bytes[index].isQuote, bytes[index + 1] == bytes[index], endsLine(index + 2) {
      return KeyValue(key: name, value: index..<index, form: .item)
    }
    guard let item = value(of: name, from: index, form: .item), !item.value.isEmpty,
      bytes[item.value.upperBound - 1] != UInt8(ascii: ":")
    else { return nil }
    return item
  }

  /// The first line of a block of text; an empty value where a private key stands in it, which has rules of its own.
  func line(of name: Range<Int>, below end: Int) -> KeyValue? {
    guard bytes[end].isLineEnd, let start = indented(below: lastLineEnd(from: end)) else { return nil }
    if bytes.holds("-----begin", at: start) {
      return KeyValue(key: name, value: start..<start, form: .colon, isQuoted: true)
    }
    var index = start
    while index - start < KeyReach.value, bytes[index] != 0, !bytes[index].isLineEnd { index += 1 }
    let isCut = index - start >= KeyReach.value
    while index > start, bytes[index - 1].isBlank { index -= 1 }
    guard index > start else { return nil }
    return KeyValue(key: name, value: start..<index, form: .colon, isQuoted: true, isCut: isCut)
  }

  /// Where the text starts below lines that are empty or hold a comment.
  private func entry(below end: Int) -> Int? {
    var index = end
    while index - end < KeyReach.blanks, bytes[index].isLineEnd {
      let start = index
      skipSpace(&index)
      if bytes[index] != UInt8(ascii: "#") { return indented(below: lineStart(of: index, from: start)) }
      index = lineEnd(from: index)
    }
    return nil
  }

  /// The last line end of those that follow each other.
  private func lastLineEnd(from end: Int) -> Int {
    var index = end
    while index - end < KeyReach.gap, bytes[index].isLineEnd { index += 1 }
    return bytes[index - 1] == 0x0A && index - 1 > end && bytes[index - 2] == 0x0D ? index - 2 : index - 1
  }

  /// The line end before an index, behind which nothing but blanks stands.
  private func lineStart(of index: Int, from start: Int) -> Int {
    var end = index
    while end > start, !bytes[end - 1].isLineEnd { end -= 1 }
    return end - 1
  }

  /// Where the text of the next line starts.
  func indented(below end: Int) -> Int? {
    var index = end
    if bytes[index] == 0x0D { index += 1 }
    guard bytes[index] == 0x0A else { return nil }
    index += 1
    let start = index
    while index - start < KeyReach.gap, bytes[index].isBlank { index += 1 }
    return bytes[index].isSpace ? nil : index
  }
}
