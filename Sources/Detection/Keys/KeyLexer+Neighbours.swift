extension KeyLexer {
  /// `<password>value</password>`, with or without attributes.
  func element(_ name: Range<Int>, _ start: Int) -> KeyValue? {
    guard opensTag(before: name.lowerBound) else { return nil }
    var index = start
    if bytes[index].isBlank {
      while index - start < KeyReach.gap * 2, bytes[index] != UInt8(ascii: ">"), bytes[index] != UInt8(ascii: "<"),
        !bytes[index].isLineEnd
      {
        index += 1
      }
    }
    guard bytes[index] == UInt8(ascii: ">"), bytes[index - 1] != UInt8(ascii: "/") else { return nil }
    // `"<password>"`: what the mark before the tag closes is a text of its own.
    if let quote = Quote(before: name.lowerBound - 1, in: bytes), quote.closes(at: index + 1, in: bytes) { return nil }
    return content(of: name, from: index + 1)
  }

  /// Whether a tag opens before an index: `<`, or `<` and a namespace; not `(?<`, which names a group of a pattern.
  func opensTag(before index: Int) -> Bool {
    var index = index
    if bytes[index - 1] == UInt8(ascii: ":") {
      index -= 1
      while bytes[index - 1].isPathByte { index -= 1 }
    }
    return bytes[index - 1] == UInt8(ascii: "<") && bytes[index - 2] != UInt8(ascii: "?")
      && bytes[index - 2] != UInt8(ascii: "P")
  }

  /// Where the text of a line ends.
  private func textEnd(from start: Int) -> Int {
    var end = start
    while end - start < KeyReach.gap * 4, !bytes[end].isLineEnd, bytes[end] != 0 { end += 1 }
    return end
  }

  /// The text from behind a tag to the next one.
  private func content(of name: Range<Int>, from start: Int) -> KeyValue? {
    var index = start
    while index - start < KeyReach.gap, bytes[index].isSpace, bytes[index] != 0 { index += 1 }
    if bytes.holds("<![cdata[", at: index) { index += 9 }
    // `<auth-user-pass>` holds the user and, on the next line, the password (openvpn(8), inline files).
    if bytes.holds("-user-pass", at: name.upperBound - 10), let below = indented(below: textEnd(from: index)) {
      index = below
    }
    var end = index
    while end - index < KeyReach.value, bytes[end] != UInt8(ascii: "<"), bytes[end] != 0, bytes[end] != 0x09,
      !bytes[end].isLineEnd
    {
      end += 1
    }
    // What another tag follows is no text but holds elements.
    guard bytes[end] != UInt8(ascii: "<") || bytes[end + 1] == UInt8(ascii: "/") else { return nil }
    // `login <password> again` tells how a command is used: what no tag closes stands right behind the one that opens.
    let isClosed = bytes[end] == UInt8(ascii: "<")
    guard isClosed || !bytes[start].isBlank && !bytes[start].isQuote && bytes[start] != UInt8(ascii: "\\") else {
      return nil
    }
    while end > index, bytes[end - 1].isBlank { end -= 1 }
    if bytes.holds("]]>", at: end - 3) { end -= 3 }
    guard end > index else { return nil }
    return KeyValue(
      key: name, value: index..<end, form: .element, isQuoted: true, isCut: end - index >= KeyReach.value)
  }

  /// The value of a key that is itself the value of `name`: `name: KEY`, `value: …`; `<add key="KEY" value="…"/>`;
  /// `<key>KEY</key><string>…</string>`.
  func neighbour(of name: Range<Int>) -> KeyValue? {
    let index = name.upperBound
    if bytes[index] == UInt8(ascii: "<"), bytes[index + 1] == UInt8(ascii: "/"),
      bytes[name.lowerBound - 1] == UInt8(ascii: ">")
    {
      return elementBehind(name, index)
    }
    guard let member = naming(name) else { return nil }
    return behind(name, index) ?? self.member(beside: member, of: name)
  }

  /// The value of the member right behind a name.
  private func behind(_ name: Range<Int>, _ start: Int) -> KeyValue? {
    var index = start
    if let quote = Quote(before: name.lowerBound, in: bytes), quote.closes(at: index, in: bytes) {
      index += quote.length
    }
    if bytes[index] == UInt8(ascii: ">"), let content = content(of: name, from: index + 1) { return content }
    if bytes[index] == 0x20, opensString(before: name.lowerBound), let content = text(of: name, from: index) {
      return content
    }
    if let nested = nestedValue(of: name, from: index) { return nested }
    let most = index + KeyReach.gap
    while index < most, bytes[index] != 0,
      bytes[index].isSpace || bytes[index] == UInt8(ascii: ",") || bytes[index] == UInt8(ascii: "\\")
    {
      // An escaped line end between the two.
      if bytes[index] == UInt8(ascii: "\\"), bytes[index + 1] == UInt8(ascii: "n") {
        index += 1
      } else if bytes[index] == UInt8(ascii: "\\"), Quote(at: index, in: bytes) != nil {
        break
      }
      index += 1
    }
    let opening = Quote(at: index, in: bytes)
    index += opening?.length ?? 0
    let attribute = ["value", "parametervalue", "content", "default", "val", "text"].first { word in
      bytes.copy(index..<(index + word.utf8.count)).map(\.lowercased).elementsEqual(word.utf8)
    }
    guard let attribute else { return nil }
    index += attribute.utf8.count
    if let opening {
      guard opening.closes(at: index, in: bytes) else { return nil }
      index += opening.length
    }
    while bytes[index].isBlank { index += 1 }
    guard let sign = Sign(at: index, in: bytes), sign.form == .equals || sign.form == .colon || sign.form == .arrow
    else {
      return nil
    }
    return value(of: name, from: index + sign.length, form: .pair)
  }

  /// Whether a tag of a text of Android's resources opens before its name: `<string name="`, `<item name="`.
  private func opensString(before name: Int) -> Bool {
    bytes.holds("<string name=", at: name - 14) || bytes.holds("<item name=", at: name - 12)
  }

  /// The text behind the attributes that follow a name.
  private func text(of name: Range<Int>, from start: Int) -> KeyValue? {
    var index = start
    while index - start < KeyReach.gap * 2, ![0, 0x0A, UInt8(ascii: "<"), UInt8(ascii: ">")].contains(bytes[index]) {
      index += 1
    }
    guard bytes[index] == UInt8(ascii: ">"), bytes[index - 1] != UInt8(ascii: "/") else { return nil }
    return content(of: name, from: index + 1)
  }

  /// `<setting name="password" serializeAs="String"><value>…` (.NET's settings).
  private func nestedValue(of name: Range<Int>, from start: Int) -> KeyValue? {
    var index = start
    while index - start < KeyReach.gap, ![0, 0x0A, UInt8(ascii: "<"), UInt8(ascii: ">")].contains(bytes[index]) {
      index += 1
    }
    guard bytes[index] == UInt8(ascii: ">"), bytes[index - 1] != UInt8(ascii: "/") else { return nil }
    index += 1
    let gap = index
    while index - gap < KeyReach.gap, bytes[index].isSpace, bytes[index] != 0 { index += 1 }
    return bytes.holds("<value>", at: index) ? content(of: name, from: index + 7) : nil
  }

  /// The empty value of a key that is itself a value: `"name": KEY, "value": ""`, `<add key="KEY" value=""/>`.
  func emptyMember(of name: Range<Int>, from start: Int) -> KeyValue? {
    var index = start
    while index - start < KeyReach.gap, bytes[index].isSpace && bytes[index] != 0 || bytes[index] == UInt8(ascii: ",") {
      index += 1
    }
    let opening = Quote(at: index, in: bytes)
    index += opening?.length ?? 0
    guard bytes.holds("value", at: index) else { return nil }
    index += 5
    if let opening, opening.closes(at: index, in: bytes) { index += opening.length }
    while bytes[index].isBlank { index += 1 }
    guard let sign = Sign(at: index, in: bytes), sign.form == .equals || sign.form == .colon else { return nil }
    return KeyValue(key: name, value: name.upperBound..<name.upperBound, form: .pair)
  }

  /// `variable "db_password" { default = "…" }`, `output "…" { value = "…" }` (Terraform's language).
  func preset(of name: Range<Int>) -> KeyValue? {
    let start = name.lowerBound
    guard bytes[start - 1] == 0x22, bytes[name.upperBound] == 0x22,
      bytes.holds("variable ", at: start - 10) || bytes.holds("output ", at: start - 8)
    else { return nil }
    var index = name.upperBound + 1
    let most = index + KeyReach.value
    while index < most, bytes[index] != 0, bytes[index] != UInt8(ascii: "}") {
      if bytes[index - 1].isSpace, bytes.holds("default ", at: index) || bytes.holds("value ", at: index) {
        while bytes[index].isLetter || bytes[index].isBlank { index += 1 }
        guard bytes[index] == UInt8(ascii: "=") else { return nil }
        return value(of: name, from: index + 1, form: .pair)
      }
      index += 1
    }
    return nil
  }

  /// `</key><string>value`, `</name><value>value`.
  private func elementBehind(_ name: Range<Int>, _ start: Int) -> KeyValue? {
    var index = start
    while index - start < 24, bytes[index] != UInt8(ascii: ">") { index += 1 }
    index += 1
    let gap = index
    while index - gap < KeyReach.gap, bytes[index].isSpace, bytes[index] != 0 { index += 1 }
    guard ["<string>", "<value>", "<value "].contains(where: { (tag: StaticString) in bytes.holds(tag, at: index) })
    else { return nil }
    let tag = index
    while index - tag < KeyReach.gap, bytes[index] != UInt8(ascii: ">") { index += 1 }
    return content(of: name, from: index + 1)
  }

  /// `"value" == key`.
  func compared(with name: Range<Int>) -> KeyValue? {
    var index = name.lowerBound
    while index > 0,
      bytes[index - 1].isBlank || [UInt8(ascii: "$"), UInt8(ascii: "@"), UInt8(ascii: "(")].contains(bytes[index - 1])
    {
      index -= 1
    }
    let end = index
    while bytes[index - 1] == UInt8(ascii: "=") || bytes[index - 1] == UInt8(ascii: "!") { index -= 1 }
    guard end - index >= 2 else { return nil }
    while bytes[index - 1].isBlank { index -= 1 }
    guard let quote = Quote(before: index, in: bytes) else { return nil }
    let close = index - quote.length
    var start = close - 1
    let least = max(0, close - 256)
    while start >= least, !bytes[start].isLineEnd {
      if Quote(at: start - quote.length + 1, in: bytes) == quote, quote.closes(at: start - quote.length + 1, in: bytes)
      {
        return KeyValue(key: name, value: (start + 1)..<close, form: .comparison, isQuoted: true)
      }
      start -= 1
    }
    return nil
  }
}
