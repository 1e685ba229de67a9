import ByteText
import Findings
import Rules

/// Goes from key words to pairs, wherever the bytes come from.
struct KeySearch {
  /// What was found at one key word.
  struct Sighting {
    /// Where the next key word may start.
    var next: Int
    var pairs: [(pair: KeyValue, name: KeyName)]
    /// Lists the pairs are the first of, where they go on; their places are indices of the view.
    var lists: [SecretList] = []
    /// The head of a table the name stands in, where it has no value of its own.
    var sheet: (head: SheetHead, name: KeyName)?
    /// Whether there may be more pairs than are read together.
    var isCut = false
  }

  /// The pairs at a key word, and where its name ends.
  ///
  /// - Parameters:
  ///   - keyword: index in `KeyWords.all`.
  ///   - names: what is known of names already.
  ///   - isEnd: whether nothing follows the bytes.
  ///   - includingEmpty: also gives a key whose value is empty.
  static func sighting(
    of keyword: Int, at place: Int, in bytes: ByteView, _ names: inout KeyNames, isEnd: Bool = true,
    includingEmpty: Bool = false
  ) -> Sighting {
    if keyword == KeyWords.indexOfURLMark {
      let pair = URLCredentials.pair(in: bytes, at: place)
      return Sighting(next: place, pairs: pair.map { [($0, KeyName(role: .url))] } ?? [])
    }
    let lexer = KeyLexer(bytes)
    if keyword >= KeyWords.indexOfAccountMarks {
      let mark = place..<(place + KeyWords.all[keyword].bytes.count)
      return Sighting(next: mark.upperBound, pairs: [], lists: lexer.accounts(behind: mark))
    }
    let name = lexer.name(around: place..<(place + KeyWords.all[keyword].bytes.count))
    if keyword >= KeyWords.indexOfManifestMark {
      return Sighting(next: name.upperBound, pairs: [], lists: lexer.manifests(of: name))
    }
    // Most names are harmless, and what stands beside them is looked at only where more words may belong to them.
    if names.isHarmless(name, in: bytes), !lexer.mayHeadTable(name) {
      return Sighting(next: name.upperBound, pairs: [])
    }
    let reading = lexer.reading(of: name, isEnd: isEnd)
    if let head = reading.sheet {
      return Sighting(next: name.upperBound, pairs: [], sheet: (head, names.judged(head.text, in: bytes)))
    }
    var pairs = reading.pairs
    var lists: [SecretList] = []
    if let series = reading.series {
      let name = lexer.judgedName(reading.key, &names)
      lists.append(SecretList(series: series, name: name, head: bytes.copy(reading.key)))
    }
    var members = Members()
    if lists.isEmpty,
      pairs.allSatisfy({ !$0.isQuoted && bytes[$0.value.lowerBound] == UInt8(ascii: "{") })
    {
      members = Self.members(of: name, in: bytes, &names, isEnd: isEnd)
      if !members.pairs.isEmpty, !includingEmpty { pairs = [] }
      lists = members.lists
    }
    if pairs.isEmpty, includingEmpty, let pair = lexer.emptyPair(of: name) { pairs = [pair] }
    if pairs.isEmpty, members.pairs.isEmpty, lists.isEmpty, let head = lexer.sheetHead(around: name) {
      let sheet = (head, names.judged(head.text, in: bytes))
      return Sighting(next: max(name.upperBound, head.text.upperBound), pairs: [], sheet: sheet)
    }
    let named = pairs.map { (pair: $0, name: lexer.judgedName($0.key, &names)) }
    return Sighting(
      next: name.upperBound, pairs: named + members.pairs, lists: lists, isCut: reading.isCut || members.isCut)
  }

  /// What a collection holds.
  struct Members {
    var pairs: [(pair: KeyValue, name: KeyName)] = []
    /// Those that go on.
    var lists: [SecretList] = []
    /// Whether there may be more pairs than are read together.
    var isCut = false
  }

  /// The members of a collection of secrets, each as secret as the collection's name says.
  static func members(
    of name: Range<Int>, in bytes: ByteView, _ names: inout KeyNames, isEnd: Bool
  ) -> Members {
    let lexer = KeyLexer(bytes)
    let collection = names.judged(name, in: bytes)
    var members = Members()
    let literals = lexer.literals(of: name)
    members.pairs = literals.pairs.filter { isMember($0, in: bytes, &names) }.map { ($0, collection) }
    members.isCut = literals.isCut
    var series = lexer.manifest(of: name)
    if collection.isPlural, !collection.isWeak || collection.role == .credential {
      if let own = lexer.members(of: name) { series.append(own) }
    } else if collection.role == .token || collection.role == .credential,
      let own = lexer.membersByHost(of: name)
    {
      series.append(own)
    }
    for var series in series {
      for pair in lexer.read(&series, to: lexer.limit(isEnd: isEnd), isEnd: isEnd)
      where isMember(pair, in: bytes, &names) { members.pairs.append((pair, collection)) }
      if !series.isOver {
        members.lists.append(SecretList(series: series, name: collection, head: bytes.copy(name)))
      }
    }
    return members
  }

  /// Whether what is held is a secret by where it stands: what has a secret's name of its own is told beside that, and what is named
  /// after what nobody hides (`user`, `url`, `type`) is none.
  static func isMember(_ pair: KeyValue, in bytes: ByteView, _ names: inout KeyNames) -> Bool {
    guard names.isHarmless(pair.key, in: bytes),
      let last = KeyName.split(bytes.copy(pair.key)[...]).last
    else {
      return false
    }
    return !KeyLexicon.harmlessEnds.contains(last)
  }

  /// The values of secret keys in a whole text, by the key words that stand in it.
  static func contexts(of hits: [KeywordHit], in bytes: ByteView, of kind: ArtifactKind) -> [ValueContext] {
    var next = 0
    var names = KeyNames()
    var contexts: [ValueContext] = []
    for hit in hits where hit.position >= next {
      let sighting = sighting(of: hit.keyword, at: hit.position, in: bytes, &names)
      next = max(next, sighting.next)
      contexts += sighting.pairs.filter { $0.name.role != nil }.map {
        ValueContext($0.pair, name: $0.name, in: bytes, of: kind)
      }
    }
    return contexts
  }
}
