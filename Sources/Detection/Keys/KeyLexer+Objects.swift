import Rules

/// Keys whose value is an object that holds the secret: `"password": {"value": "…"}`, outputs of Terraform's state.
extension KeyLexer {
  /// Longest way from the first member of such an object to the one with the value.
  private static let objectReach = 640

  /// Where the colon, or the end of an arrow, stands when what is quoted is no value but names the first member of one: `{"verdict": …`, or in YAML
  /// below its key.
  func memberColon(behind pair: KeyValue, _ quote: Quote, from start: Int, isOnNextLine: Bool) -> Int? {
    var index = pair.value.upperBound + quote.length
    while bytes[index].isBlank { index += 1 }
    guard let sign = Sign(at: index, in: bytes), sign.form == .colon || sign.form == .arrow else { return nil }
    index += sign.length - 1
    if isOnNextLine, bytes[index + 1].isSpace { return index }
    var brace = start - 1
    while brace > start - KeyReach.gap, bytes[brace].isSpace, bytes[brace] != 0 { brace -= 1 }
    return bytes[brace] == UInt8(ascii: "{") ? index : nil
  }

  /// The value of the first member where its name changes nothing, `"password": {"default": "…"}`, else of a later one named
  /// `value` or `default`.
  func memberValue(_ member: KeyValue, _ quote: Quote, behind colon: Int) -> KeyValue? {
    if member.value.count <= 16,
      KeyName.split(bytes.copy(member.value)[...]).allSatisfy(KeyLexicon.neutralEnds.contains)
    {
      return string(behind: colon, for: member)
    }
    var index = colon + 1
    while index - colon < Self.objectReach, !Self.objectEnds.contains(bytes[index]) {
      if Quote(at: index, in: bytes) == quote, let word = presetWord(at: index + quote.length),
        quote.closes(at: word, in: bytes)
      {
        var end = word + quote.length
        while bytes[end].isBlank { end += 1 }
        if bytes[end] == UInt8(ascii: ":") { return string(behind: end, for: member) }
      }
      index += 1
    }
    return nil
  }

  private static let objectEnds = ByteSet("{}\0".utf8)

  /// What is quoted behind a colon.
  private func string(behind colon: Int, for member: KeyValue) -> KeyValue? {
    var index = colon + 1
    while index - colon < KeyReach.gap, bytes[index].isSpace, bytes[index] != 0 { index += 1 }
    var pair = member
    guard let quote = Quote(at: index, in: bytes), quoted(quote, at: index, into: &pair) else { return nil }
    return pair
  }

  /// The end of a word that names the value among the members of an object: `value`, `default`, `defaultValue`.
  private func presetWord(at index: Int) -> Int? {
    for word: StaticString in ["value", "defaultvalue", "default"] where bytes.holds(word, at: index) {
      let end = index + word.utf8CodeUnitCount
      return bytes[end].isPathByte ? nil : end
    }
    return nil
  }

  /// The value of the member `Default` or `value` in a mapping below its key: parameters of CloudFormation, variables of
  /// GitLab's pipelines.
  func preset(of name: Range<Int>, below end: Int) -> KeyValue? {
    guard let first = indented(below: end) else { return nil }
    let column = column(of: first)
    guard column > self.column(of: name.lowerBound) else { return nil }
    var index = first
    while index - end < Self.objectReach, index < bytes.count {
      let own = self.column(of: index)
      guard own >= column else { return nil }
      if own == column, let word = presetWord(at: index), bytes[word] == UInt8(ascii: ":"), bytes[word + 1].isBlank {
        return value(of: name, from: word + 1, form: .pair)
      }
      guard let next = indented(below: lineEnd(from: index)) else { return nil }
      index = next
    }
    return nil
  }
}
