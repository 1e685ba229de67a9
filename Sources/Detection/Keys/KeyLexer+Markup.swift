import Rules

/// Tags that dress text, between a name and its value: `<b>Password:</b> …`, `<td>Password</td><td>…</td>` (HTML Living Standard,
/// sections 4.4, 4.5 and 4.9), runs of word processors (ECMA-376-1, section 17.3.2; OpenDocument 1.3, section 6.1.7).
extension KeyLexer {
  private static let dressing: NameWords = [
    "b", "i", "u", "em", "strong", "code", "tt", "kbd", "samp", "pre", "span", "font", "small", "label", "mark", "p",
    "div", "td", "th", "tr", "dt", "dd", "li",
  ]
  /// Tags passed between two texts at most, and the longest of them.
  private static let mostTags = 16
  private static let tagReach = 160

  /// Where the text starts behind tags at an index, on the same line or behind the last tag; `nil` where there are none.
  func behindTags(_ start: Int) -> Int? {
    var index = start
    for _ in 0..<Self.mostTags {
      guard let end = behindTag(index) else { break }
      index = end
      skipSpace(&index)
      if bytes[index] != UInt8(ascii: "<") { index = end }
      if bytes.holds("&nbsp;", at: index) { index += 6 }
    }
    return index > start ? index : nil
  }

  private func behindTag(_ start: Int) -> Int? {
    guard bytes[start] == UInt8(ascii: "<") else { return nil }
    let name = bytes[start + 1] == UInt8(ascii: "/") ? start + 2 : start + 1
    var index = name
    while index - name < KeyReach.gap, bytes[index].isAlphanumeric { index += 1 }
    let isRun = bytes[index] == UInt8(ascii: ":") && (bytes.holds("w:", at: name) || bytes.holds("text:", at: name))
    guard isRun || Self.dressing.contains(NameWord((name..<index).lazy.map { bytes[$0] })) else { return nil }
    while index - start < Self.tagReach, !Self.tagEnds.contains(bytes[index]) { index += 1 }
    return bytes[index] == UInt8(ascii: ">") ? index + 1 : nil
  }

  private static let tagEnds = ByteSet("<>\n\0".utf8)

  /// The word behind tags, or the text of a cell or a definition as a whole.
  func dressed(_ name: Range<Int>, from start: Int, form: KeyValue.Form) -> KeyValue? {
    guard let index = behindTags(start) else { return nil }
    var value = index
    while bytes[value].isBlank { value += 1 }
    let end = bareEnd(from: value, form: form)
    return end > value ? KeyValue(key: name, value: value..<end, form: form) : nil
  }

  /// The pair of a name whose own tag ends right behind it: `<dt>Password</dt><dd>…`, and highlighted source.
  func undressed(_ name: Range<Int>, _ start: Int) -> KeyValue? {
    guard bytes[start + 1] == UInt8(ascii: "/"), let end = behindTags(start) else { return nil }
    if let sign = Sign(at: end, in: bytes), sign.form == .colon || sign.form == .equals {
      return value(of: name, from: end + sign.length, form: sign.form)
    }
    // Only another cell or definition stands beside a name without a sign.
    let open =
      (bytes.holds("<td", startingIn: start..<end) || bytes.holds("<dd", startingIn: start..<end))
      && !bytes.holds("</tr", startingIn: start..<end)
    guard open, let pair = dressed(name, from: start, form: .cell), bytes[pair.value.upperBound] == UInt8(ascii: "<")
    else {
      return nil
    }
    return pair
  }
}
