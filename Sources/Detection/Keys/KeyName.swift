import Rules

/// What the name of a key says about its value.
struct KeyName {
  /// What kind of secret the key holds; `nil` where it holds none.
  var role: KeyRole?
  /// Whether the noun alone says little (`key`, `auth`, `pass`): it also names harmless things.
  var isWeak = false
  /// Whether a word before the noun says whose secret it is, or that it is one (`api`, `client`, `db`, `master`).
  var isQualified = false
  var isPlural = false
  /// Whether words stand behind the noun that the lexicon does not know.
  var hasUnknownEnd = false
  /// The words of the last part of the name, lower case.
  var words: [String] = []

  /// The name of a thing that has none, known by its place.
  init(role: KeyRole) { self.role = role }

  /// Judges a name as it is written: `apiKey`, `API-KEY`, `x_api_key`, `spring.datasource.password`.
  ///
  /// - Complexity: linear in the length of the name.
  init(_ name: [UInt8]) {
    let parts = name.split(whereSeparator: { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "/") })
    guard let last = parts.last else { return }
    if let role = KeyLexicon.foreignRole(Array(last)) {
      self.role = role
      words = [String(decoding: last, as: UTF8.self)]
      return
    }
    words = Self.split(Array(last))
    if parts.count > 1, words.allSatisfy(KeyLexicon.neutralEnds.contains) {
      // `auth.token.value`: the part before says what it is.
      words = Self.split(Array(parts[parts.count - 2])) + words
    }
    judge(before: parts.count > 1 ? Self.split(Array(parts[parts.count - 2])) : [])
  }

  private mutating func judge(before path: [String]) {
    guard let place = words.lastIndex(where: { KeyLexicon.nouns[$0] != nil }), let noun = KeyLexicon.nouns[words[place]]
    else { return }
    let behind = words[(place + 1)...]
    let ahead = Array(words[..<place])
    guard !behind.contains(where: KeyLexicon.harmlessEnds.contains) else { return }
    hasUnknownEnd = !behind.allSatisfy { KeyLexicon.neutralEnds.contains($0) || $0.allSatisfy(\.isNumber) }
    isPlural = noun.isPlural
    let earlier = ahead.last(where: { KeyLexicon.nouns[$0] != nil }).flatMap { KeyLexicon.nouns[$0] }
    if ahead.contains(where: KeyLexicon.harmlessStarts.contains) || noun.isHarmless(after: ahead) { return }
    isQualified =
      earlier != nil || ahead.contains(where: KeyLexicon.qualifiers.contains)
      || ahead.isEmpty && path.contains(where: KeyLexicon.qualifiers.contains)
    isWeak = noun.isWeak && !isQualified
    if noun.isWeak, hasUnknownEnd { return }
    role = noun.role
    // `secret_key`, `token_secret`: what it is called first says more than `key`.
    if let earlier, noun.isWeak, !earlier.isWeak { role = earlier.role }
  }

  /// The words of a name: at `_`, `-` and spaces, where case changes, and where words are written as one (`dbpassword`).
  static func split(_ name: [UInt8]) -> [String] { plainWords(name).flatMap { fused($0) } }

  /// The same without taking apart what is written as one.
  static func plainWords(_ name: [UInt8]) -> [String] {
    var words: [String] = []
    var word: [UInt8] = []
    func isStart(_ index: Int) -> Bool {
      let byte = name[index]
      let previous = index > 0 ? name[index - 1] : 0
      let next = index + 1 < name.count ? name[index + 1] : 0
      if byte.isUpper { return previous.isLower || previous.isDigit || previous.isUpper && next.isLower }
      return byte.isDigit != previous.isDigit && previous != 0
    }
    for index in name.indices {
      let isWordByte = name[index].isAlphanumeric || name[index] >= 0x80
      if !word.isEmpty, !isWordByte || isStart(index) {
        words.append(String(decoding: word, as: UTF8.self))
        word = []
      }
      if isWordByte { word.append(name[index].lowercased) }
    }
    if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
    return words
  }

  /// The words of one that is written together, the noun at its end (`dbpassword`) or at its start (`passwordhash`).
  private static func fused(_ word: String) -> [String] {
    guard word.utf8.count > 3, KeyLexicon.nouns[word] == nil, !KeyLexicon.wholeWords.contains(word) else {
      return [word]
    }
    let (first, last) = (word.utf8.first, word.utf8.last)
    for noun in KeyLexicon.fusingNouns {
      if noun.mayEnd(last), word.hasSuffix(noun.text) {
        let rest = String(word.dropLast(noun.text.count))
        if !noun.isWeak || KeyLexicon.isQualifierText(rest) { return fused(rest) + [noun.text] }
      }
      if noun.mayStart(first), word.hasPrefix(noun.text) {
        let rest = String(word.dropFirst(noun.text.count))
        if KeyLexicon.harmlessEnds.contains(rest) || KeyLexicon.neutralEnds.contains(rest)
          || KeyLexicon.nouns[rest] != nil
        {
          return [noun.text, rest]
        }
      }
    }
    return [word]
  }
}
