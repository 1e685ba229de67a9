/// What the engine knows of a pattern's matches without running it, computed by `PatternAnalysis`.
///
/// All lengths are in bytes. The bounds hold for every match; they are what makes searching in a window equal to
/// searching in the whole artifact (docs/architecture.md, laws 3 and 4).
package struct PatternShape: Sendable, Equatable {
  /// Greatest number of bytes before the start of a match that decide about it (lookbehind, `\b`, `^`).
  package var lookbehind: Int
  /// Greatest length of a match.
  package var maximumLength: Int
  /// Greatest number of bytes behind the end of a match that decide about it (lookahead, `\b`, `$`).
  package var lookahead: Int
  /// Literals of which every match holds at least one; empty means none is known and every byte is a candidate.
  package var anchors: [Anchor]
  /// What the bytes right behind the anchor must be, as far as it is told: at most `greatestFollowing` sets.
  package var following: [ByteSet]
  /// Least and greatest distance from the start of a match to the start of its anchor.
  package var anchorOffset: ClosedRange<Int>
  /// A run of one alphabet that every match holds behind its anchor; a cheap test before the pattern runs.
  package var run: RequiredRun?
  /// The alphabet in which the secret runs on when it stopped only because the pattern's bound was reached.
  package var runOn: ByteSet?
  /// Literal text the secret starts with in every match; what redaction may show of it.
  package var secretPrefix: String

  package init(
    lookbehind: Int, maximumLength: Int, lookahead: Int, anchors: [Anchor], following: [ByteSet] = [],
    anchorOffset: ClosedRange<Int>, run: RequiredRun? = nil, runOn: ByteSet? = nil, secretPrefix: String = ""
  ) {
    self.lookbehind = lookbehind
    self.maximumLength = maximumLength
    self.lookahead = lookahead
    self.anchors = anchors
    self.following = following
    self.anchorOffset = anchorOffset
    self.run = run
    self.runOn = runOn
    self.secretPrefix = secretPrefix
  }

  /// The most bytes behind an anchor of which something is told.
  package static let greatestFollowing = 8

  /// A literal of at least three bytes.
  package struct Anchor: Sendable, Hashable {
    package var bytes: [UInt8]
    /// Whether only these very bytes count; otherwise ASCII letters match in either case.
    package var isExact: Bool

    package init(bytes: [UInt8], isExact: Bool) {
      self.bytes = bytes
      self.isExact = isExact
    }

    // All at once: the synthesised one hands over byte by byte, which start-up would feel.
    package func hash(into hasher: inout Hasher) {
      hasher.combine(isExact)
      // SAFETY: the bytes are read within the call only.
      unsafe bytes.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
    }
  }

  /// At least `count` bytes of `alphabet` in a row, starting within `distance` bytes behind the end of the anchor.
  package struct RequiredRun: Sendable, Hashable {
    package var alphabet: ByteSet
    package var count: Int
    package var distance: ClosedRange<Int>

    package init(alphabet: ByteSet, count: Int, distance: ClosedRange<Int>) {
      self.alphabet = alphabet
      self.count = count
      self.distance = distance
    }
  }
}
