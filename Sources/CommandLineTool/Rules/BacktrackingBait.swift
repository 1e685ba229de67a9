import Rules

/// Text made to keep a pattern busy: a beginning, something again and again, and an end.
struct BacktrackingBait {
  var head: [UInt8] = []
  var unit: [UInt8]
  var tail: [UInt8] = []

  /// The text in about so many bytes.
  func text(size: Int) -> [UInt8] {
    var text = head
    text.reserveCapacity(size + unit.count)
    let end = max(size - tail.count, head.count + unit.count)
    while text.count < end { text += unit }
    text.removeLast(text.count - end)
    return text + tail
  }

  /// Baits for a pattern: what it begins with, what it holds and what its examples hold, so that matches fail late.
  static func all(for rule: Rule, examples: [[UInt8]]) -> [BacktrackingBait] {
    let units = pieces(rule.shape, examples: examples).map { BacktrackingBait(unit: $0) }
    // A pattern that does not parse has made no rule.
    guard let syntax = try? PatternSyntax(parsing: rule.pattern) else { return units }
    return units + runs(of: syntax, behind: rule.shape.anchors.first?.bytes ?? [])
  }

  /// What is repeated: each anchor, each followed by some of the alphabet, the alphabet alone, and the beginnings of
  /// the examples.
  private static func pieces(_ shape: PatternShape, examples: [[UInt8]]) -> [[UInt8]] {
    let alphabet = Array(
      (shape.run?.alphabet ?? shape.runOn ?? ByteSet(UInt8(ascii: "a")...UInt8(ascii: "z"))).bytes.prefix(64))
    let anchors = shape.anchors.prefix(2).map(\.bytes)
    var pieces: [[UInt8]] = [alphabet, [UInt8(ascii: "a")], [UInt8(ascii: " ")]]
    if let first = alphabet.first { pieces.append([first]) }
    for anchor in anchors {
      pieces.append(anchor)
      pieces.append(anchor + alphabet)
      pieces.append(anchor + Array(repeating: UInt8(ascii: " "), count: 40))
    }
    for example in examples.prefix(2) where !example.isEmpty {
      pieces.append(Array(example.dropLast()))
      pieces.append(Array(example.prefix(max(1, example.count / 2))))
    }
    return pieces
  }

  // MARK: Runs

  /// Sets whose runs are tried, alone and with each of the others between.
  private static let triedSets = 3
  /// Length of a short run, of which there are many in a text.
  private static let shortRun = 48
  /// Bytes between two separators of a run.
  private static let wordLength = 7

  /// Runs of a byte that the pattern repeats, and then one that it does not go on with.
  ///
  /// Nested repetitions can share such a run out in ever so many ways. All single bytes of the pattern follow: PCRE2 does
  /// not even start where one that every match needs is not ahead (pcre2api(3), `PCRE2_INFO_LASTCODEUNIT`).
  private static func runs(of syntax: PatternSyntax, behind anchor: [UInt8]) -> [BacktrackingBait] {
    let sets = syntax.repeatedSets.prefix(triedSets)
    var baits: [BacktrackingBait] = []
    for (index, set) in sets.enumerated() {
      guard let byte = member(of: set) else { continue }
      var separators: [UInt8?] = [nil]
      for (other, between) in sets.enumerated() where other != index {
        if let byte = member(of: between, but: set) { separators.append(byte) }
      }
      for separator in separators {
        var known = set
        if let separator { known.insert(separator) }
        let stop = ([UInt8(ascii: "\n"), UInt8(ascii: "!")] + known.inverted.bytes).first { !known.contains($0) }
        var tail = stop.map { [$0] } ?? []
        for literal in syntax.literalBytes { tail += [literal, stop ?? 0] }
        let word = [UInt8](repeating: byte, count: wordLength) + [separator ?? byte]
        let short = Array(repeatElement(word, count: shortRun / word.count).joined())
        baits.append(BacktrackingBait(unit: anchor + short + tail))
        baits.append(BacktrackingBait(head: anchor, unit: word, tail: tail))
      }
    }
    return baits
  }

  /// A byte of a set, a letter or digit where it has any.
  private static func member(of set: ByteSet, but other: ByteSet = ByteSet()) -> UInt8? {
    let usual = [UInt8(ascii: "a"), UInt8(ascii: "A"), UInt8(ascii: "0"), UInt8(ascii: " ")]
    return (usual + set.bytes).first { set.contains($0) && !other.contains($0) }
  }
}
