import Rules

/// Literals that count where what they stand behind leads nowhere: `process.env.X || "…"`, `${X:-…}`, `unwrap_or("…")`.
extension KeyLexer {
  /// Longest way from a value to the literal behind it.
  private static let fallbackReach = 200
  private static let references = ByteSet("${<(%".utf8)

  /// The literal behind a value that may be a reference.
  func fallback(behind pair: KeyValue) -> KeyValue? {
    let start = pair.value.lowerBound
    if pair.isQuoted, let changed = changed(pair) { return changed }
    guard Self.references.contains(bytes[start]) || bytes[start].isLetter && !pair.isQuoted else { return nil }
    switch pair.form {
    case .equals, .colon, .arrow, .argument, .option, .pair, .item: break
    case .comparison, .call, .element, .cell, .column, .member, .query, .user: return nil
    }
    if bytes.holds("$(cat <<", at: start) { return hereDocument(of: pair.key, at: start + 6) }
    return expanded(from: start, in: pair) ?? literal(from: start, in: pair)
  }

  /// What a value becomes: `password = "…" -> "…"` (Terraform's plans).
  private func changed(_ pair: KeyValue) -> KeyValue? {
    let end = pair.value.upperBound
    guard pair.form == .equals || pair.form == .colon, bytes[end].isQuote,
      bytes.holds(" -> ", at: end + 1) || bytes.holds(" => ", at: end + 1)
    else { return nil }
    return literal(at: end + 5, in: pair)
  }

  /// The literal on the rest of the line behind a sign or a word that offers one.
  func literal(from start: Int, in pair: KeyValue) -> KeyValue? {
    var index = start
    while index - start < Self.fallbackReach, !bytes[index].isLineEnd, bytes[index] != 0 {
      if let end = behindOperator(at: index, pair.form), let literal = literal(at: end, in: pair) { return literal }
      index += 1
    }
    return nil
  }

  /// Where an operator or the name of a function ends that takes a literal for what is missing.
  private func behindOperator(at index: Int, _ form: KeyValue.Form) -> Int? {
    switch bytes[index] {
    case UInt8(ascii: "|"):
      if bytes[index + 1] == UInt8(ascii: "|") { return index + 2 }
      // Filters of templates: Helm's (Sprig), Jinja's.
      let word = bytes[index + 1] == 0x20 ? index + 2 : index + 1
      return bytes.holds("default", at: word) ? word + 7 : nil
    case UInt8(ascii: "?"):
      return bytes[index + 1] == UInt8(ascii: "?") || bytes[index + 1] == UInt8(ascii: ":") ? index + 2 : nil
    case UInt8(ascii: "o"), UInt8(ascii: "O"):
      // `… or "x"`, `unwrap_or("x")`, `orElse("x")`.
      if bytes[index - 1].isBlank, bytes.holds("or ", at: index) { return form == .equals ? index + 3 : nil }
      if bytes[index - 1] == 0x5F, bytes.holds("or(", at: index) { return index + 3 }
      return bytes.holds("orelse(", at: index) ? index + 7 : nil
    case UInt8(ascii: "{"):
      // Ruby's `fetch("X") { "x" }`.
      return bytes[index - 1] == 0x20 && bytes[index - 2] == UInt8(ascii: ")") ? index + 1 : nil
    default: return nil
    }
  }

  /// What is quoted behind blanks and a bracket.
  private func literal(at start: Int, in pair: KeyValue) -> KeyValue? {
    var index = start
    while bytes[index].isBlank || bytes[index] == UInt8(ascii: "(") { index += 1 }
    var literal = pair
    guard index - start < KeyReach.gap, let quote = Quote(at: index, in: bytes),
      quoted(quote, at: index, into: &literal), quote.closes(at: literal.value.upperBound, in: bytes)
    else { return nil }
    return literal
  }

  /// `${name:-word}`, `${name-word}`, and with `=` for `-` (POSIX.1-2017, XCU 2.6.2).
  private func expanded(from start: Int, in pair: KeyValue) -> KeyValue? {
    guard bytes[start] == UInt8(ascii: "$"), bytes[start + 1] == UInt8(ascii: "{") else { return nil }
    var index = start + 2
    while bytes[index].isNameByte { index += 1 }
    if bytes[index] == UInt8(ascii: ":") { index += 1 }
    guard bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "=") else { return nil }
    index += 1
    if let quoted = literal(at: index, in: pair) { return quoted }
    var end = index
    while end - index < Self.fallbackReach, !bytes[end].isSpace, bytes[end] != UInt8(ascii: "}") { end += 1 }
    guard end > index, bytes[end] == UInt8(ascii: "}") else { return nil }
    return KeyValue(key: pair.key, value: index..<end, form: pair.form)
  }
}
