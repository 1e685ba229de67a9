import PCRE2
import Rules

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Measures how a pattern's time grows on text made to keep it busy.
///
/// A pattern that backtracks much is found by no reading of it, only by running it (CWE-1333). Text that repeats what
/// the pattern begins with, or what it repeats itself, gives it the most to try and give up.
struct BacktrackingProbe {
  /// Milliseconds a mebibyte may take.
  static let greatestTime = 200.0
  /// How often longer twice the text may take.
  static let greatestGrowth = 2.2
  /// Times below this are too short to compare.
  private static let leastComparable = 10.0
  /// From here on, text several times as long as any match shows how the time grows: beyond, it is linear. Most patterns
  /// are so far from the limit then that longer text would tell nothing new.
  private static let telling = 64 << 10
  private static let sizes = [1 << 10, 4 << 10, 16 << 10, 64 << 10, 256 << 10, 512 << 10, 1 << 20]

  private let pattern: Pattern
  private let scratch = MatchScratch()
  private let baits: [BacktrackingBait]
  private let maximumLength: Int

  /// A probe of the rule's pattern, with text from its anchors, its alphabet and its examples filled in.
  ///
  /// - Throws: `PatternError` when the pattern does not compile.
  init(rule: Rule, examples: [[UInt8]]) throws(PatternError) {
    pattern = try Pattern(rule.pattern)
    pattern.optimize()
    baits = BacktrackingBait.all(for: rule, examples: examples)
    maximumLength = rule.shape.maximumLength
  }

  /// What is wrong with a pattern.
  struct Complaint {
    /// One lower-case clause.
    var message: String
    /// Whether it would be wrong on any machine; a time near the limit may be within it on another.
    var isCertain: Bool

    init(_ what: String, isCertain: Bool = true) {
      message = what + ": it backtracks too much"
      self.isCertain = isCertain
    }
  }

  /// What is wrong with the pattern, `nil` where nothing is.
  ///
  /// - Complexity: stops at the first size that takes too long, so no pattern holds it up for long.
  func complaint() -> Complaint? {
    for bait in baits {
      if let complaint = complaint(about: bait) { return complaint }
    }
    return nil
  }

  private func complaint(about bait: BacktrackingBait) -> Complaint? {
    var before: (size: Int, time: Double)?
    for size in Self.sizes {
      let text = bait.text(size: size)
      guard var time = milliseconds(text) else {
        return Complaint("gives up on generated text of \(size) bytes")
      }
      let allowed = Self.greatestTime * Double(max(size, Self.telling)) / Double(1 << 20)
      // Measured again before it is told, as caches and neighbours on the processor disturb.
      for _ in 0..<3 where time > allowed || growth(before, size, time) > Self.greatestGrowth {
        time = min(time, milliseconds(text) ?? time)
        guard let smaller = before else { continue }
        let again = milliseconds(bait.text(size: smaller.size)) ?? 0
        before = (smaller.size, max(smaller.time, again))
      }
      if time > allowed {
        let perMegabyte = Int(time * Double(1 << 20) / Double(size))
        return Complaint(
          "takes \(perMegabyte) ms per MiB of generated text (limit \(Int(Self.greatestTime)))",
          isCertain: time > 4 * allowed
        )
      }
      let growth = growth(before, size, time)
      if growth > Self.greatestGrowth {
        return Complaint("takes \(Self.tenths(growth)) times as long for text twice as long")
      }
      before = (size, time)
      if size >= Self.telling, 4 * maximumLength <= size, 4 * time < allowed { return nil }
    }
    return nil
  }

  /// How many times longer twice the text took; 1 where the times are too short to tell.
  private func growth(_ before: (size: Int, time: Double)?, _ size: Int, _ time: Double) -> Double {
    guard let before, size == 2 * before.size, before.time >= Self.leastComparable else { return 1 }
    return time / before.time
  }

  /// Time of finding every match in the text, `nil` where PCRE2 gives up.
  private func milliseconds(_ text: [UInt8]) -> Double? {
    let start = Self.processorTime()
    // SAFETY: the buffer is the text's and stays within the call.
    let isFinished = unsafe text.withUnsafeBufferPointer { unsafe searchAll($0) }
    return isFinished ? Self.processorTime() - start : nil
  }

  /// Milliseconds this thread has run: other processes do not count.
  private static func processorTime() -> Double {
    var time = timespec()
    // SAFETY: clock_gettime fills the one structure it is given.
    _ = unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1e3 + Double(time.tv_nsec) / 1e6
  }

  private func searchAll(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var position = 0
    while position <= text.count {
      // SAFETY: the buffer lives as long as the caller's closure.
      switch unsafe scratch.search(pattern, in: text, from: position, edges: []) {
      case .none: return true
      case .failed: return false
      case .matched:
        guard let match = scratch.range(of: 0) else { return true }
        position = match.isEmpty ? match.upperBound + 1 : match.upperBound
      }
    }
    return true
  }

  private static func tenths(_ value: Double) -> String {
    let tenths = Int(value * 10)
    return "\(tenths / 10).\(tenths % 10)"
  }
}
