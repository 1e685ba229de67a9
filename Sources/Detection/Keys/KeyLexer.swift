import Rules

/// What a name leads to.
struct Reading {
  /// The name, or the head of a column it stands in.
  var key: Range<Int>
  var pairs: [KeyValue] = []
  /// The list the pairs are the first of, where it goes on.
  var series: Series?
  /// The table whose column it names.
  var sheet: SheetHead?
  /// Whether there may be more than is read together.
  var isCut = false
}

/// Finds the value of the key whose name holds a given place, in whatever syntax both are written.
///
/// The lexer knows no language: it knows how names are closed, which signs join a name and a value and how values end.
/// So it is not put off by a log cut in the middle of JSON, or by JSON in a string in JSON.
struct KeyLexer {
  let bytes: ByteView

  init(_ bytes: ByteView) { self.bytes = bytes }

  /// What a name leads to: one pair, or more where its value is a list.
  ///
  /// - Parameter isEnd: whether nothing follows the view.
  /// - Complexity: linear in `KeyReach`; most places end at the byte behind the name.
  func reading(of name: Range<Int>, isEnd: Bool) -> Reading {
    var reading = Reading(key: name)
    guard !name.isEmpty, name.count <= 2 * KeyReach.name else { return reading }
    if let head = copied(under: name) {
      reading.sheet = head
      return reading
    }
    let rows = rows(under: name)
    let pair =
      rows == nil ? joined(to: name) ?? neighbour(of: name) ?? preset(of: name) ?? compared(with: name) : nil
    if let rows {
      reading.series = rows
    } else if let pair {
      reading.series = pair.form == .item ? itemsBehind(pair) : stringsBehind(pair)
      let isToCome = reading.series.map { $0.next < pair.value.upperBound } ?? false
      reading.pairs = pair.value.isEmpty && !pair.isQuoted || isToCome ? [] : [pair]
    } else {
      readAccounts(of: name, into: &reading)
      if reading.pairs.isEmpty { reading = cells(of: name) }
      if reading.pairs.isEmpty, reading.series == nil { reading.series = markup(under: name) ?? aligned(under: name) }
    }
    if var series = reading.series {
      reading.pairs += read(&series, to: limit(isEnd: isEnd), isEnd: isEnd, of: reading.key)
      reading.series = series.isOver ? nil : series
    }
    if let pair, !pair.value.isEmpty, reading.pairs.count == 1, let literal = fallback(behind: pair) {
      // What a literal stands in, or an open bracket ends, is no value itself.
      let last = bytes[pair.value.upperBound - 1]
      let isCode = last == UInt8(ascii: "(") || last == UInt8(ascii: "[")
      reading.pairs = isCode || literal.value.overlaps(pair.value) ? [literal] : [pair, literal]
    }
    return reading
  }

  /// The pair of a name whose value is empty, `password:`, `"password": ""`, `<password/>`, or an object or a list.
  func emptyPair(of name: Range<Int>) -> KeyValue? {
    var index = name.upperBound
    var pair = KeyValue(key: name, value: index..<index, form: .element)
    if opensTag(before: name.lowerBound) {
      let closes = bytes.holds("/>", at: index) || bytes.holds(" />", at: index) || bytes.holds("></", at: index)
      return closes ? pair : nil
    }
    _ = skipClosing(&index, Quote(before: name.lowerBound, in: bytes))
    if naming(name) != nil { return emptyMember(of: name, from: index) }
    skipBlanks(&index)
    guard let sign = Sign(at: index, in: bytes), sign.form == .equals || sign.form == .colon else { return nil }
    index += sign.length
    skipBlanks(&index)
    pair.form = sign.form
    pair.value = index..<index
    if let quote = Quote(at: index, in: bytes) { return quote.closes(at: index + quote.length, in: bytes) ? pair : nil }
    return bytes[index].isSpace || Self.emptyMarks.contains(bytes[index]) ? pair : nil
  }

  /// What stands where a value is missing, or starts one of several parts.
  private static let emptyMarks = ByteSet(",}{[".utf8)

  /// What the name says, a word or two before it included where it says little by itself: `API key: …`.
  func judgedName(_ name: Range<Int>, _ names: inout KeyNames) -> KeyName {
    let own = names.judged(name, in: bytes)
    guard own.role != nil, own.isWeak else { return own }
    let phrase = phrase(before: name)
    return phrase == name ? own : names.judged(phrase, in: bytes)
  }

  // MARK: The name

  /// The name around a place: letters, digits, `_`, `-`, `.`; and, where it is not quoted, a word before it.
  func name(around word: Range<Int>) -> Range<Int> {
    var start = word.lowerBound
    let least = max(0, start - KeyReach.name)
    while start > least, bytes[start - 1].isPathByte, !bytes.isWideMark(at: start - 3) { start -= 1 }
    start = withoutEscape(start, word.lowerBound)
    start = withoutColour(start, word.lowerBound)
    while start < word.lowerBound, !bytes[start].isNameByte { start += 1 }
    var end = word.upperBound
    while end > word.lowerBound, !bytes[end - 1].isPathByte { end -= 1 }
    let most = end + KeyReach.name + 1
    while end < most, bytes[end].isPathByte, !bytes.isWideMark(at: end) {
      if bytes[end].isAlphanumeric, isSubject(endingAt: end) { break }
      end += 1
    }
    while end > word.upperBound, !bytes[end - 1].isNameByte { end -= 1 }
    return start..<max(start, end)
  }

  /// Where the name starts when what looks like its first letter is the end of an escape: `\npassword`, `\u0022password`.
  private func withoutEscape(_ start: Int, _ word: Int) -> Int {
    if bytes[start - 1] == UInt8(ascii: "%"), bytes[start].isHexDigit, bytes[start + 1].isHexDigit, start + 2 <= word {
      return start + 2
    }
    guard bytes[start - 1] == UInt8(ascii: "\\"), start < word else { return start }
    switch bytes[start] {
    case UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"): return start + 1
    case UInt8(ascii: "x"): return min(word, start + 3)
    case UInt8(ascii: "u"): return min(word, start + 5)
    default: return start
    }
  }

  /// The words before a name that belong to it when it is written as people write: `API key:`, `Initial Password:`.
  func phrase(before name: Range<Int>) -> Range<Int> {
    var start = name.lowerBound
    for _ in 0..<2 {
      guard bytes[start - 1] == 0x20, bytes[start - 2].isAlphanumeric else { break }
      var first = start - 2
      while bytes[first - 1].isAlphanumeric, start - first < 24 { first -= 1 }
      start = first
    }
    return start..<name.upperBound
  }

  // MARK: Key, sign, value

  private func joined(to name: Range<Int>) -> KeyValue? {
    var index = name.upperBound
    let opening = Quote(before: name.lowerBound, in: bytes)
    var isClosed = skipClosing(&index, opening)
    // Perl: `$settings{password} = …`.
    if bytes[index] == UInt8(ascii: "}"), bytes[name.lowerBound - (opening?.length ?? 0) - 1] == UInt8(ascii: "{") {
      index += 1
      isClosed = true
    }
    if let value = element(name, index) { return value }
    // `Password.....: …`
    if bytes[index] == UInt8(ascii: "."), bytes[index + 1] == UInt8(ascii: ".") {
      while bytes[index] == UInt8(ascii: ".") { index += 1 }
    }
    if bytes[index] == UInt8(ascii: "<"), let value = undressed(name, index) { return value }
    let beforeBlanks = index
    skipBlanks(&index)
    if opening != nil, isClosed, bytes[index].isLineEnd, let colon = colon(below: index) { index = colon }
    if let pair = rowValue(name, at: beforeBlanks) { return pair }
    if let pair = pairAfterSign(name, &index, isClosed: isClosed) { return behindUser(pair) }
    if bytes[name.lowerBound - 1] == UInt8(ascii: "-"),
      let pair = argument(of: name, index, isClosed: isClosed)
    {
      return pair
    }
    if bytes[index].isLineEnd {
      if let pair = explicitValue(of: name, from: index) { return pair }
      return isHeading(name) ? word(below: index, of: name, isHeading: true) : nil
    }
    if isSubject(endingAt: name.upperBound) { return statement(of: name, at: index) }
    if index > beforeBlanks, !isClosed { return pairAfterBlank(name, index) }
    return beside(name, index)
  }

  /// Passes what closes a name: quotes, brackets, `?` and `!`.
  private func skipClosing(_ index: inout Int, _ opening: Quote?) -> Bool {
    let start = index
    if let opening, opening.closes(at: index, in: bytes) {
      index += opening.length
    } else if let stray = Quote(at: index, in: bytes), !Quote.isOpening(before: index + stray.length, in: bytes) {
      index += stray.length
    }
    while [UInt8(ascii: "]"), UInt8(ascii: ")"), UInt8(ascii: "["), UInt8(ascii: "?"), UInt8(ascii: "*")].contains(
      bytes[index])
    {
      if bytes[index] == UInt8(ascii: "["), bytes[index + 1] != UInt8(ascii: "]") { break }
      index += 1
    }
    return index > start
  }

  /// A colon on another line than the name before it, as JSON may have it (RFC 8259, section 2).
  private func colon(below end: Int) -> Int? {
    var index = end
    while index - end < KeyReach.gap, bytes[index].isSpace, bytes[index] != 0 { index += 1 }
    return bytes[index] == UInt8(ascii: ":") ? index : nil
  }

  /// Passes blanks and line ends.
  func skipSpace(_ index: inout Int) {
    let most = index + KeyReach.blanks
    while index < most, bytes[index].isSpace, bytes[index] != 0 { index += 1 }
  }

  private func pairAfterSign(_ name: Range<Int>, _ index: inout Int, isClosed: Bool) -> KeyValue? {
    guard var sign = Sign(at: index, in: bytes), sign.form != .colon || !isInReference(name) else { return nil }
    // Arguments stand side by side: only a name that is itself a string, or a constant, names the next one.
    if sign.form == .argument, isClosed, bytes[name.lowerBound - 1] == UInt8(ascii: "-") {
      return listedOption(name, index + 1)
    }
    if sign.form == .argument, !isClosed, !isConstant(name) { return tupleValue(name, index + 1) }
    index += sign.length
    if sign.form == .colon, let typed = typeAnnotation(index) {
      index = typed
      guard let second = Sign(at: index, in: bytes), second.form == .equals else { return nil }
      sign = second
      index += second.length
    }
    if sign.form == .equals, isQueryKey(name) { sign.form = .query }
    return value(of: name, from: index, form: sign.form)
  }

  /// Whether the name stands in the name of a resource: `arn:aws:secretsmanager:…:secret:name` (AWS IAM's reference of ARNs), in a
  /// dynamic reference of CloudFormation, `{{resolve:ssm-secure:/db/password:1}}`, or is one itself: `${password}:`.
  private func isInReference(_ name: Range<Int>) -> Bool {
    var start = name.lowerBound
    let before = bytes[start - 1]
    if before == UInt8(ascii: "{"), bytes[start - 2] == UInt8(ascii: "$") {
      // `${TOKEN:+x}` and `${TOKEN:?missing}` tell what stands where it is set, and where not (POSIX.1-2017, XCU 2.6.2).
      let next = bytes[name.upperBound + 1]
      return bytes[name.upperBound] == UInt8(ascii: "}") || next == UInt8(ascii: "+") || next == UInt8(ascii: "?")
    }
    guard before == UInt8(ascii: ":") || before == UInt8(ascii: "/") else { return false }
    let least = start - 2 * KeyReach.gap
    while start > least, bytes[start - 1].isPathByte || Self.referenceMarks.contains(bytes[start - 1]) { start -= 1 }
    return bytes.holds("arn:", at: start) || bytes.holds("{{resolve:", at: start)
  }

  private static let referenceMarks = ByteSet(":/${}".utf8)

  func isConstant(_ name: Range<Int>) -> Bool {
    name.contains { bytes[$0].isUpper } && !name.contains { bytes[$0].isLower }
  }

  private static let typeBytes = ByteSet("<>[]?&_., |".utf8)

  /// Where the sign stands behind a type: `: str = "…"`, `: Option<String> = …`.
  private func typeAnnotation(_ start: Int) -> Int? {
    var index = start
    skipBlanks(&index)
    if bytes[index] == UInt8(ascii: "&") {
      index += bytes.holds("&'static ", at: index) ? 9 : 1
    }
    guard bytes[index].isLetter else { return nil }
    let most = index + 40
    while index < most, bytes[index].isAlphanumeric || Self.typeBytes.contains(bytes[index]) { index += 1 }
    guard bytes[index] == UInt8(ascii: "="), bytes[index + 1] != UInt8(ascii: "="), bytes[index - 1] == 0x20 else {
      return nil
    }
    return index
  }

  /// Whether the name stands where a URL or a form has one.
  private func isQueryKey(_ name: Range<Int>) -> Bool {
    let before = bytes[name.lowerBound - 1]
    return before == UInt8(ascii: "?") || before == UInt8(ascii: "&")
      || before == UInt8(ascii: ";") && bytes.holds("amp", at: name.lowerBound - 4)
  }

  /// `--key value`, `Set-Key "value"`, `login x password y`, `key is value`.
  private func pairAfterBlank(_ name: Range<Int>, _ index: Int) -> KeyValue? {
    let before = bytes[name.lowerBound - 1]
    let isOption = before == UInt8(ascii: "-")
    var start = name.upperBound
    skipBlanks(&start)
    if !isOption, let pair = announced(name, start) { return pair }
    if let pair = predicate(of: name, at: index) { return pair }
    // A Dockerfile's `ENV NAME value`.
    if isOption || bytes.holds("env ", at: name.lowerBound - 4) && isConstant(name) {
      return value(of: name, from: index, form: .option)
    }
    // debconf(7): `d-i passwd/root-password password value`.
    if before == UInt8(ascii: "/"), bytes.holds("password", at: index), bytes[index + 8].isBlank {
      return value(of: name, from: index + 9, form: .option)
    }
    if let pair = assignedLater(name, index) ?? property(name, index) { return pair }
    if bytes[index] == 0x22 || bytes[index] == 0x27, Quote.isOpening(before: index + 1, in: bytes) {
      return value(of: name, from: argument(behindUserAt: index, of: name) ?? index, form: .option)
    }
    // `DefaultPassword    REG_SZ    …`, as reg(1) lists values.
    if bytes.holds("reg_sz", at: index) { return value(of: name, from: index + 6, form: .option) }
    // `with password `…``: names of things stand in code spans too.
    if bytes[index] == 0x60, Quote.isOpening(before: index + 1, in: bytes) {
      guard var pair = value(of: name, from: index, form: .option), !pair.value.isEmpty else { return nil }
      pair.isLoose = true
      return pair
    }
    // netrc(5): `login name password string`, and what people write like it: `login name pass string`.
    if bytes.holds("login ", startingIn: (name.lowerBound - 128)..<(name.lowerBound - 5)) {
      return value(of: name, from: index, form: .option)
    }
    return typedDeclaration(name, index) ?? directive(name, index)
  }

  /// `db.password value`, a line of its own (java.util.Properties, `load`).
  private func property(_ name: Range<Int>, _ start: Int) -> KeyValue? {
    guard name.lowerBound == 0 || bytes[name.lowerBound - 1] == 0x0A, name.contains(where: { bytes[$0] == 0x2E }),
      !name.contains(where: { bytes[$0] >= 0x80 })
    else { return nil }
    var end = start
    while end - start < KeyReach.gap * 4, !bytes[end].isSpace { end += 1 }
    guard bytes[end].isLineEnd || bytes[end] == 0 && end == bytes.count else { return nil }
    return value(of: name, from: start, form: .equals)
  }

  /// `SET PASSWORD FOR 'user'@'host' = '…'`.
  private func assignedLater(_ name: Range<Int>, _ start: Int) -> KeyValue? {
    guard bytes.holds("for ", at: start), bytes.holds("set ", at: name.lowerBound - 4) else { return nil }
    var index = start + 4
    while index - start < 2 * KeyReach.gap, !bytes[index].isLineEnd, bytes[index] != 0 {
      if bytes[index] == UInt8(ascii: "=") {
        guard let pair = value(of: name, from: index + 1, form: .equals), pair.isQuoted else { return nil }
        return pair
      }
      index += 1
    }
    return nil
  }
}
