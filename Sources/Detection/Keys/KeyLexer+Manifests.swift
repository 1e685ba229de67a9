import Rules

/// What manifests of Kubernetes hold as a secret (Kubernetes API, `Secret`).
extension KeyLexer {
  /// The values of a Kubernetes secret, where a name says that it is one: `kind: Secret`.
  func manifest(of name: Range<Int>) -> [Series] {
    guard bytes.holds(Array("Secret".utf8), in: name) else { return [] }
    var index = name.lowerBound
    let quote = Quote(before: index, in: bytes)
    index -= quote?.length ?? 0
    while bytes[index - 1].isBlank { index -= 1 }
    guard bytes[index - 1] == UInt8(ascii: ":") else { return [] }
    index -= 1
    while bytes[index - 1].isBlank { index -= 1 }
    let isObject = bytes[index - 1].isQuote
    if isObject, let quote = Quote(before: index, in: bytes) { index -= quote.length }
    guard bytes.holds("kind", at: index - 4), !bytes[index - 5].isNameByte else { return [] }
    let end = name.upperBound + (quote?.length ?? 0)
    return [isObject ? document(from: end, isSecret: true) : manifest(of: index - 4, isSecret: true)]
  }

  /// What the names of a manifest lead to that may stand before its kind, as kubectl(1) sorts them: `apiVersion`, behind which
  /// it is not known yet whether `data` holds secrets, and `stringData`, which nothing but a secret has.
  func manifests(of name: Range<Int>) -> [SecretList] {
    let secret = KeyName(role: .secret)
    var index = name.upperBound
    let quote = Quote(before: name.lowerBound, in: bytes)
    if let quote {
      guard quote.closes(at: index, in: bytes) else { return [] }
      index += quote.length
    }
    while bytes[index].isBlank { index += 1 }
    guard bytes[index] == UInt8(ascii: ":") else { return [] }
    var series: Series?
    if bytes.holds(Array("stringData".utf8), in: name) {
      series = members(of: name)
    } else if bytes.holds(Array("apiVersion".utf8), in: name) {
      index += 1
      while bytes[index].isBlank { index += 1 }
      let opening = Quote(at: index, in: bytes)
      index += opening?.length ?? 0
      guard bytes.holds("v1", at: index), !bytes[index + 2].isPathByte, bytes[index + 2] != UInt8(ascii: "/") else {
        return []
      }
      let end = index + 2 + (opening?.length ?? 0)
      series = quote == nil ? manifest(of: name.lowerBound, isSecret: nil) : document(from: end, isSecret: nil)
    }
    return series.map { [SecretList(series: $0, name: secret, head: bytes.copy(name))] } ?? []
  }

  private func manifest(of member: Int, isSecret: Bool?) -> Series {
    var manifest = Series.Manifest(column: column(of: member))
    manifest.isSecret = isSecret
    return Series(.manifest(manifest), from: lineEnd(from: member) + 1, form: .member)
  }

  private func document(from start: Int, isSecret: Bool?) -> Series {
    Series(.document(Series.Document(isSecret: isSecret)), from: start, form: .member)
  }

  /// Reads one piece of an object that is a manifest.
  func step(_ document: inout Series.Document, _ series: inout Series) -> KeyValue? {
    if var object = document.object {
      let value = step(&object, &series)
      document.object = series.isOver ? nil : object
      series.isOver = series.isOver && bytes[series.next - 1] != UInt8(ascii: "}")
      return value
    }
    if passes(&document.quote, &series) { return nil }
    let index = series.next
    let byte = bytes[index]
    series.next += 1
    switch byte {
    case 0: series.isOver = true
    case UInt8(ascii: "{"), UInt8(ascii: "["): document.open += 1
    case UInt8(ascii: "}"), UInt8(ascii: "]"):
      document.open -= 1
      series.isOver = document.open < 0
    default:
      guard Quote.mayStart(with: byte), let quote = Quote(at: index, in: bytes) else { return nil }
      document.quote = quote
      series.next = index + quote.length
      if document.open == 0, let member = member(at: index) { enter(member, quote, &document, &series) }
    }
    return nil
  }

  /// Passes the name of a member, and goes into those that hold a secret's values.
  private func enter(_ member: KeyValue, _ quote: Quote, _ document: inout Series.Document, _ series: inout Series) {
    document.quote = nil
    series.next = member.key.upperBound + quote.length
    if bytes.holds(Array("kind".utf8), in: member.key) {
      settle(member, &document.isSecret, &series)
    } else if let isEncoded = isEncoded(member.key), bytes[member.value.lowerBound] == UInt8(ascii: "{") {
      document.object = Series.Object()
      series.isEncoded = isEncoded
      series.next = member.value.lowerBound + 1
    }
  }

  /// Says by its kind whether a manifest is a secret; from its kind on it is read by what that leads to.
  private func settle(_ kind: KeyValue, _ isSecret: inout Bool?, _ series: inout Series) {
    guard isSecret == nil else { return }
    isSecret = bytes.holds(Array("Secret".utf8), in: kind.value)
    series.isOver = true
  }

  /// Reads a line of a manifest: what follows `data:` and `stringData:` deeper than they stand are its members.
  func step(_ manifest: inout Series.Manifest, _ series: inout Series) -> KeyValue? {
    var index = series.next
    while bytes[index] == 0x20 { index += 1 }
    let indent = index - series.next
    series.isPassing = true
    series.next = index
    if bytes[index].isLineEnd || bytes[index] == UInt8(ascii: "#") { return nil }
    if indent < manifest.column || bytes.holds("---", at: index) {
      series.isOver = true
      return nil
    }
    if indent == manifest.column {
      let word = index
      while bytes[index].isNameByte { index += 1 }
      let isItem = bytes[word] == UInt8(ascii: "-") && bytes[word + 1].isBlank
      guard bytes[index] == UInt8(ascii: ":") && index > word || isItem || bytes[word].isQuote else {
        // What is no key ends the mapping: text, or a fence around it.
        series.isOver = true
        return nil
      }
      if bytes.holds(Array("kind".utf8), in: word..<index), let kind = member(at: word) {
        settle(kind, &manifest.isSecret, &series)
        return nil
      }
      let isEncoded = bytes[index] == UInt8(ascii: ":") && endsLine(index + 1) ? isEncoded(word..<index) : nil
      (manifest.isWithin, manifest.indent) = (isEncoded != nil, nil)
      series.isEncoded = isEncoded ?? false
      return nil
    }
    guard manifest.isWithin, indent <= manifest.indent ?? indent else { return nil }
    manifest.indent = indent
    return member(onLineAt: index, &series)
  }

  /// Whether what a secret holds under this name is base64; `nil` where it is none of its values.
  private func isEncoded(_ name: Range<Int>) -> Bool? {
    if bytes.holds(Array("data".utf8), in: name) { return true }
    return bytes.holds(Array("stringData".utf8), in: name) ? false : nil
  }
}
