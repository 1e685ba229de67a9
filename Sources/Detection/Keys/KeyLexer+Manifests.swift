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
      : mappings(from: name.upperBound, of: column(of: index - 4), to: limit)
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

  /// The members of `data` and `stringData` in the mapping of a column (YAML).
  private func mappings(from start: Int, of column: Int, to limit: Int) -> [Series] {
    var members: [Series] = []
    var line = lineEnd(from: start) + 1
    while line < limit, line < bytes.count {
      var index = line
      while bytes[index] == 0x20 { index += 1 }
      let indent = index - line
      let end = lineEnd(from: index)
      defer { line = end + 1 }
      if index == end || bytes[index] == UInt8(ascii: "#") { continue }
      guard indent >= column, !bytes.holds("---", at: index) else { break }
      let word = index
      while bytes[index].isNameByte { index += 1 }
      guard indent == column, bytes[index] == UInt8(ascii: ":"), let isEncoded = isEncoded(word..<index),
        endsLine(index + 1)
      else { continue }
      members.append(lines(from: end + 1, of: column, isEncoded: isEncoded))
    }
    return members
  }

  /// Whether what a secret holds under this name is base64; `nil` where it is none of its values.
  private func isEncoded(_ name: Range<Int>) -> Bool? {
    if bytes.holds(Array("data".utf8), in: name) { return true }
    return bytes.holds(Array("stringData".utf8), in: name) ? false : nil
  }
}
