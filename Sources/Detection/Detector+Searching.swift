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

  /// Takes in bytes, has others look for keywords as far as they are certain, and takes over what was found in those before.
  ///
  /// `lookout`, closed before that, may look while `followUp` runs, and has to have ended before anything else is asked of the detector.
  package func feedAhead(_ bytes: ArraySlice<UInt8>) {
    // A window that is full is searched at once.
    makeSpace(for: bytes.count + 1)
    feed(bytes)
    lookAhead()
  }

  /// Has others look for keywords in the bytes that are certain by now, and takes over what they found in those before.
  private func lookAhead() {
    hits.removeAll(keepingCapacity: true)
    sighted = max(searched, lookout.handOver(to: &hits, from: window.base))
    lookout.send(to: sighted..<max(sighted, window.end - engine.reachBehind), of: window)
  }

  /// Has a piece looked at ahead once it is at hand, and searches the one before.
  func assist(_ assistant: Assistant) {
    let piece = window.end - engine.reachBehind - max(searched, lookout.end)
    guard piece >= assistant.pieceLength / 2 else { return }
    lookAhead()
    assistant.run({ [lookout] in lookout.look() }) {
      followUp()
      lookout.look()
    }
  }

  /// Searches the bytes in which keywords have been looked for.
  package func followUp() { search(to: sighted, isEnd: false) }

  /// Searches the bytes before an offset, whose keywords have been looked for.
  private func search(to limit: Int, isEnd: Bool) {
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
