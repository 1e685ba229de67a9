import Rules

extension KeyLexer {
  /// The pair of a name and what stands behind its sign; `nil` where nothing does.
  func value(of name: Range<Int>, from start: Int, form: KeyValue.Form) -> KeyValue? {
    if form == .colon, let pair = blockValue(of: name, from: start) { return pair }
    var index = start
    // `**Password:** value`.
    if form == .colon, bytes[index] == UInt8(ascii: "*"), bytes[index + 1] == UInt8(ascii: "*") { index += 2 }
    let isOnNextLine = skipToValue(&index)
    var pair = KeyValue(key: name, value: index..<index, form: form)
    index = withoutPrefix(index)
    if let quote = Quote(at: index, in: bytes) {
      guard !endsString(of: name, quote, at: index) else { return nil }
      if !quoted(quote, at: index, into: &pair) {
        guard nextString(behind: index, quote, into: &pair) else { return nil }
        if pair.value.isEmpty { return pair }
      }
      if let colon = memberColon(behind: pair, quote, from: index, isOnNextLine: isOnNextLine) {
        return memberValue(pair, quote, behind: colon)
      }
      if form == .call || form == .argument, !endsCall(pair.value.upperBound, quote) {
        guard form == .argument, isSet(name) else { return nil }
      }
      if form == .cell || form == .column, !endsCell(pair.value.upperBound + quote.length) { return nil }
      pair.value = withoutInnerQuotes(pair.value)
      return pair
    }
    guard !isOnNextLine || form == .cell, form != .call, form != .argument else { return nil }
    if let list = listStart(at: index, form: form) {
      pair.value = list..<list
      return pair
    }
    if let wrapped = wrapped(at: index, in: pair) ?? perlQuoted(at: index, in: pair) { return wrapped }
    // `-passin pass:value`: the word behind the option names the value again (openssl-passphrase-options(1)).
    if form == .option, bytes.holds("pass:", at: index) { return nil }
    index = withoutScheme(index)
    var end = bareEnd(from: index, form: form)
    // A sentence's full stop is no part of the value.
    if form == .comparison, end > index + 1, bytes[end - 1] == UInt8(ascii: "."),
      bytes[end].isSpace || bytes[end].isQuote
    {
      end -= 1
    }
    pair.value = unbraced(index..<end, form: form)
    pair.isCut = end - index >= KeyReach.value
    guard pair.value.isEmpty else { return pair }
    guard bytes[index] == UInt8(ascii: "<") else { return nil }
    // ERB: `password: <%= ENV["X"] || "…" %>`.
    if bytes.holds("<%=", at: index) { return literal(from: index, in: pair) }
    return hereDocument(of: name, at: index) ?? dressed(name, from: index, form: form)
  }

  /// Whether a mark only ends the string the name itself stands in: `"password = " + password`, `"error in $pwd':" >&2`.
  private func endsString(of name: Range<Int>, _ quote: Quote, at index: Int) -> Bool {
    let opening = Quote(before: name.lowerBound, in: bytes)
    guard opening == quote, !quote.closes(at: name.upperBound, in: bytes) else {
      return opening == nil && bytes[index - 1] == UInt8(ascii: ":") && bytes[index + quote.length] == 0x20
    }
    let next = bytes[index + quote.length]
    return !Quote.isOpening(before: index + quote.length, in: bytes)
      || next == UInt8(ascii: "+") || next == UInt8(ascii: ".") || next == UInt8(ascii: "&")
  }

  /// Passes blanks, colours, line ends with their indent, and brackets that hold a quoted value.
  ///
  /// - Returns: whether the value stands on another line than its key.
  private func skipToValue(_ index: inout Int) -> Bool {
    let most = index + KeyReach.blanks
    var isOnNextLine = false
    while index < most {
      if isContinued(at: index) {
        index += bytes[index + 1] == 0x0D && bytes[index + 2] == 0x0A ? 3 : 2
      } else if let end = gapEnd(at: index) {
        index = end
      } else {
        guard bytes[index].isBlank || bytes[index].isLineEnd else { break }
        if bytes[index].isLineEnd { isOnNextLine = true }
        index += 1
      }
    }
    var inner = index
    for _ in 0..<3 {
      guard [UInt8(ascii: "["), UInt8(ascii: "("), UInt8(ascii: "{")].contains(bytes[inner]) else { break }
      inner += 1
      while inner < most, bytes[inner].isSpace, bytes[inner] != 0 { inner += 1 }
    }
    if inner > index, Quote(at: inner, in: bytes) != nil { index = inner }
    return isOnNextLine
  }

  /// Whether a backslash joins the next line: Python's, the shell's, those of properties.
  private func isContinued(at index: Int) -> Bool { bytes[index] == UInt8(ascii: "\\") && bytes[index + 1].isLineEnd }

  /// What Perl quotes as `q{…}`, `q(…)`, `qq{…}` (perlop(1)).
  private func perlQuoted(at start: Int, in pair: KeyValue) -> KeyValue? {
    guard bytes[start] == UInt8(ascii: "q") else { return nil }
    let mark = bytes[start + 1] == UInt8(ascii: "q") ? start + 2 : start + 1
    let close: UInt8
    switch bytes[mark] {
    case UInt8(ascii: "{"): close = UInt8(ascii: "}")
    case UInt8(ascii: "("): close = UInt8(ascii: ")")
    case UInt8(ascii: "["): close = UInt8(ascii: "]")
    default: return nil
    }
    var end = mark + 1
    while end - mark < KeyReach.gap * 4, bytes[end] != close, bytes[end] > 0x20 { end += 1 }
    guard bytes[end] == close, end > mark + 1, bytes[end + 1] == UInt8(ascii: ";") else { return nil }
    var pair = pair
    (pair.value, pair.isQuoted) = ((mark + 1)..<end, true)
    return pair
  }

  /// A string in a string without its marks: `"\"…\""`.
  private func withoutInnerQuotes(_ value: Range<Int>) -> Range<Int> {
    guard bytes[value.lowerBound] == UInt8(ascii: "\\"), value.count > 4,
      let quote = Quote(at: value.lowerBound, in: bytes), quote.length == 2,
      quote.closes(at: value.upperBound - 2, in: bytes)
    else { return value }
    return (value.lowerBound + 2)..<(value.upperBound - 2)
  }

  /// Passes what says how a string is to be read or how long it is: `b"…"`, `@"…"`, `N'…'`, `rb'…'`, and `string(8) "…"`, as
  /// PHP's `var_dump` writes it.
  func withoutPrefix(_ index: Int) -> Int {
    if bytes[index] == UInt8(ascii: "s"), bytes.holds("string(", at: index) {
      var end = index + 7
      while bytes[end].isDigit { end += 1 }
      if end > index + 7, bytes.holds(") \"", at: end) { return end + 2 }
    }
    for length in 1...2 {
      let prefix = index..<(index + length)
      let isPrefix = prefix.allSatisfy { Self.stringPrefixes.contains(bytes[$0]) }
      if isPrefix, bytes[index + length] == 0x22 || bytes[index + length] == 0x27 { return index + length }
    }
    return index
  }

  /// Passes the scheme of an Authorization header (RFC 9110, section 11.6.2): what follows is the secret.
  private func withoutScheme(_ index: Int) -> Int {
    if bytes[index] == UInt8(ascii: "{") { return withoutEncoder(index) }
    guard bytes[index].isLetter else { return index }
    for scheme: StaticString in ["bearer ", "basic ", "token ", "apikey ", "digest ", "negotiate ", "ntlm ", "oauth "]
    where bytes.holds(scheme, at: index) {
      return index + scheme.utf8CodeUnitCount
    }
    return index
  }

  /// Passes what says that a password is not hashed: `{noop}` (Spring Security's `DelegatingPasswordEncoder`), `{PLAIN}` (Dovecot,
  /// Password schemes), `{CLEARTEXT}` (slapd.conf(5)).
  private func withoutEncoder(_ index: Int) -> Int {
    for encoder: StaticString in ["{noop}", "{plain}", "{cleartext}", "{clear}"] where bytes.holds(encoder, at: index) {
      return index + encoder.utf8CodeUnitCount
    }
    return index
  }

  /// What stands in the braces of a connection string, `Pwd={…};`, unless it reads as the name of what goes there (ODBC
  /// Programmer's Reference, SQLDriverConnect).
  private func unbraced(_ value: Range<Int>, form: KeyValue.Form) -> Range<Int> {
    let inner = (value.lowerBound + 1)..<max(value.lowerBound + 1, value.upperBound - 1)
    guard form == .equals, bytes[value.lowerBound] == UInt8(ascii: "{"), bytes[inner.upperBound] == UInt8(ascii: "}"),
      bytes[value.upperBound] == UInt8(ascii: ";") || bytes[value.upperBound].isQuote,
      inner.allSatisfy({ bytes[$0].isAlphanumeric }),
      inner.contains(where: { bytes[$0].isDigit && bytes[$0 + 1].isLetter })
    else { return value }
    return inner
  }

  private static let stringPrefixes = ByteSet("bBrRuUfFLN@$".utf8)

  /// Takes what is quoted from an index on: to the closing mark, to the line's end where none follows.
  func quoted(_ quote: Quote, at index: Int, into pair: inout KeyValue) -> Bool {
    let start = withoutScheme(index + quote.length)
    var end = start
    while end - start < KeyReach.value, !quote.closes(at: end, in: bytes) {
      guard end < bytes.count, quote.spansLines || !bytes[end].isLineEnd else { break }
      end += 1
    }
    pair.isQuoted = true
    pair.isCut = end - start >= KeyReach.value
    pair.value = start..<end
    return end > start
  }

  /// Whether behind the closing mark the call ends: in a list of strings none is another one's value.
  private func endsCall(_ end: Int, _ quote: Quote) -> Bool {
    var index = end + quote.length
    while bytes[index].isBlank { index += 1 }
    return bytes[index] == UInt8(ascii: ")")
  }

  /// The string in a call that only makes another type of it: `aws.String("…")`, `new SecureString("…")`.
  private func wrapped(at start: Int, in pair: KeyValue) -> KeyValue? {
    var index = start
    if bytes.holds("new ", at: index) { index += 4 }
    let name = index
    while index - name < 48,
      bytes[index].isNameByte || bytes[index] == UInt8(ascii: ".") || bytes[index] == UInt8(ascii: ":")
    {
      index += 1
    }
    guard index > name, bytes[index] == UInt8(ascii: "(") else { return nil }
    let isDefault = bytes.holds("default=", at: index + 1)
    let inner = withoutPrefix(index + (isDefault ? 9 : 1))
    guard let quote = Quote(at: inner, in: bytes) else { return nil }
    var pair = pair
    guard quoted(quote, at: inner, into: &pair) else { return nil }
    let next = bytes[pair.value.upperBound + quote.length]
    guard next == UInt8(ascii: ")") || isDefault && next == UInt8(ascii: ",") else { return nil }
    pair.isWrapped = true
    if isDefault { return pair }
    let words = KeyName.split(bytes.copy(name..<index)[...])
    guard words.contains(where: Self.wrappers.contains), !words.contains(where: Self.readers.contains) else {
      return nil
    }
    return pair
  }

  /// Words in the names of functions that hand their argument on.
  private static let wrappers: NameWords = [
    "string", "str", "bytes", "byte", "secure", "from", "of", "buffer", "ptr", "pointer", "some", "just", "text",
    "encode",
    "secret", "b64decode", "decode", "base64", "utf8", "unicode", "literal", "value", "url", "quote", "new", "array",
  ]
  /// Words in the names of functions that fetch something by the name they are given.
  private static let readers: NameWords = [
    "get", "env", "getenv", "read", "load", "lookup", "fetch", "input", "prompt", "ask", "find", "require", "param",
    "parameter", "config", "setting", "settings", "var", "localized", "translate", "name", "format", "sprintf",
    "printf",
  ]

  // MARK: Bare values

  /// Where a value that is not quoted ends.
  func bareEnd(from start: Int, form: KeyValue.Form) -> Int {
    var end = start
    var open = 0
    let most = start + KeyReach.value
    while end < most {
      let byte = bytes[end]
      switch byte {
      case 0...0x20, 0x22, 0x60, UInt8(ascii: "<"): return end
      case UInt8(ascii: "'"):
        if !bytes[end + 1].isAlphanumeric { return end }
      case UInt8(ascii: "\\"):
        if isEscape(bytes[end + 1]) || colourEnd(at: end) != nil { return end }
      case UInt8(ascii: "["):
        if colourEnd(at: end) != nil { return end }
        open += 1
      case UInt8(ascii: "("), UInt8(ascii: "{"): open += 1
      case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
        if open == 0, !bytes[end + 1].isNameByte { return end }
        open = max(0, open - 1)
      case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: "/"):
        if endsValue(at: end) { return end }
      case UInt8(ascii: "|"):
        if form == .cell || form == .column || bytes[end + 1] == UInt8(ascii: "|") { return end }
      case UInt8(ascii: "%"):
        if form == .query, bytes.holds("%26", at: end) || bytes.holds("%22", at: end) { return end }
      case UInt8(ascii: "#"):
        if form == .query { return end }
      case 0xE3, 0xEF:
        if bytes.isWideMark(at: end) { return end }
      default: break
      }
      end += 1
    }
    return end
  }

  /// Whether a backslash before this byte is an escape that ends what is written.
  private func isEscape(_ byte: UInt8) -> Bool {
    byte.isQuote || byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "n") || byte == UInt8(ascii: "r")
      || byte == UInt8(ascii: "t") || byte == UInt8(ascii: "u")
  }

  /// Whether the separator at an index ends a value: nothing, a quote, or another key follows it.
  private func endsValue(at index: Int) -> Bool {
    let separator = bytes[index]
    var next = index + 1
    if separator == UInt8(ascii: "&"), bytes.holds("amp;", at: next) { return true }
    if separator != UInt8(ascii: "/"),
      bytes[next].isSpace || bytes[next].isQuote || bytes[next] == UInt8(ascii: ")")
        || bytes[next] == UInt8(ascii: "\\") || bytes[next] == separator
    {
      return true
    }
    if separator != UInt8(ascii: "/") { while bytes[next].isBlank { next += 1 } }
    let start = next
    while next - start < 40, bytes[next].isPathByte || bytes[next] == 0x20 && separator == UInt8(ascii: ";") {
      next += 1
    }
    if separator == UInt8(ascii: "/"), next - start < 2 || bytes[next + 1] == UInt8(ascii: "=") { return false }
    return next > start && (bytes[next] == UInt8(ascii: "=") || bytes[next] == UInt8(ascii: ":"))
  }
}
