import ByteText

extension Detector {
  /// Bytes whose keywords are looked for together where somebody does so ahead.
  private static let partLength = 16 << 10

  /// Searches the bytes that are certain by now.
  func search(isEnd: Bool) {
    lookAtStart()
    if depth == 0 { live.given = window.end }
    held.removeAll { $0.upperBound < window.base }
    readContainer(isEnd: isEnd)
    extendOpen(isEnd: isEnd)
    let limit = isEnd ? window.end : max(searched, window.end - engine.reachBehind)
    if let ahead, limit - searched > 2 * Self.partLength {
      search(to: limit, isEnd: isEnd, ahead)
    } else if limit > searched || isEnd {
      hits.removeAll(keepingCapacity: true)
      // SAFETY: the window keeps the padding the automaton asks for, and does not move meanwhile.
      unsafe engine.automaton.search(window.bytes, starts: indices(to: limit), into: &hits)
      searchHits(to: limit, isEnd: isEnd)
    }
    settle(isEnd: isEnd)
  }

  /// The same part by part, where somebody looks for keywords ahead.
  private func search(to limit: Int, isEnd: Bool, _ ahead: any KeywordSearch) {
    let all = indices(to: limit)
    let starts = Array(stride(from: all.lowerBound, to: all.upperBound, by: Self.partLength))
    let parts = starts.map { $0..<min($0 + Self.partLength, all.upperBound) }
    // SAFETY: the window keeps the padding the automaton asks for, and does not move before the last part was searched.
    unsafe ahead.begin(engine.automaton, window.bytes, parts: parts)
    for part in parts {
      hits = ahead.next()
      searchHits(to: window.base + part.upperBound, isEnd: isEnd && part.upperBound == all.upperBound)
    }
  }

  /// The places in the window from what is searched to an offset.
  private func indices(to limit: Int) -> Range<Int> { (searched - window.base)..<(limit - window.base) }

  /// Searches what lies between here and a limit, whose keywords were found.
  private func searchHits(to limit: Int, isEnd: Bool) {
    openContainers(isEnd: isEnd)
    if !isOfLine {
      tryHits(isEnd: isEnd)
      for rule in engine.everywhere {
        match(rule, startingIn: searched...max(searched, limit - (isEnd ? 0 : 1)), isEnd: isEnd)
      }
    }
    readSheets(to: limit, isEnd: isEnd)
    readLists(to: limit, isEnd: isEnd)
    // What a container holds is looked at member by member; layers in what passes redacted are those of its lines.
    if !isContainer, !keepsRedactions { scanner?.scan(to: limit, hits: hits, isEnd: isEnd) }
    searched = limit
  }
}
