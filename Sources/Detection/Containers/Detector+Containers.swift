import ByteText

extension Detector {
  /// Tells containers by how they begin, and opens them; one that cannot be opened would go by unread.
  func lookAtStart() {
    guard !hasSeenStart, !isOfLine else { return }
    hasSeenStart = true
    // SAFETY: the window does not move meanwhile; it is filled well beyond a signature, or holds the whole artifact.
    if let signature = unsafe ContainerSignature(window.bytes.prefix(ContainerSignature.greatestLength)) {
      if depth < engine.options.depth, opensContainers { container = OpenContainer(signature, in: self) }
      isContainer = container != nil
      nextContainer = 1
      if !isContainer { failures.append(refusal(of: signature)) }
    }
  }

  /// Lets go of a container, read to its end or not.
  func leaveContainer() {
    container?.abandon()
    container = nil
  }

  /// Whether a range stands within one member of a container that is searched by itself, as it is.
  func isHeld(_ range: Range<Int>) -> Bool {
    held.contains { $0.lowerBound <= range.lowerBound && range.upperBound <= $0.upperBound }
  }

  /// Reads on in a container; one that stands within the artifact is left where it ends.
  func readContainer(isEnd: Bool) {
    guard let container else { return }
    container.read(window)
    if isEnd { container.finish() }
    nextContainer = max(nextContainer, container.position)
    if container.isCertain { passedOver.removeAll() }
    if container.isCertain, container.isEmbedded { note(container.start..<container.position) }
    guard container.isOver, container.isEmbedded else { return }
    if !container.isCertain { doubtfulEnd = container.position }
    for (signature, start) in passedOver { tellUnread(signature, at: start) }
    passedOver.removeAll()
    self.container = nil
  }

  /// Notes how far a container was read.
  private func note(_ range: Range<Int>) {
    if readContainers.last?.lowerBound == range.lowerBound {
      readContainers.removeLast()
    } else if readContainers.count >= 1024 {
      let passed = unknown
      readContainers.removeAll { $0.upperBound < passed }
    }
    readContainers.append(range)
  }

  /// Whether an offset lies in a container that was read, here or around this layer.
  func isInContainer(_ offset: Int) -> Bool {
    readContainers.contains { $0.contains(offset) } || isReadAround?(offset) == true
  }

  private func tellUnread(_ signature: ContainerSignature, at start: Int) { tell(refusal(of: signature, at: start)) }

  /// Takes the signatures of containers out of the hits, and opens those that stand there.
  func openContainers(isEnd: Bool) {
    // They are the last of all keywords.
    guard hits.contains(where: { $0.keyword >= engine.firstSignature }) else { return }
    let found = hits.filter { $0.keyword >= engine.firstSignature }
    hits.removeAll { $0.keyword >= engine.firstSignature }
    for hit in found where !isOfLine {
      let offset = window.base + hit.position
      let isWithin = container?.isOver == false
      // What has given something is what it seemed to be, so nothing else begins in it.
      if isWithin ? container?.isCertain != false : offset < nextContainer && offset >= doubtfulEnd { continue }
      guard
        let (signature, start) = EmbeddedSignature.container(
          hit.keyword - engine.firstSignature, at: offset, BytesAtHand(window)),
        isReadAround?(start) != true
      else { continue }
      if isWithin {
        if passedOver.count <= Self.mostFailures { passedOver.append((signature, start)) }
      } else if offset >= nextContainer, depth < engine.options.depth, opensContainers,
        let opened = OpenContainer(signature, at: start, isEmbedded: true, in: self)
      {
        nextContainer = start + 1
        // One that ended before may have something to tell yet.
        container?.finish()
        container = opened
        readContainer(isEnd: isEnd)
      } else {
        tellUnread(signature, at: start)
      }
    }
  }
}
