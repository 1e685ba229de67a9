import ByteText
import PCRE2
import Rules

// SAFETY: the window does not move while what may come is weighed; subjects and indices lie within it.
extension Detector {
  /// Tells how far the bytes at hand are certain, though more may come.
  ///
  /// The search proper goes on only once a whole window is at hand. Here the bytes behind it are searched as well, by
  /// partial matching (pcre2partial(3)): a match that no byte to come can change is told, a place where one can is held.
  /// - Complexity: linear in the greatest reach of the rules, and a short search for rules whose anchor is not whole yet.
  package func outlook() -> Outlook {
    search(isEnd: false)
    var view = Foresight(end: window.end)
    for match in open { view.certain = min(view.certain, match.secret.upperBound) }
    if let doubtful { hold(doubtful, &view) }
    foreseeHits(&view)
    foreseeBeginnings(&view)
    for rule in engine.everywhere where !engine.isCanary(rule) {
      foresee(rule, startingIn: searched...max(searched, window.end), &view)
    }
    return Outlook(certain: view.certain, redactions: (redactions + view.redactions).sorted(by: Redaction.precedes))
  }

  /// Searches what is at hand, as far as it is certain.
  package func catchUp() { search(isEnd: false) }

  /// Tells how far the bytes that were searched are certain; those not searched yet are not weighed.
  ///
  /// Matches to come start behind what rules look back at, those under way are told as far as they go.
  package func searchedOutlook() -> Outlook {
    let searched = min(max(0, searched - engine.reachBefore), doubtful ?? Int.max)
    let certain = open.reduce(searched) { min($0, $1.secret.upperBound) }
    return Outlook(certain: certain, redactions: redactions.sorted(by: Redaction.precedes))
  }

  /// What there is at the end of the stream, behind which nothing comes; after `finish`.
  package func lastOutlook() -> Outlook {
    Outlook(certain: window.end, redactions: redactions.sorted(by: Redaction.precedes))
  }

  /// Lets go of secrets that end before an offset.
  package func forgetRedactions(before offset: Int) { redactions.removeAll { $0.range.upperBound < offset } }

  /// What is written for a match, `nil` where it is no finding of its own.
  ///
  /// Blanks before a secret stay, so that the end of a line need not wait for the next one where a pattern may begin with it.
  func redaction(of match: Match) -> Redaction? {
    let rule = engine.rules[match.rule].rule
    guard rule.isReported, !engine.isCanary(match.rule) else { return nil }
    let range = behindBlanks(match.secret.lowerBound)..<match.secret.upperBound
    return Redaction(range: range, label: rule.shape.secretPrefix.prefix(4) + "***", rule: match.rule)
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }

  /// The offset, or that of the first byte behind it that is no blank.
  private func behindBlanks(_ offset: Int) -> Int {
    var offset = offset
    while offset >= window.base, offset < window.end, unsafe Self.isBlank(window.bytes[offset - window.base]) {
      offset += 1
    }
    return offset
  }

  /// What weighing has come to so far.
  struct Foresight {
    var certain: Int
    var redactions: [Redaction] = []
    /// Where the next match of a rule may start, for rules that matched in the bytes not searched yet.
    var next: [Int: Int] = [:]

    init(end: Int) { certain = end }
  }

  /// Holds the bytes from an offset on, but for blanks.
  func hold(_ offset: Int, _ view: inout Foresight) { view.certain = min(view.certain, behindBlanks(offset)) }

  /// Weighs the rules whose anchor stands in the bytes not searched yet.
  private func foreseeHits(_ view: inout Foresight) {
    hits.removeAll(keepingCapacity: true)
    let starts = (searched - window.base)..<(window.end - window.base)
    // SAFETY: the window keeps the padding the automaton asks for.
    unsafe engine.automaton.search(window.bytes, starts: starts, into: &hits)
    foreseeKeys(&view)
    for hit in hits where hit.keyword < engine.firstKeyWord {
      foresee(hit.keyword, at: window.base + hit.position, &view)
    }
  }

  /// Weighs the rules of which an anchor begins at the end of the bytes at hand, or may follow within a match.
  private func foreseeBeginnings(_ view: inout Foresight) {
    let bytes = unsafe window.bytes
    for length in stride(from: min(beginnings.greatestLength - 1, window.end - searched), to: 0, by: -1) {
      let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[(bytes.count - length)...])
      for index in unsafe beginnings.keywords[Int(rest[0].lowercased)] {
        let keyword = engine.keywords[index]
        // An anchor that is whole is no hit before what has to follow it is there too.
        guard length < keyword.bytes.count + keyword.following.values.count, unsafe keyword.begins(rest) else {
          continue
        }
        foresee(index, at: window.end - length, &view)
      }
    }
    for (rule, offset) in beginnings.leading {
      foresee(rule, startingIn: max(window.base, window.end - offset)...window.end, &view)
    }
  }

  /// Weighs the rules of a keyword that stands at an offset, or begins there.
  private func foresee(_ keyword: Int, at offset: Int, _ view: inout Foresight) {
    for index in engine.probeStarts[keyword]..<engine.probeStarts[keyword + 1] {
      let probe = engine.probes[index]
      let last = offset - Int(probe.leastOffset)
      let first = max(window.base, offset - Int(probe.greatestOffset))
      if first <= last { foresee(Int(probe.rule), startingIn: first...last, &view) }
    }
  }

  /// Weighs every match of a rule that starts in a range.
  private func foresee(_ rule: Int, startingIn range: ClosedRange<Int>, _ view: inout Foresight) {
    guard !engine.isCanary(rule) else { return }
    let own = engine.rules[rule]
    // A secret that runs on is held already.
    guard states[rule].next < Int.max else { return }
    var start = max(range.lowerBound, states[rule].next, view.next[rule] ?? 0)
    let last = min(range.upperBound, window.end)
    guard start <= last, let pattern = try? own.pattern.pattern() else { return }
    let edges = MatchScratch.Edges(isBeginning: window.base == 0, isEnd: false)
    while start <= last {
      let prospect = unsafe window.bytes.withMemoryRebound(to: UInt8.self) { bytes in
        unsafe scratch.foresee(
          pattern, isAnchored: own.isAnchored, in: bytes, starts: (start - window.base)...(last - window.base),
          edges: edges)
      }
      switch prospect {
      case .none: return
      case .failed:
        // What cannot be told is held; the search proper will say so.
        return hold(start, &view)
      case .open(let offset):
        view.next[rule] = Int.max
        return hold(window.base + offset, &view)
      case .matched:
        let match = foreseen(rule)
        start = max(match.secret.upperBound, match.whole.upperBound, match.whole.lowerBound + 1)
        view.next[rule] = match.isOpen ? Int.max : start
        tell(match, &view)
        if match.isOpen { return }
      }
    }
  }

  /// The match just foreseen; the search proper still has to accept it.
  private func foreseen(_ rule: Int) -> Match {
    let waiting = open.count
    let match = accepted(rule, isEnd: false)
    open.removeLast(open.count - waiting)
    return match
  }

  func tell(_ match: Match, _ view: inout Foresight) {
    guard !match.secret.isEmpty else { return }
    hasMatched = true
    if engine.readsLine {
      // Whether an allowlist lets it go is only known once its line is whole.
      let rest = unsafe window.bytes[(match.whole.upperBound - window.base)...]
      if unsafe !rest.contains(UInt8(ascii: "\n")) { return hold(match.whole.lowerBound, &view) }
    }
    guard reasonToDrop(match) == nil, let redaction = redaction(of: match) else { return }
    view.redactions.append(redaction)
    if match.isOpen { view.certain = min(view.certain, match.secret.upperBound) }
  }
}

/// Finds the rules whose anchor may begin at the end of the bytes at hand.
final class AnchorBeginnings {
  /// Indices of the engine's keywords by their first byte, in lower case.
  let keywords: [[Int]]
  /// Greatest number of bytes of a keyword and what has to follow it.
  let greatestLength: Int
  /// Rules whose anchor may stand behind the start of a match, each with the greatest distance.
  let leading: [(rule: Int, offset: Int)]

  init(_ engine: Engine) {
    var lists = [[Int]](repeating: [], count: 256)
    let anchors = engine.keywords[..<engine.firstKeyWord]
    for (index, keyword) in anchors.enumerated() { lists[Int(keyword.bytes[0].lowercased)].append(index) }
    keywords = lists
    greatestLength = anchors.reduce(0) { max($0, $1.bytes.count + $1.following.values.count) }
    let offsets = Dictionary(
      engine.probes.map { (Int($0.rule), Int($0.greatestOffset)) }, uniquingKeysWith: { max($0, $1) })
    leading = offsets.filter { $0.value > 0 }.map { (rule: $0.key, offset: $0.value) }.sorted { $0.rule < $1.rule }
  }
}

extension UInt8 {
  /// The byte, a letter of ASCII in lower case.
  var lowercased: UInt8 { (0x41...0x5A).contains(self) ? self | 0x20 : self }
}

extension Keyword {
  /// Whether the keyword begins with the bytes, or they begin with it.
  fileprivate func begins(_ other: UnsafeRawBufferPointer) -> Bool {
    for index in 0..<min(other.count, bytes.count) {
      // SAFETY: the index is below both counts.
      let byte = unsafe other[index]
      if (isExact ? byte : byte.lowercased) != bytes[index] { return false }
    }
    return true
  }
}
