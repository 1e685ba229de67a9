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

  /// Whether a word before the noun makes a question, a verb or a number of the name (`reset_token`, `show_password`): it is a
  /// secret's only where the value looks like one.
  var isDoubtful = false
  /// Whether it may as well tell under what name a password is kept: `passwordKey: DB_PASSWORD`.
  private(set) var mayNamePlace = false
  /// Whether it has no place in a governed document, whatever its value.
  var isGoverned: Bool { !isDoubtful && (!isWeak || isOfCredentials) }
  /// Whether the noun says little beside a value, but names credentials and nothing else: `credentials`, `authorization`, `pin`.
  private var isOfCredentials = false
  /// Whether it names a session by its number (`session_id`), which mostly opens nothing outside of cookies.
  var isSessionNumber = false
  /// Whether it names a session in a cookie, and many other things elsewhere (`sid`).
  var isCookieOnly = false

  /// The name of a thing that has none, known by its place.
  init(role: KeyRole) { self.role = role }

  /// Judges a name as it is written: `apiKey`, `API-KEY`, `x_api_key`, `spring.datasource.password`.
  ///
  /// - Complexity: linear in the length of the name.
  init(_ name: [UInt8]) {
    let parts = name.split(whereSeparator: { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "/") })
    guard let last = parts.last else { return }
    if let role = KeyLexicon.foreignRole(last) {
      self.role = role
      return
    }
    let path = parts.count > 1 ? Self.split(parts[parts.count - 2]) : []
    let words = Self.split(last)
    if words == ["sid"] {
      (role, isWeak, isCookieOnly) = (.token, true, true)
      return
    }
    // `auth.token.value`: the part before says what it is.
    judge(words.allSatisfy(KeyLexicon.neutralEnds.contains) ? path + words : words, in: path)
    // `passwords.bob`: a member of a collection, whatever its own name is, where the value looks like a secret.
    guard role == nil, path.count == 1, !words.contains(where: KeyLexicon.harmlessEnds.contains),
      let noun = KeyLexicon.nouns[path[0]], noun.isPlural, !noun.isWeak
    else { return }
    (role, isDoubtful) = (noun.role, true)
  }

  private mutating func judge(_ words: [NameWord], in path: [NameWord]) {
    guard let place = words.lastIndex(where: { KeyLexicon.nouns[$0] != nil }), let noun = KeyLexicon.nouns[words[place]]
    else { return }
    let behind = words[(place + 1)...]
    let ahead = words[..<place]
    guard !behind.contains(where: KeyLexicon.harmlessEnds.contains) else { return }
    hasUnknownEnd = !behind.allSatisfy { $0.isNumber || KeyLexicon.neutralEnds.contains($0) }
    isPlural = noun.isPlural
    let earlier = ahead.last(where: { KeyLexicon.nouns[$0] != nil }).flatMap { KeyLexicon.nouns[$0] }
    if ahead.contains(where: KeyLexicon.harmlessOfAll.contains) || noun.isHarmless(after: Self.sayingLittle(ahead)) {
      return
    }
    isDoubtful = ahead.contains(where: KeyLexicon.doubtfulStarts.contains)
    isQualified =
      earlier != nil || ahead.contains(where: KeyLexicon.qualifiers.contains)
      || ahead.isEmpty && path.contains(where: KeyLexicon.qualifiers.contains)
    isWeak = noun.isWeak && !isQualified
    // `max_tokens` is a number whatever stands beside it.
    if noun.isWeak && hasUnknownEnd || isDoubtful && (noun.isWeak || isPlural) { return }
    isOfCredentials = KeyLexicon.credentialNouns.contains(words[place])
    isSessionNumber = words[place] == KeyLexicon.sessionNumber
    role = noun.role
    mayNamePlace =
      noun.isWeak && noun.role == .key && place > 0 && KeyLexicon.nouns[words[place - 1]]?.role == .password
    // `secret_key`, `token_secret`: what it is called first says more than `key`.
    if let earlier, noun.isWeak, !earlier.isWeak { role = earlier.role }
  }

  /// The words before a noun that may make another thing of it: none where the last of them says that it is a secret (`new_api_key`).
  private static func sayingLittle(_ words: ArraySlice<NameWord>) -> ArraySlice<NameWord> {
    words.last.map(KeyLexicon.certainQualifiers.contains) ?? false ? [] : words
  }

  /// The words of a name: at `_`, `-` and spaces, where case changes, and where words are written as one (`dbpassword`).
  static func split(_ name: ArraySlice<UInt8>) -> [NameWord] {
    var words: [NameWord] = []
    words.reserveCapacity(4)
    forEachWord(of: name) {
      addFused(name[$0], to: &words)
      if words.count > 1, let whole = KeyLexicon.compounds[words[words.count - 2]]?[words[words.count - 1]] {
        words.removeLast(2)
        words.append(whole)
      }
    }
    return words
  }

  /// The same without taking apart what is written as one.
  static func plainWords(_ name: [UInt8]) -> [NameWord] {
    var words: [NameWord] = []
    forEachWord(of: name[...]) { words.append(NameWord(name[$0])) }
    return words
  }

  /// Calls for every word with its place.
  private static func forEachWord(of name: ArraySlice<UInt8>, _ body: (Range<Int>) -> Void) {
    func isStart(_ index: Int) -> Bool {
      let byte = name[index]
      let previous = index > name.startIndex ? name[index - 1] : 0
      let next = index + 1 < name.endIndex ? name[index + 1] : 0
      if byte.isUpper { return previous.isLower || previous.isDigit || previous.isUpper && next.isLower }
      return byte.isDigit != previous.isDigit && previous != 0
    }
    var start = name.startIndex
    for index in name.indices {
      let isWordByte = name[index].isAlphanumeric || name[index] >= 0x80
      if start < index, !isWordByte || isStart(index) {
        body(start..<index)
        start = index
      }
      if !isWordByte { start = index + 1 }
    }
    if start < name.endIndex { body(start..<name.endIndex) }
  }

  /// Adds the words of one that is written together, the noun at its end (`dbpassword`) or at its start (`passwordhash`).
  private static func addFused(_ text: ArraySlice<UInt8>, to words: inout [NameWord]) {
    let word = NameWord(text)
    let nouns = KeyLexicon.fusingNouns
    // Most words hold no noun, and need not be looked up to be left whole.
    var isWhole: Bool?
    for index in nouns.candidates(in: text) {
      let noun = nouns[index]
      let (isEnd, isStart) = (noun.word.ends(text), noun.word.starts(text))
      guard isEnd || isStart, noun.word.count < text.count else { continue }
      let whole = isWhole ?? (KeyLexicon.nouns[word] != nil || KeyLexicon.wholeWords.contains(word))
      if whole { break }
      isWhole = whole
      let other = text.dropLast(noun.word.count)
      if isEnd, !noun.isWeak || KeyLexicon.isQualifierText(other) {
        addFused(other, to: &words)
        return words.append(noun.word)
      }
      let rest = NameWord(text.dropFirst(noun.word.count))
      if isStart,
        KeyLexicon.harmlessEnds.contains(rest) || KeyLexicon.neutralEnds.contains(rest)
          || KeyLexicon.nouns[rest] != nil
      {
        return words += [noun.word, rest]
      }
    }
    words.append(word)
  }
}
