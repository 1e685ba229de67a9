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
    let limit = name.upperBound + Self.collectionReach
    return isObject
      ? objects(from: name.upperBound + (quote?.length ?? 0), to: limit)
      : [
        Series(
          .manifest(Series.Manifest(column: column(of: index - 4))), from: lineEnd(from: name.upperBound) + 1,
          form: .member)
      ]
  }

  /// The members of `data` and `stringData` in the object whose member ends at an index (JSON).
  private func objects(from start: Int, to limit: Int) -> [Series] {
    var members: [Series] = []
    var index = start
    var open = 0
    while index < limit, bytes[index] != 0 {
      if let quote = Quote(at: index, in: bytes) {
        var text = KeyValue(key: index..<index, value: index..<index, form: .member)
        guard closed(quote, from: index + quote.length, into: &text) else { break }
        index = text.value.upperBound + quote.length
        guard open == 0, let isEncoded = isEncoded(text.value) else { continue }
        skipSpace(&index)
        guard bytes[index] == UInt8(ascii: ":") else { continue }
        index += 1
        skipSpace(&index)
        guard bytes[index] == UInt8(ascii: "{") else { continue }
        members.append(object(from: index + 1, isEncoded: isEncoded))
      } else {
        if bytes[index] == UInt8(ascii: "{") { open += 1 }
        if bytes[index] == UInt8(ascii: "}") { open -= 1 }
        if open < 0 { break }
        index += 1
      }
    }
    return members
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
