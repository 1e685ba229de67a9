import ByteText
import Rules

/// Looks for encoded text in what a detector searches, and has it searched decoded.
///
/// Every decision depends on the bytes and their offsets alone, never on how they arrived: what is not yet certain waits
/// for more bytes.
final class LayerScanner {
  /// Bytes behind a place that decide about it.
  static let reachBehind = 256
  /// Bytes before a place that a layer found there may take in.
  static let reachBefore = 1024

  private unowned let detector: Detector
  /// Everything before is done; a multiple of the length of a block until the artifact ends.
  private var position = 0
  private var run: DigitRun?
  /// Offset behind the last run of digits.
  private var runEnd = 0
  private var wide: WideText?
  private var wideEnd = 0
  private var escapes: [EscapedText]
  private var marks = LayerMarks()
  /// Escapes not read yet.
  private var triggers: [EscapeTrigger] = []

  private let digits = LayerFilter.digits
  private let wideCharacters = LayerFilter.wide
  /// Marks that count near a keyword, and those that count wherever they stand.
  private let near = LayerFilter.escape | LayerFilter.quote | LayerFilter.entity
  private let nearKeyWord = LayerFilter.escape | LayerFilter.entity
  private let everywhere =
    LayerFilter.digits | LayerFilter.wide | LayerFilter.escape | LayerFilter.quote | LayerFilter.entity

  init(_ detector: Detector) {
    self.detector = detector
    escapes = EscapeFamily.allCases.map(EscapedText.init)
  }

  /// Offset before which nothing more will be found in layers.
  var horizon: Int {
    var least = max(0, position - Self.reachBefore)
    if let run { least = min(least, run.horizon) }
    if let wide { least = min(least, wide.session.horizon) }
    for text in escapes { if let session = text.session { least = min(least, session.horizon) } }
    return least
  }

  /// Starts with an artifact; layers of one that was given up half-way are left.
  func begin() {
    position = 0
    for session in run?.sessions ?? [] { detector.abandonLayer(session) }
    run = nil
    runEnd = 0
    if let wide { detector.abandonLayer(wide.session) }
    wide = nil
    wideEnd = 0
    for text in escapes {
      if let session = text.session { detector.abandonLayer(session) }
      text.reset()
    }
    triggers.removeAll(keepingCapacity: true)
  }

  /// Looks at everything up to a limit; `reachBehind` bytes behind it are at hand unless the artifact ends.
  func scan(to limit: Int, hits: [KeywordHit], isEnd: Bool) {
    let detector = detector
    let firstKeyWord = detector.engine.firstKeyWord
    let view = BytesAtHand(detector.window)
    let bound = isEnd ? limit : limit / LayerFilter.blockLength * LayerFilter.blockLength
    mark(view, to: min(view.end, limit + FoundKeyword.reachBehind))
    // Those at or behind the bound wait for it: what starts first is read first.
    var marked = 0..<0
    for hit in hits {
      let keyword = FoundKeyword(offset: view.base + hit.position, isKey: hit.keyword >= firstKeyWord)
      let surroundings = keyword.surroundings
      // Hits are in order, and so are their surroundings: most are dismissed by the block the one before was held against.
      if marked.upperBound <= surroundings.lowerBound { marked = marks.first(near, from: surroundings.lowerBound) }
      if marked.lowerBound >= surroundings.upperBound { continue }
      let wanted = keyword.isKey ? nearKeyWord : near
      guard marks.contains(wanted, in: surroundings) else { continue }
      EscapeTrigger.add(near: keyword, marked: wanted, in: marks, view, in: detector, to: &triggers)
    }
    guard bound > position || isEnd else { return }
    advanceRun(view, to: bound, isEnd: isEnd)
    advanceWide(view, to: bound, isEnd: isEnd)
    if position == 0, bound > 0, let text = WideText.marked(view) { open(text, view, to: bound, isEnd: isEnd) }
    marks.forEach(everywhere, in: position..<bound) { block, marks in
      if marks & digits != 0, block >= runEnd { startRun(at: block, view, to: bound, isEnd: isEnd) }
      if marks & wideCharacters != 0, block >= wideEnd, wide == nil,
        let text = WideText.find(at: block, after: wideEnd, view)
      {
        open(text, view, to: bound, isEnd: isEnd)
      }
      if marks & near != 0 {
        EscapeTrigger.add(in: block..<min(block + LayerFilter.blockLength, bound), view, in: detector, to: &triggers)
      }
    }
    advanceEscapes(view, to: bound, isEnd: isEnd)
    position = bound
  }

  /// Marks the blocks up to a limit, from those that a keyword to come may have behind it.
  private func mark(_ view: BytesAtHand, to limit: Int) {
    let from = max(view.base + LayerFilter.blockLength - 1, position - FoundKeyword.reachBefore)
    marks.renew(from: from / LayerFilter.blockLength * LayerFilter.blockLength, to: limit, view)
  }

  // MARK: Runs of digits

  private func startRun(at block: Int, _ view: BytesAtHand, to bound: Int, isEnd: Bool) {
    // A run under way reaches beyond this block.
    guard run == nil else { return }
    switch DigitRun.look(around: block, after: runEnd, view) {
    case .nothing(let end): runEnd = end
    case .run(let new):
      run = new
      advanceRun(view, to: bound, isEnd: isEnd)
    }
  }

  private func advanceRun(_ view: BytesAtHand, to bound: Int, isEnd: Bool) {
    guard let run else { return }
    let hasEnded = run.advance(view, to: bound, isEnd: isEnd, in: detector)
    runEnd = run.position
    if hasEnded { self.run = nil }
  }

  // MARK: Wide text

  private func open(_ text: WideText.Start, _ view: BytesAtHand, to bound: Int, isEnd: Bool) {
    begin(text)
    advanceWide(view, to: bound, isEnd: isEnd)
  }

  private func begin(_ text: WideText.Start) {
    // Among escapes, a text that starts without one stood beside them, and was read there already: it lies no deeper.
    let isBeside = detector.family != nil && !detector.isFresh(text.offset..<text.offset + text.encoding.proof)
    if let session = detector.openLayer(text.encoding.name, at: text.offset, counts: !isBeside) {
      wide = WideText(text, session: session)
    } else {
      wideEnd = text.offset + 2 * LayerFilter.blockLength
    }
  }

  /// Reads the text under way, and those that follow where one ends because characters lie otherwise.
  private func advanceWide(_ view: BytesAtHand, to bound: Int, isEnd: Bool) {
    while let wide {
      let hasEnded = wide.advance(view, to: bound, isEnd: isEnd)
      wideEnd = wide.position
      guard hasEnded else {
        wide.session.fixStart()
        return detector.collect(wide.session)
      }
      detector.closeLayer(wide.session)
      self.wide = nil
      if let text = wide.successor { begin(text) }
    }
  }

  // MARK: Escapes

  private func advanceEscapes(_ view: BytesAtHand, to bound: Int, isEnd: Bool) {
    if triggers.count > 1 { triggers.sort { $0.offset < $1.offset } }
    for text in escapes { text.read(triggers, view, to: bound, isEnd: isEnd, in: detector) }
    triggers.removeAll { $0.offset < bound || isEnd }
  }
}
