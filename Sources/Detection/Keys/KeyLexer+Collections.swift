import Rules

/// Collections that make secrets of all they hold: `"secrets": {"db": "…"}`, `[secrets]`, what `kubectl create secret` is given.
extension KeyLexer {
  /// Literals told of one command at most.
  private static let mostLiterals = 64
  /// Longest way from the name of a command or manifest to what it holds: it always lies within `KeyReach.behind`.
  static let collectionReach = 1400

  /// The members of the collection a name heads.
  func members(of name: Range<Int>) -> Series? {
    if isSection(name) { return lines(from: lineEnd(from: name.upperBound) + 1, of: nil) }
    var index = name.upperBound
    if let quote = Quote(before: name.lowerBound, in: bytes), quote.closes(at: index, in: bytes) {
      index += quote.length
    }
    while bytes[index].isBlank || bytes[index] == UInt8(ascii: "]") { index += 1 }
    // A block of HCL: `tokens {` alone on its line.
    if bytes[index] == UInt8(ascii: "{"), bytes[index + 1].isLineEnd { return object(from: index + 1) }
    guard let sign = Sign(at: index, in: bytes),
      sign.form == .colon || sign.form == .equals || sign.form == .arrow
    else { return nil }
    index += sign.length
    while bytes[index].isBlank { index += 1 }
    if bytes[index] == UInt8(ascii: "{") { return object(from: index + 1) }
    guard sign.form == .colon, endsLine(index) else { return nil }
    return lines(from: lineEnd(from: index) + 1, of: column(of: name.lowerBound))
  }

  /// The members of an object by the host each is a secret of: `"gitlab-token": {"git.example.org": "…"}` (Composer, `auth.json`).
  func membersByHost(of name: Range<Int>) -> Series? {
    guard let quote = Quote(before: name.lowerBound, in: bytes), quote.closes(at: name.upperBound, in: bytes),
      var members = members(of: name), case .object = members.kind
    else { return nil }
    skipSpace(&members.next)
    guard let first = member(at: members.next), first.isQuoted,
      first.key.contains(where: { bytes[$0] == UInt8(ascii: ".") }),
      first.key.allSatisfy({ bytes[$0].isPathByte || bytes[$0] == UInt8(ascii: ":") || bytes[$0] == UInt8(ascii: "/") })
    else { return nil }
    return members
  }

  /// The members of an object up to its brace.
  func object(from start: Int, isEncoded: Bool = false) -> Series {
    Series(.object(Series.Object()), from: start, form: .member, isEncoded: isEncoded)
  }

  /// The members on lines of their own: those of a mapping deeper than a column, or of a section up to the next one.
  func lines(from start: Int, of column: Int?, isEncoded: Bool = false) -> Series {
    Series(.lines(column: column, indent: nil), from: start, form: .member, isEncoded: isEncoded)
  }

  /// The values of `--from-literal` behind `kubectl create secret`, and whether there may be more.
  func literals(of name: Range<Int>) -> (pairs: [KeyValue], isCut: Bool) {
    guard bytes.holds("create ", at: name.lowerBound - 7), bytes[name.upperBound].isBlank else { return ([], false) }
    var literals: [KeyValue] = []
    var index = name.upperBound
    let limit = index + Self.collectionReach
    while index < limit, bytes[index] != 0 {
      if bytes[index].isLineEnd, bytes[index - 1] != UInt8(ascii: "\\"), bytes[index - 1] != 0x0D {
        return (literals, false)
      }
      if bytes.holds("--from-literal", at: index), let literal = literal(from: index + 14),
        literal.value.upperBound < limit
      {
        guard literals.count < Self.mostLiterals else { return (literals, true) }
        literals.append(literal)
        index = literal.value.upperBound
      } else {
        index += 1
      }
    }
    // The command goes on where its last value stands near the end of what is read, rather than the line of a log.
    let isCut = index >= limit && literals.last.map { limit - $0.value.upperBound < KeyReach.gap * 4 } ?? false
    return (literals, isCut)
  }

  /// `=key=value`, `='key=value'`, ` key="value"`.
  private func literal(from start: Int) -> KeyValue? {
    guard bytes[start] == UInt8(ascii: "=") || bytes[start].isBlank else { return nil }
    var index = start + 1
    let outer = Quote(at: index, in: bytes)
    index += outer?.length ?? 0
    let first = index
    while bytes[index].isPathByte { index += 1 }
    guard index > first, bytes[index] == UInt8(ascii: "=") else { return nil }
    var member = KeyValue(key: first..<index, value: index..<index, form: .member)
    index += 1
    if let outer { return closed(outer, from: index, into: &member) ? member : nil }
    if let quote = Quote(at: index, in: bytes) {
      return closed(quote, from: index + quote.length, into: &member) ? member : nil
    }
    member.value = index..<bareEnd(from: index, form: .option)
    return (1..<KeyReach.value).contains(member.value.count) ? member : nil
  }

  // MARK: Members

  /// A name with its sign and what stands behind it on the same line, the start of an object or a list included.
  func member(at start: Int) -> KeyValue? {
    var index = start
    var member = KeyValue(key: index..<index, value: index..<index, form: .member)
    if let quote = Quote(at: index, in: bytes) {
      guard closed(quote, from: index + quote.length, into: &member) else { return nil }
      member.key = member.value
      index = member.value.upperBound + quote.length
    } else {
      while bytes[index].isPathByte { index += 1 }
      member.key = start..<index
    }
    while bytes[index].isBlank { index += 1 }
    guard !member.key.isEmpty, member.key.count <= KeyReach.name, let sign = Sign(at: index, in: bytes),
      sign.form == .colon || sign.form == .equals || sign.form == .arrow
    else { return nil }
    index += sign.length
    while bytes[index].isBlank { index += 1 }
    (member.value, member.isQuoted) = (index..<index, false)
    if bytes[index].isLineEnd || bytes[index] == UInt8(ascii: "{") || bytes[index] == UInt8(ascii: "[") {
      return member
    }
    if let quote = Quote(at: index, in: bytes) {
      let isClosed = closed(quote, from: index + quote.length, into: &member)
      member.isCut = !isClosed && member.value.count >= KeyReach.value
      return isClosed || member.isCut ? member : nil
    }
    member.value = index..<bareEnd(from: index, form: .member)
    member.isCut = member.value.count >= KeyReach.value
    return member
  }

  /// Takes what is quoted on one line; `false` where nothing closes it.
  func closed(_ quote: Quote, from start: Int, into member: inout KeyValue) -> Bool {
    var end = start
    while end - start < KeyReach.value, !quote.closes(at: end, in: bytes), !bytes[end].isLineEnd, bytes[end] != 0 {
      end += 1
    }
    (member.value, member.isQuoted) = (start..<end, true)
    return quote.closes(at: end, in: bytes)
  }

  /// The accounts below a section that holds them, `[users]`, or behind the module of JAAS that knows them: `user_bob="…"`.
  func accounts(behind mark: Range<Int>) -> [SecretList] {
    var series: Series?
    if bytes[mark.lowerBound] == UInt8(ascii: "[") {
      let isAlone = (mark.lowerBound == 0 || bytes[mark.lowerBound - 1] == 0x0A) && endsLine(mark.upperBound)
      if isAlone { series = lines(from: lineEnd(from: mark.upperBound) + 1, of: nil) }
    } else if bytes[mark.upperBound].isBlank {
      var index = mark.upperBound
      skipBlanks(&index)
      while bytes[index].isLetter { index += 1 }
      if bytes[index].isSpace { series = object(from: index) }
    }
    return series.map { [SecretList(series: $0, name: KeyName(role: .password), head: bytes.copy(mark))] } ?? []
  }

  // MARK: Lines

  /// Whether a name alone heads a section: `[secrets]` (TOML 1.0, INI).
  private func isSection(_ name: Range<Int>) -> Bool {
    bytes[name.lowerBound - 1] == UInt8(ascii: "[") && bytes[name.upperBound] == UInt8(ascii: "]")
      && (name.lowerBound == 1 || bytes[name.lowerBound - 2] == 0x0A) && endsLine(name.upperBound + 1)
  }

  /// Whether nothing but blanks and a comment stands up to the end of a line.
  func endsLine(_ start: Int) -> Bool {
    var index = start
    while bytes[index].isBlank || bytes[index] == UInt8(ascii: ",") { index += 1 }
    return bytes[index].isLineEnd || bytes[index] == 0 && index >= bytes.count
      || bytes[index] == UInt8(ascii: "#") && index > start
  }

  /// Where the line ends that holds an index.
  func lineEnd(from start: Int) -> Int {
    start < bytes.count ? bytes.first(0x0A, in: start..<bytes.count) ?? bytes.count : start
  }

  /// How far from the start of its line an index lies.
  func column(of index: Int) -> Int {
    let least = min(index, max(0, index - KeyReach.before))
    return index - (bytes.last(0x0A, in: least..<index).map { $0 + 1 } ?? least)
  }
}
