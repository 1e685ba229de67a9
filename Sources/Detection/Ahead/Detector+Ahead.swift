extension Detector {
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
}
