import Rules

/// Sentences that tell a value, in the languages of the lexicon: `the password is …`, `das Passwort lautet: …`, `密码是…`.
extension KeyLexer {
  private static let verbs: [StaticString] = [
    "is", "was", "set to", "will be", "lautet", "ist", "est", "es", "é", "è", "är", "er", "je", "jest",
  ]
  private static let verbStarts = ByteSet("iswlejISWLEJ\u{E9}".utf8)

  /// The value behind a verb that stands at an index, a colon between them or not.
  func predicate(of name: Range<Int>, at start: Int) -> KeyValue? {
    guard Self.verbStarts.contains(bytes[start]) else { return nil }
    for verb in Self.verbs where bytes.holds(verb, at: start) {
      var index = start + verb.utf8CodeUnitCount
      guard bytes[index].isBlank || bytes[index] == UInt8(ascii: ":") else { continue }
      while bytes[index].isBlank { index += 1 }
      if bytes[index] == UInt8(ascii: ":") { index += 1 }
      return value(of: name, from: index, form: .comparison)
    }
    return nil
  }

  /// Endings that make a name the subject of a Chinese, Japanese or Korean sentence.
  private static let particles: [StaticString] = ["是", "为", "為", "は", "는", "은"]

  /// Whether a name that ends here is the subject of a sentence.
  @inline(__always)
  func isSubject(endingAt end: Int) -> Bool { bytes[end - 1] >= 0x80 && endsWithParticle(end) }

  private func endsWithParticle(_ end: Int) -> Bool {
    Self.particles.contains { bytes.holds($0, at: end - 3) }
  }

  /// The value of a subject: what is typed in ASCII ends where the sentence goes on.
  func statement(of name: Range<Int>, at start: Int) -> KeyValue? {
    let index = bytes.isWideMark(at: start) ? start + 3 : start
    guard var pair = value(of: name, from: index, form: .comparison) else { return nil }
    let value = pair.value
    guard bytes[value.lowerBound] < 0x80 else { return pair }
    if pair.isQuoted {
      // A mark that none of its kind closes holds the rest of the sentence.
      return value.contains { bytes[$0] >= 0x80 || bytes[$0] == 0x0A } ? nil : pair
    }
    if let end = value.first(where: { bytes[$0] >= 0xE0 }) { pair.value = value.lowerBound..<end }
    return pair
  }
}
