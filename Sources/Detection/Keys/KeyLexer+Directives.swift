/// Pairs that no sign joins: directives of configuration files, and arguments in elements of their own.
extension KeyLexer {
  /// Shortest and longest word that is taken for the value of a directive.
  private static let wordLengths = 12...256

  /// `password WORD` at the end of a line or a statement, as nginx, fluentd, routers and others write settings.
  ///
  /// - Returns: a pair whose value only counts where it looks random: the same stands in sentences.
  func directive(_ name: Range<Int>, _ start: Int) -> KeyValue? {
    var end = start
    while end - start <= Self.wordLengths.upperBound, !endsWord(at: end) { end += 1 }
    guard Self.wordLengths.contains(end - start), endsStatement(end) else { return nil }
    return KeyValue(key: name, value: start..<end, form: .option, isLoose: true)
  }

  private func endsWord(at index: Int) -> Bool {
    let byte = bytes[index]
    return byte.isSpace || byte == UInt8(ascii: ";") || byte == UInt8(ascii: ")") || byte.isQuote
      || byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "^") && bytes[index + 1] == UInt8(ascii: "[")
  }

  /// Whether a line, a statement or a call ends here: a string that does is a value with its scheme (`"ApiKey-v1 …"`).
  private func endsStatement(_ start: Int) -> Bool {
    var index = start
    if bytes[index] == UInt8(ascii: ";") || bytes[index] == UInt8(ascii: ")") { index += 1 }
    while bytes[index].isBlank { index += 1 }
    if bytes[index].isLineEnd || index >= bytes.count { return true }
    return index == start && bytes[index] == UInt8(ascii: "\\") && bytes[index + 1] == UInt8(ascii: "n")
  }

  /// The argument behind an option that is an element of its own: `"--password" "…"`, `- --password` above `- …`, and what
  /// /proc/pid/cmdline holds, where NUL parts the two (proc(5)).
  func argument(of name: Range<Int>, _ index: Int, isClosed: Bool) -> KeyValue? {
    guard bytes[name.lowerBound - 2] == UInt8(ascii: "-") else { return nil }
    var pair: KeyValue?
    if bytes[index] == 0, index + 1 < bytes.count {
      pair = value(of: name, from: index + 1, form: .option)
    } else if bytes[index].isLineEnd {
      pair = item(of: name, below: index)
    } else if isClosed, bytes[index - 1].isBlank, Quote(at: index, in: bytes) != nil {
      pair = value(of: name, from: index, form: .option)
    }
    guard var pair, bytes[pair.value.lowerBound] != UInt8(ascii: "-") else { return nil }
    pair.form = .option
    return pair
  }
}
