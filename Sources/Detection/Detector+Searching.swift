import ByteText

extension Detector {
  /// Searches the bytes that are certain by now.
  func search(isEnd: Bool) {
    let limit = isEnd ? window.end : max(searched, window.end - engine.reachBehind)
    hits.removeAll(keepingCapacity: true)
    let sighted = max(searched, lookout.handOver(to: &hits, from: window.base))
    if limit > sighted {
      let starts = (sighted - window.base)..<(limit - window.base)
      // SAFETY: the window keeps the padding the automaton asks for, and does not move meanwhile.
      unsafe engine.automaton.search(window.bytes, starts: starts, into: &hits)
    }
    search(to: limit, isEnd: isEnd)
  }

  /// Searches the bytes before an offset, whose keywords have been looked for.
  func search(to limit: Int, isEnd: Bool) {
    lookAtStart()
    if depth == 0 { live.given = window.end }
    held.removeAll { $0.upperBound < window.base }
    readContainer(isEnd: isEnd)
    extendOpen(isEnd: isEnd)
    if limit > searched || isEnd {
      openContainers(isEnd: isEnd)
      if !isOfLine {
        tryHits(isEnd: isEnd)
        for rule in engine.everywhere {
          match(rule, startingIn: searched...max(searched, limit - (isEnd ? 0 : 1)), isEnd: isEnd)
        }
      }
      readSheets(to: limit, isEnd: isEnd)
      readLists(to: limit, isEnd: isEnd)
      if looksForLayers { scanner?.scan(to: limit, hits: hits, isEnd: isEnd) }
      searched = limit
    }
    settle(isEnd: isEnd)
  }
}
