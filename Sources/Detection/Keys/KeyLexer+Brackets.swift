import Rules

/// Lists in brackets, as programs and settings write them: `["…", "…"]`, `List.of("…")`, `[]string{"…"}`, `[word, word]`.
extension KeyLexer {
  /// Longest way from the start of a value to the bracket that opens a list.
  private static let openerReach = 48

  /// The rest of the list a pair stands first in; where its value is empty, the list itself.
  func stringsBehind(_ first: KeyValue) -> Series? {
    let start = first.value.lowerBound
    if first.value.isEmpty, !first.isQuoted {
      let words: Series.Strings.Words = isWordList(at: start - 3) ? .quoted : .passed
      return Series(.strings(Series.Strings(words: words)), from: start, form: first.form)
    }
    guard first.isQuoted, !first.isWrapped, let opening = Quote(before: start, in: bytes),
      isListed(start - opening.length, first.form)
    else { return nil }
    var strings = Series.Strings(words: .passed, quote: opening, open: brackets(before: start - opening.length))
    guard strings.open > 1, goesOn(behind: first.value.upperBound + opening.length) else {
      return Series(.strings(strings), from: first.value.upperBound, form: first.form)
    }
    (strings.quote, strings.isFirst) = (nil, true)
    return Series(.strings(strings), from: start - opening.length, form: first.form)
  }

  /// Whether a list of words starts at an index: `%w[…]`, `%W(…)` (Ruby).
  private func isWordList(at index: Int) -> Bool {
    bytes[index] == UInt8(ascii: "%") && bytes[index + 1] | 0x20 == UInt8(ascii: "w")
      && Self.openers.contains(bytes[index + 2])
  }

  /// Number of the brackets that open a list, and the first tuple in it, right before an index.
  private func brackets(before start: Int) -> Int {
    var index = start
    var count = 0
    while start - index < KeyReach.blanks, bytes[index - 1].isSpace || Self.tupleMarks.contains(bytes[index - 1]) {
      index -= 1
      if !bytes[index].isSpace { count += 1 }
      if bytes[index] == 0 { break }
    }
    return max(1, count)
  }

  private static let tupleMarks = ByteSet("([".utf8)

  /// Whether another thing of the same tuple follows a string.
  private func goesOn(behind end: Int) -> Bool {
    var index = end
    skipSpace(&index)
    guard bytes[index] == UInt8(ascii: ",") else { return false }
    index += 1
    skipSpace(&index)
    return bytes[index] != UInt8(ascii: ")") && bytes[index] != UInt8(ascii: "]")
  }

  /// Whether a list starts right before an index: in brackets, in other ones too where they are assigned to the key.
  func isListed(_ start: Int, _ form: KeyValue.Form) -> Bool {
    var index = start
    while start - index < KeyReach.blanks, index > 1, bytes[index - 1].isSpace { index -= 1 }
    switch bytes[index - 1] {
    case UInt8(ascii: "["): return true
    case UInt8(ascii: "("), UInt8(ascii: "{"): return form == .equals || form == .colon || form == .arrow
    default: return false
    }
  }

  /// Where the first thing of a list stands that is no string, or in which a call or a type comes first.
  func listStart(at start: Int, form: KeyValue.Form) -> Int? {
    guard form == .equals || form == .colon || form == .arrow else { return nil }
    if isWordList(at: start) { return start + 3 }
    var index = start
    var isNamed = false
    if bytes.holds("new ", at: index) { index += 4 }
    while index - start < Self.openerReach, !Self.openers.contains(bytes[index]) || isType(at: index) {
      guard Self.typeMarks.contains(bytes[index]) || bytes[index].isPathByte else { return nil }
      if bytes[index].isLetter { isNamed = true }
      index += 1
    }
    guard Self.openers.contains(bytes[index]) else { return nil }
    if isNamed {
      // Any call may take a string: what makes a list says so.
      guard KeyName.split(bytes.copy(start..<index)[...]).contains(where: Self.makers.contains) else { return nil }
    } else if index == start, bytes[index] != UInt8(ascii: "[") {
      return nil
    }
    index += 1
    let first = index
    skipSpace(&index)
    while let end = commentEnd(at: index) {
      index = bytes[index + 1] == UInt8(ascii: "*") ? end : lineEnd(from: end)
      skipSpace(&index)
    }
    let text = stringStart(at: index)
    if Quote(at: text, in: bytes) != nil {
      return isNamed || first > start + 1 || index > first || text > index ? index : nil
    }
    // `[None, "…"]`, not what is taken away or named in brackets alone.
    let word = wordEnd(from: index)
    return word > index && bytes[word] == UInt8(ascii: ",") && startsString(behind: word + 1) ? index : nil
  }

  /// Whether brackets stand at an index that only belong to a type: `[]string{`, `[2]string{`.
  private func isType(at index: Int) -> Bool {
    guard bytes[index] == UInt8(ascii: "[") else { return false }
    var end = index + 1
    while bytes[end].isDigit || bytes[end] == UInt8(ascii: ".") { end += 1 }
    return bytes[end] == UInt8(ascii: "]")
  }

  private static let openers = ByteSet("([{".utf8)
  private static let typeMarks = ByteSet("<>[]!:@& ".utf8)
  /// Words in the names of types and functions that make a list of what they are given.
  private static let makers: NameWords = [
    "list", "lists", "array", "arrays", "set", "sets", "vec", "slice", "tuple", "string", "str", "seq", "vector",
    "frozenset", "hashset", "stringarray", "collection", "collections",
  ]

  /// Whether a string follows words and commas.
  private func startsString(behind start: Int) -> Bool {
    var index = start
    while index - start < KeyReach.blanks {
      skipSpace(&index)
      if Quote(at: stringStart(at: index), in: bytes) != nil { return true }
      let end = wordEnd(from: index)
      guard end > index, bytes[end] == UInt8(ascii: ",") else { return false }
      index = end + 1
    }
    return false
  }

  /// Where a string starts behind what says how it is written: `b"…"`.
  private func stringStart(at index: Int) -> Int { withoutPrefix(index) }

  /// Where a name or a number ends.
  private func wordEnd(from start: Int) -> Int {
    var index = start
    while index - start < KeyReach.name, bytes[index].isPathByte { index += 1 }
    return index
  }

  /// Where a comment ends that closes, or the mark of one that goes on to the end of its line (`#`, `//`).
  func commentEnd(at index: Int) -> Int? {
    if bytes[index] == UInt8(ascii: "#") { return index + 1 }
    guard bytes[index] == UInt8(ascii: "/") else { return nil }
    if bytes[index + 1] == UInt8(ascii: "/") { return index + 2 }
    guard bytes[index + 1] == UInt8(ascii: "*") else { return nil }
    var end = index + 2
    while end - index < KeyReach.value, bytes[end] != 0, !bytes.holds("*/", at: end) { end += 1 }
    return bytes.holds("*/", at: end) ? end + 2 : nil
  }

  /// Reads one thing of a list: a string, a word, or what parts them.
  func string(_ strings: inout Series.Strings, _ series: inout Series, of key: Range<Int>) -> KeyValue? {
    if let quote = strings.quote {
      let end = passed(series.next, in: quote, &strings.quote, overLines: quote.spansLines)
      (series.next, series.isOver) = (end ?? series.next, end == nil)
      return nil
    }
    let index = series.next
    let byte = bytes[index]
    if byte == UInt8(ascii: ",") || byte.isSpace && byte != 0 {
      series.next = index + 1
      return nil
    }
    if let end = commentEnd(at: index) {
      series.next = end
      series.isPassing = byte == UInt8(ascii: "#") || bytes[index + 1] == byte
      return nil
    }
    let start = stringStart(at: index)
    guard let quote = Quote(at: start, in: bytes), strings.words != .quoted else {
      return bracket(&strings, &series) ? nil : word(&series, of: key, strings.words)
    }
    var value = KeyValue(key: key, value: start..<start, form: series.form)
    strings.quote = quote
    series.next = start + quote.length
    guard quoted(quote, at: start, into: &value) else { return nil }
    series.next = value.value.upperBound
    if !value.isCut, !quote.closes(at: value.value.upperBound, in: bytes) {
      series.isOver = true
      return nil
    }
    let isName = strings.isFirst && goesOn(behind: value.value.upperBound + quote.length)
    strings.isFirst = false
    return isName ? nil : value
  }

  /// Passes a bracket that opens a tuple of the list, or closes one.
  private func bracket(_ strings: inout Series.Strings, _ series: inout Series) -> Bool {
    switch bytes[series.next] {
    case UInt8(ascii: "("), UInt8(ascii: "["):
      // Not that of a call or an index.
      guard strings.isOfTuples, !bytes[series.next - 1].isPathByte else { return false }
      strings.open += 1
      strings.isFirst = true
    case UInt8(ascii: ")"), UInt8(ascii: "]"):
      guard strings.open > 1 else { return false }
      strings.open -= 1
    default: return false
    }
    series.next += 1
    return true
  }

  private func word(_ series: inout Series, of key: Range<Int>, _ words: Series.Strings.Words) -> KeyValue? {
    let index = series.next
    series.next = words == .passed ? wordEnd(from: index) : bareEnd(from: index, form: .item)
    series.isOver = series.next == index
    guard words != .passed, !series.isOver else { return nil }
    return KeyValue(key: key, value: index..<series.next, form: series.form, isQuoted: words == .quoted)
  }
}
