import ByteText
import Findings

// SAFETY: the views lie within the detector's window, which does not move while what may come is weighed.
extension Detector {
  /// Bytes behind a value that may decide about it on the same line.
  private static let lookahead = 64
  /// Bytes behind a name within which its value may begin on another line.
  private static let nextLine = 256

  /// Weighs the keys in the bytes not searched yet: a value that is whole is told, one that may go on is held.
  func foreseeKeys(_ view: inout Foresight) {
    guard !engine.keyRules.isEmpty else { return }
    if nextKey == Int.max { return }
    let lower = max(window.base, searched - KeyReach.before)
    // SAFETY: both ends lie within the window.
    let bytes = unsafe ByteView(UnsafeRawBufferPointer(rebasing: window.bytes[(lower - window.base)...]))
    var next = nextKey - lower
    var found: [Sheet] = []
    var lists: [SecretList] = []
    for hit in hits where hit.keyword >= engine.firstKeyWord && hit.keyword < engine.firstSignature {
      let place = hit.position + window.base - lower
      guard place >= next else { continue }
      let sighting = KeySearch.sighting(
        of: hit.keyword - engine.firstKeyWord, at: place, in: bytes, &names, isEnd: false)
      next = max(next, sighting.next)
      if let (head, name) = sighting.sheet {
        // Whether it is a table is told by its first row.
        if head.isOpen { hold(lower + head.rows, &view) } else { openSheet(head, name, in: bytes, at: lower, &found) }
        continue
      }
      for var list in sighting.lists {
        list.series.next += lower
        lists.append(list)
      }
      if sighting.pairs.isEmpty, sighting.lists.isEmpty,
        mayGoOn(from: max(place, sighting.next), in: bytes)
      {
        hold(lower + place, &view)
      }
      for found in sighting.pairs { foresee(found.pair, found.name, in: bytes, at: lower, &view) }
    }
    holdStrings(in: bytes, at: lower, &view)
    foreseeSheets(found, &view)
    foreseeLists(lists, &view)
  }

  /// Tells the value of a pair where it is whole, and holds it where it may go on.
  func foresee(
    _ pair: KeyValue, _ name: KeyName, head: [UInt8]? = nil, in bytes: ByteView, at base: Int, _ view: inout Foresight
  ) {
    guard let (context, rule) = context(of: pair, name, head: head, in: bytes) else { return }
    let end = pair.value.upperBound
    let behind = (end + 1)..<(end + 1 + Self.lookahead)
    if end >= bytes.count || pair.isCut
      || behind.upperBound > bytes.count && !behind.contains(where: { bytes[$0].isLineEnd })
    {
      return hold(base + pair.value.lowerBound, &view)
    }
    guard
      case .secret(let confidence, let severity, let grounds) = ValueJudge(policy: engine.options.policy).opinion(
        context)
    else { return }
    var match = match(of: pair, rule, at: base)
    match.opinion = KeyOpinion(confidence: confidence, severity: severity, grounds: grounds)
    tell(match, &view)
  }

  /// Whether bytes to come may give a name its value: its line is not whole, or ends as if the value stood on the next.
  private func mayGoOn(from name: Int, in bytes: ByteView) -> Bool {
    var index = name
    while index < bytes.count, !bytes[index].isLineEnd { index += 1 }
    guard index < bytes.count else { return true }
    guard bytes.count - name < Self.nextLine else { return false }
    while index > name, bytes[index - 1].isBlank { index -= 1 }
    return index == name || !bytes[index - 1].isAlphanumeric && bytes[index - 1] != UInt8(ascii: ".")
  }

  /// Holds what a key that follows may make a value of: a string or what is piped on a line that is not whole, a member
  /// `value` of an object that is not.
  private func holdStrings(in bytes: ByteView, at base: Int, _ view: inout Foresight) {
    var index = bytes.count
    var first: Int?
    let least = max(0, index - KeyReach.before)
    while index > least, !bytes[index - 1].isLineEnd {
      index -= 1
      if bytes[index].isQuote || bytes.holds("echo ", at: index) { first = index }
    }
    if let member = KeyLexer(bytes).openMember() { first = min(first ?? member, member) }
    if let first { hold(base + first, &view) }
  }
}
