import Rules

/// A key that is itself a value, and its value elsewhere in the same object: `{"value": …, "key": KEY}`.
extension KeyLexer {
  /// Longest way between the two.
  private static let memberReach = 640

  /// Where the member starts whose value a name is, its quote included: `name: KEY`, `"key": "KEY"`, `id="KEY"`.
  func naming(_ name: Range<Int>) -> Int? {
    var index = name.lowerBound
    if let quote = Quote(before: index, in: bytes) { index -= quote.length }
    while bytes[index - 1].isBlank { index -= 1 }
    guard bytes[index - 1] == UInt8(ascii: ":") || bytes[index - 1] == UInt8(ascii: "=") else { return nil }
    index -= 1
    while bytes[index - 1].isBlank { index -= 1 }
    let quote = Quote(before: index, in: bytes)
    if let quote { index -= quote.length }
    let end = index
    while end - index < 16, bytes[index - 1].isNameByte { index -= 1 }
    return Self.namings.contains(NameWord((index..<end).lazy.map { bytes[$0] })) ? index - (quote?.length ?? 0) : nil
  }

  private static let namings: NameWords = [
    "name", "key", "label", "parameterkey", "id", "header", "field", "property", "variable", "param", "parameter",
  ]

  /// The member `value` of the object in which a member that starts at `member` names the key.
  func member(beside member: Int, of name: Range<Int>) -> KeyValue? {
    if let quote = Quote(at: member, in: bytes) {
      return search(from: member, of: name, within: Self.braces) { index in
        guard Quote(at: index, in: bytes) == quote, let word = valueWord(at: index + quote.length),
          quote.closes(at: word, in: bytes)
        else { return nil }
        return word + quote.length
      }
    }
    if bytes[name.lowerBound - 1].isQuote, bytes[member - 1].isSpace, bytes[name.lowerBound - 2] == UInt8(ascii: "=") {
      return search(from: member, of: name, within: Self.angles) { index in
        bytes[index - 1].isSpace ? valueWord(at: index) : nil
      }
    }
    if entry(at: lineStart(before: member)).text == member { return line(beside: member, of: name) }
    return search(from: member, of: name, within: Self.bracesOrLines) { index in
      bytes[index - 1].isNameByte || bytes[index - 1].isQuote ? nil : valueWord(at: index)
    }
  }

  private static let bracesOrLines = ByteSet("{}\n\0".utf8)
  private static let braces = ByteSet("{}\0".utf8)
  private static let angles = ByteSet("<>\0".utf8)

  /// Where a member `value` starts that may yet turn out to be a key's, in bytes more of which are to come.
  func openMember() -> Int? {
    var index = bytes.count - 1
    while bytes.count - index < Self.memberReach + 2 * KeyReach.gap, bytes[index] != UInt8(ascii: "}") {
      if !bytes[index - 1].isNameByte, let word = valueWord(at: index) {
        var end = word
        while bytes[end].isQuote || bytes[end].isBlank || bytes[end] == UInt8(ascii: "\\") { end += 1 }
        if Sign(at: end, in: bytes) != nil { return index }
      }
      index -= 1
    }
    return nil
  }

  /// Looks behind the name and then before it for what `match` takes for the word, up to the ends of the object.
  private func search(
    from member: Int, of name: Range<Int>, within ends: ByteSet, _ match: (Int) -> Int?
  ) -> KeyValue? {
    var index = name.upperBound
    while index - name.upperBound < Self.memberReach, !ends.contains(bytes[index]) {
      if let word = match(index) { return assigned(name, behind: word) }
      index += 1
    }
    index = member - 1
    while member - index < Self.memberReach, !ends.contains(bytes[index]) {
      if let word = match(index) {
        return assigned(name, behind: word).flatMap { $0.value.upperBound < member ? $0 : nil }
      }
      index -= 1
    }
    return nil
  }

  /// The end of the word `value` at an index, or of CloudFormation's `ParameterValue`.
  private func valueWord(at index: Int) -> Int? {
    if bytes.holds("value", at: index) { return index + 5 }
    return bytes.holds("parametervalue", at: index) ? index + 14 : nil
  }

  /// The value behind the sign that stands behind a word.
  private func assigned(_ name: Range<Int>, behind word: Int) -> KeyValue? {
    var index = word
    while bytes[index].isBlank { index += 1 }
    guard let sign = Sign(at: index, in: bytes), sign.form == .equals || sign.form == .colon || sign.form == .arrow
    else { return nil }
    return value(of: name, from: index + sign.length, form: .pair)
  }

  /// The line `value: …` of the same mapping, which lines that start in the same column make (YAML 1.2.2, section 8.2.2).
  private func line(beside member: Int, of name: Range<Int>) -> KeyValue? {
    let own = entry(at: lineStart(before: member))
    let column = member - own.start
    var start = lineEnd(behind: name.upperBound) + 1
    while start - member < Self.memberReach, bytes[start] != 0 {
      let entry = entry(at: start)
      guard !entry.isItem, entry.text - start >= column else { break }
      if entry.text - start == column, let word = valueWord(at: entry.text) { return assigned(name, behind: word) }
      start = lineEnd(behind: entry.text) + 1
    }
    var entry = own
    while !entry.isItem, entry.start > 0, member - entry.start < Self.memberReach {
      entry = self.entry(at: lineStart(before: entry.start - 1))
      guard member - entry.start < Self.memberReach, entry.text - entry.start >= column else { return nil }
      if entry.text - entry.start == column, let word = valueWord(at: entry.text) {
        return assigned(name, behind: word).flatMap { $0.value.upperBound < member ? $0 : nil }
      }
    }
    return nil
  }

  /// Where the text of a line starts, behind `- ` where the line is the first of a list's item.
  private func entry(at start: Int) -> (start: Int, text: Int, isItem: Bool) {
    var text = start
    while bytes[text] == 0x20 { text += 1 }
    let isItem = bytes[text] == UInt8(ascii: "-") && bytes[text + 1] == 0x20
    if isItem { text += 2 }
    while bytes[text] == 0x20 { text += 1 }
    return (start, text, isItem)
  }

  /// Where the line starts in which an index lies, as far as this is looked for.
  private func lineStart(before index: Int) -> Int {
    var start = index
    while start > 0, index - start < Self.memberReach, bytes[start - 1] != 0x0A { start -= 1 }
    return start
  }

  private func lineEnd(behind index: Int) -> Int {
    var end = index
    while end - index < Self.memberReach, bytes[end] != 0x0A, bytes[end] != 0 { end += 1 }
    return end
  }
}
