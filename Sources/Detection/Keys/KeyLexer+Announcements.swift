import Rules

/// What people and programs announce: `Password for bob: …`, `API key for prod is …`, `password has been reset to …`, `Token generated
/// successfully: …`.
extension KeyLexer {
  /// Longest way from a name to the end of what is said about it, and words of it at most.
  private static let announcementReach = 120
  private static let mostAnnounced = 12
  /// Words that go on behind a name in an announcement, in the languages of the lexicon.
  private static let continuations: NameWords = [
    "for", "of", "to", "is", "was", "has", "have", "will", "set", "reset", "changed", "updated", "generated", "created",
    "written", "assigned", "in", "on", "now", "successfully", "below", "equals",
    "für", "fur", "von", "vom", "wurde", "lautet", "de", "del", "do", "da", "dos", "das", "des", "du", "para",
    "pour", "per", "di", "voor", "dla",
  ]
  /// Words right behind which the value may stand, at the end of the line.
  private static let tellingWords: NameWords = [
    "is", "was", "to", "be", "now", "equals", "became", "auf", "lautet", "ist", "es", "est", "é", "è", "e",
  ]
  private static let announcedMarks = ByteSet("'\"`@/\\()<>,!%+*".utf8)

  /// The value of a name about which something is said first.
  func announced(_ name: Range<Int>, _ start: Int) -> KeyValue? {
    if bytes[start].isQuote { return titled(name, start) }
    guard
      bytes[start].isDigit || bytes[start] == UInt8(ascii: "(") || continues(at: start)
        || isConstant(name) && bytes[start].isLetter
    else { return nil }
    var index = start
    for number in 0..<Self.mostAnnounced {
      let word = index
      while isAnnounced(at: index), index - start < Self.announcementReach { index += 1 }
      guard index - start < Self.announcementReach else { return nil }
      if bytes[index] == UInt8(ascii: ":") || bytes[index] == UInt8(ascii: "=") {
        return index > word || bytes[index - 1].isBlank ? announcement(of: name, behind: index) : nil
      }
      guard index > word, bytes[index].isBlank else { return nil }
      let isTelling = Self.tellingWords.contains(NameWord((word..<index).lazy.map { bytes[$0] }))
      skipBlanks(&index)
      // `is` right behind the name tells by itself.
      if isTelling, number > 0 || bytes[word] | 0x20 == UInt8(ascii: "t"), let pair = lastWord(at: index, of: name) {
        return pair
      }
    }
    return nil
  }

  /// What is announced of a name with a title: `Created token "ci": …`.
  private func titled(_ name: Range<Int>, _ start: Int) -> KeyValue? {
    guard let quote = Quote(at: start, in: bytes) else { return nil }
    var index = start + quote.length
    while index - start < KeyReach.gap, !quote.closes(at: index, in: bytes), !bytes[index].isLineEnd { index += 1 }
    index += quote.length
    return bytes[index] == UInt8(ascii: ":") && bytes[index + 1].isBlank ? announcement(of: name, behind: index) : nil
  }

  private func continues(at start: Int) -> Bool {
    guard bytes[start].isLetter else { return false }
    var end = start
    while end - start < NameWord.greatestCount, bytes[end].isNameByte { end += 1 }
    return bytes[end].isBlank || bytes[end] == UInt8(ascii: ":")
      ? Self.continuations.contains(NameWord((start..<end).lazy.map { bytes[$0] })) : false
  }

  /// Whether a byte belongs to a word: a colon does where something stands right behind it.
  private func isAnnounced(at index: Int) -> Bool {
    let byte = bytes[index]
    if byte == UInt8(ascii: ":") { return bytes[index + 1].isAlphanumeric }
    return byte.isPathByte || Self.announcedMarks.contains(byte)
  }

  /// What stands behind the sign that ends an announcement, on its line or alone on one below.
  private func announcement(of name: Range<Int>, behind sign: Int) -> KeyValue? {
    var index = sign + 1
    skipBlanks(&index)
    if bytes[index].isLineEnd { return loneWord(below: index, of: name) }
    guard index > sign + 1 else { return nil }
    if let quote = Quote(at: index, in: bytes) {
      // What goes on behind the mark is a piece of a program, or the rest of a text.
      guard Quote.isOpening(before: index + quote.length, in: bytes) else { return nil }
      var pair = KeyValue(key: name, value: index..<index, form: .comparison)
      guard quoted(quote, at: index, into: &pair), quote.closes(at: pair.value.upperBound, in: bytes),
        !pair.value.contains(where: { bytes[$0].isSpace })
      else { return nil }
      // Names of things stand in code spans too.
      pair.isLoose = bytes[index] == 0x60
      return pair
    }
    let isAssigned = bytes[sign] == UInt8(ascii: "=")
    guard var pair = lastWord(at: index, of: name) else { return nil }
    pair.isLoose = isAssigned
    return pair
  }

  /// The word at the end of a line, of a sentence or of a string, quoted or not; it only counts where it looks random.
  private func lastWord(at start: Int, of name: Range<Int>) -> KeyValue? {
    let quote = Quote(at: start, in: bytes)
    let first = start + (quote?.length ?? 0)
    var end = first
    while end - first < KeyReach.gap * 4, !bytes[end].isSpace, !(quote?.closes(at: end, in: bytes) ?? false),
      !endsText(at: end)
    { end += 1 }
    guard end > first, bytes[end - 1] != UInt8(ascii: ":") else { return nil }
    var behind = end
    if let quote {
      guard quote.closes(at: end, in: bytes) else { return nil }
      behind += quote.length
    } else if let last = Self.sentenceEnds.firstIndex(of: bytes[end - 1]), end > first + 1, last >= 0,
      bytes[end].isSpace
    {
      end -= 1
    }
    if Self.sentenceEnds.contains(bytes[behind]) { behind += 1 }
    let isEnd = bytes[behind].isLineEnd || endsText(at: behind) || bytes[behind] == 0 && behind >= bytes.count
    let goesOn = bytes[behind].isBlank && (bytes[behind + 1] == UInt8(ascii: "(") || conjoins(at: behind + 1))
    guard isEnd || goesOn || Self.sentenceEnds.contains(bytes[behind - 1]) && bytes[behind].isBlank else { return nil }
    return KeyValue(key: name, value: first..<end, form: .comparison, isLoose: true)
  }

  /// Whether a word joins another sentence: `… and the password for eve is …`.
  private func conjoins(at index: Int) -> Bool {
    ["and ", "und ", "et ", "y "].contains { (word: StaticString) in bytes.holds(word, at: index) }
  }

  private static let sentenceEnds: [UInt8] = Array(".,;".utf8)

  /// Whether a string ends that the announcement stands in.
  private func endsText(at index: Int) -> Bool {
    switch bytes[index] {
    case 0x22, 0x60: true
    case 0x27: !bytes[index + 1].isAlphanumeric
    case UInt8(ascii: "\\"):
      bytes[index + 1] == UInt8(ascii: "n") || bytes[index + 1].isQuote || bytes[index + 1] == UInt8(ascii: "r")
    case UInt8(ascii: "<"): true
    default: false
    }
  }

  /// A word alone on the line below a colon, an empty line between or not; it only counts where it looks random.
  func loneWord(below end: Int, of name: Range<Int>) -> KeyValue? {
    var start = end
    skipSpace(&start)
    guard start > end, Quote(at: start, in: bytes) == nil else { return nil }
    var index = start
    while index - start < KeyReach.gap * 4, !bytes[index].isSpace { index += 1 }
    guard index > start, endsLine(index), bytes[index - 1] != UInt8(ascii: ":") else { return nil }
    return KeyValue(key: name, value: start..<index, form: .colon, isLoose: true)
  }
}
