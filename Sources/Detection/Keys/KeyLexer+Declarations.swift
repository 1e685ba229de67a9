import Rules

/// Values that declarations and calls give a name beside other things: its type, a text that explains it.
extension KeyLexer {
  /// Longest way from a name to the value its declaration gives it, and words of its type at most.
  private static let declarationReach = 200
  private static let mostWords = 3
  private static let wordMarks = ByteSet("().*[]?".utf8)

  /// `var password string = "…"`, `password varchar(20) := '…'`, `password As String = "…"`, COBOL's `PIC X(20) VALUE "…"`.
  func typedDeclaration(_ name: Range<Int>, _ start: Int) -> KeyValue? {
    var index = start
    for _ in 0..<Self.mostWords {
      let word = index
      while index - word < 24, bytes[index].isAlphanumeric || Self.wordMarks.contains(bytes[index]) { index += 1 }
      guard index > word, bytes[index].isBlank else { return nil }
      skipBlanks(&index)
      if bytes[index] == 0x60 { return tagged(name, index + 1) }
      if bytes[index].isQuote {
        return bytes.holds("value ", at: word) ? value(of: name, from: index, form: .equals) : nil
      }
      guard let sign = Sign(at: index, in: bytes), sign.form == .equals else { continue }
      index += sign.length
      skipBlanks(&index)
      return Quote(at: index, in: bytes) == nil ? nil : value(of: name, from: index, form: .equals)
    }
    return nil
  }

  /// ``Password string `default:"…"` `` (Go's tags of fields).
  private func tagged(_ name: Range<Int>, _ start: Int) -> KeyValue? {
    var index = start
    while index - start < Self.declarationReach, !bytes[index].isLineEnd, bytes[index] != 0x60, bytes[index] != 0 {
      if bytes.holds("default:\"", at: index) { return value(of: name, from: index + 8, form: .pair) }
      index += 1
    }
    return nil
  }

  /// What stands beside a name that something closes: `(defvar *api-key* "…")`, `password["bob"] = "…"`.
  func beside(_ name: Range<Int>, _ index: Int) -> KeyValue? {
    switch bytes[index] {
    case 0x22:
      guard bytes[name.lowerBound - 1] == UInt8(ascii: "*"), bytes[name.lowerBound - 2].isSpace else { return nil }
      return value(of: name, from: index, form: .option)
    case UInt8(ascii: "["): return subscripted(name, index + 1)
    case UInt8(ascii: ":"): return bytes[index + 1] == UInt8(ascii: ":") ? directive(name, index + 2) : nil
    default: return nil
    }
  }

  /// `password["bob"] = "…"`.
  private func subscripted(_ name: Range<Int>, _ start: Int) -> KeyValue? {
    guard var index = stringEnd(from: start), bytes[index] == UInt8(ascii: "]") else { return nil }
    index += 1
    skipBlanks(&index)
    guard let sign = Sign(at: index, in: bytes), sign.form == .equals,
      let pair = value(of: name, from: index + sign.length, form: .equals), pair.isQuoted
    else { return nil }
    return pair
  }

  /// Where a string on one line ends that starts at an index; `nil` where none does.
  private func stringEnd(from start: Int) -> Int? {
    guard let quote = Quote(at: start, in: bytes) else { return nil }
    var text = KeyValue(key: start..<start, value: start..<start, form: .argument)
    return closed(quote, from: start + quote.length, into: &text) ? text.value.upperBound + quote.length : nil
  }

  // MARK: Calls

  private static let setters: [StaticString] = [
    "setenv", "environmentvariable", "flag.string", "flags().string", "buildconfigfield", "resvalue",
  ]

  /// Whether a call gives the name its value, so that other arguments may follow this: `setenv("KEY", "…", 1)`.
  func isSet(_ name: Range<Int>) -> Bool {
    let before = (name.lowerBound - KeyReach.gap)..<name.lowerBound
    return Self.setters.contains { bytes.holds($0, startingIn: before) }
  }

  /// Words in the names of what is made of a user's name and a password.
  private static let logins: NameWords = ["credential", "credentials", "authentication", "auth"]

  /// Where the second argument of a call starts whose first is the user: `new PasswordAuthentication("bob", "…")`.
  func argument(behindUserAt start: Int, of name: Range<Int>) -> Int? {
    guard bytes[start - 1] == UInt8(ascii: "("), Quote.mayStart(with: bytes[start]),
      KeyName.split(bytes.copy(name)[...]).contains(where: Self.logins.contains),
      var index = stringEnd(from: start), bytes[index] == UInt8(ascii: ",")
    else { return nil }
    index += 1
    skipBlanks(&index)
    // A third string may be the password as well.
    guard let end = stringEnd(from: index), bytes[end] != UInt8(ascii: ",") else { return nil }
    return index
  }

  /// `["--key", "value"]`: the arguments of a program in a list; `option("--key", default="value")`.
  func listedOption(_ name: Range<Int>, _ start: Int) -> KeyValue? {
    if let pair = value(of: name, from: start, form: .option), pair.isQuoted, !isOption(pair.value) { return pair }
    var index = start
    while index - start < Self.declarationReach, bytes[index] != 0 {
      if bytes[index] == UInt8(ascii: ")"), bytes[index + 1].isLineEnd { return nil }
      if bytes[index] == UInt8(ascii: "d"), !bytes[index - 1].isNameByte, bytes.holds("default=", at: index) {
        return value(of: name, from: index + 8, form: .equals)
      }
      index += 1
    }
    return nil
  }

  /// Whether a string is an option's name: `--name`, `-n`.
  private func isOption(_ text: Range<Int>) -> Bool {
    bytes[text.lowerBound] == UInt8(ascii: "-") && (bytes[text.lowerBound + 1] == UInt8(ascii: "-") || text.count == 2)
  }

  /// `{password, "value"}`, `{password, <<"value">>}`: a pair as Erlang and Elixir write it.
  func tupleValue(_ name: Range<Int>, _ start: Int) -> KeyValue? {
    let before = bytes[name.lowerBound - 1] == UInt8(ascii: ":") ? name.lowerBound - 2 : name.lowerBound - 1
    guard bytes[before] == UInt8(ascii: "{") else { return nil }
    var index = start
    skipBlanks(&index)
    if bytes[index] == UInt8(ascii: "<"), bytes[index + 1] == UInt8(ascii: "<") { index += 2 }
    guard let pair = value(of: name, from: index, form: .equals), pair.isQuoted,
      bytes[pair.value.upperBound].isQuote
    else { return nil }
    let end = pair.value.upperBound + 1
    return bytes[end] == UInt8(ascii: "}") || bytes.holds(">>}", at: end) ? pair : nil
  }
}
