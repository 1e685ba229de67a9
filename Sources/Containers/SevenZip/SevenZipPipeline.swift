/// The steps by which a folder of a 7z archive is unpacked, one into the next.
final class SevenZipPipeline {
  private var steps: [(decompressor: Decompressor, hasEnded: Bool)] = []
  /// What the first is given before the packed bytes.
  private var start: [UInt8] = []

  init(_ folder: SevenZipFolder, _ memory: DecoderMemory) throws(SevenZipRefusal) {
    for step in try folder.steps.get() {
      guard let (decompressor, start) = try step.coder.decompressor(length: step.length, memory) else { continue }
      // A header in the middle would be one for the bytes that come.
      guard steps.isEmpty || start.isEmpty else {
        throw SevenZipRefusal(reason: "its steps are in an order that is not read")
      }
      self.start += start
      steps.append((decompressor, false))
    }
  }

  /// Unpacks the next bytes.
  ///
  /// - Parameter take: gets each piece of what comes of them; gives `false` where no more is wanted.
  // SAFETY: the bytes are used within the call only.
  func decode(_ bytes: UnsafeRawBufferPointer, take: (UnsafeRawBufferPointer) -> Bool) -> DecodingOutcome {
    if !start.isEmpty {
      let outcome = unsafe start.withUnsafeBytes { unsafe push($0, into: 0, take) }
      start = []
      if outcome != .more { return outcome }
    }
    return unsafe push(bytes, into: 0, take)
  }

  // SAFETY: the bytes are used within the call only.
  private func push(
    _ bytes: UnsafeRawBufferPointer, into index: Int, _ take: (UnsafeRawBufferPointer) -> Bool
  ) -> DecodingOutcome {
    guard index < steps.count else { return unsafe take(bytes) ? .more : .unwanted }
    guard !steps[index].hasEnded else { return .failed("it is damaged") }
    var inner = DecodingOutcome.more
    let (taken, outcome) = unsafe steps[index].decompressor.decode(bytes) { piece in
      inner = unsafe push(piece, into: index + 1, take)
      return inner == .more
    }
    if inner != .more { return inner }
    guard outcome == .ended else { return outcome }
    steps[index].hasEnded = true
    return taken == bytes.count ? .more : .failed("it is damaged")
  }
}
