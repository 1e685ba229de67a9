import ByteText
import Findings
import Rules

// SAFETY: every buffer is a piece of the detector's window, which does not move while a match is judged; indices are
// below its count.
/// Cuts what surrounds a secret out of its line.
enum ExcerptBuilder {
  /// Most bytes kept before a secret.
  static let reachBefore = 64
  /// Most bytes kept behind a secret; also what a PEM block's END line needs.
  static let reachBehind = 96
  private static let lengthBehind = 32
  /// Bytes in a row of a token's alphabet that might be a secret nobody told us of.
  private static let tokenLength = 20

  /// The bytes before an offset, from the start of its line on.
  static func before(_ offset: Int, _ place: LineCursor, in window: borrowing Window) -> [UInt8] {
    let from = max(place.lineStart, offset - reachBefore, window.base)
    guard from < offset else { return [] }
    return unsafe Array(window.bytes[(from - window.base)..<(offset - window.base)])
  }

  /// The bytes from an offset on to the end of its line.
  static func after(_ offset: Int, in window: borrowing Window) -> [UInt8] {
    let from = min(offset - window.base, window.count)
    let to = min(from + lengthBehind, window.count)
    return unsafe Array(window.bytes[from..<to].prefix { $0 != 0x0A && $0 != 0x0D })
  }

  /// The lines a range stands in, at most `AllowlistMatcher.lineReach` bytes on each side.
  static func line(around range: Range<Int>, in window: borrowing Window) -> [UInt8] {
    let bytes = unsafe window.bytes
    var from = max(0, range.lowerBound - window.base)
    let least = max(0, from - AllowlistMatcher.lineReach)
    while from > least, unsafe bytes[from - 1] != 0x0A { from -= 1 }
    var to = min(range.upperBound - window.base, bytes.count)
    let most = min(bytes.count, to + AllowlistMatcher.lineReach)
    while to < most, unsafe bytes[to] != 0x0A { to += 1 }
    return unsafe Array(bytes[from..<to])
  }

  /// Where pieces of a secret's value, of five bytes or more, stand again in its surroundings.
  ///
  /// - Parameter offset: where the surroundings start in the artifact.
  static func echoes(of value: UnsafeRawBufferPointer, in bytes: [UInt8], at offset: Int) -> [Range<Int>] {
    let length = 5
    guard bytes.count >= length, value.count >= length else { return [] }
    // A value may be long, and few of its pieces are made of bytes that stand around it: only these are looked at closer.
    var known = ByteSet()
    for byte in bytes { known.insert(byte) }
    var found = [Bool](repeating: false, count: bytes.count - length + 1)
    var run = 0
    for index in 0..<value.count {
      let last = unsafe value[index]
      run = known.contains(last) ? run + 1 : 0
      guard run >= length else { continue }
      for start in found.indices where bytes[start + length - 1] == last && !found[start] {
        found[start] = (1..<length).allSatisfy { unsafe bytes[start + length - 1 - $0] == value[index - $0] }
      }
    }
    return found.indices.filter { found[$0] }.map { offset + $0..<offset + $0 + length }
  }

  /// What may be shown of the surroundings of a finding: other secrets and long tokens are masked.
  ///
  /// - Parameter others: secrets that may overlap the surroundings.
  static func excerpt(of finding: PendingFinding, others: [Range<Int>]) -> Excerpt {
    let beforeStart = finding.secret.lowerBound - finding.before.count
    return Excerpt(
      before: masked(finding.before, at: beforeStart, others),
      after: masked(finding.after, at: finding.secret.upperBound, others)
    )
  }

  private static func masked(_ bytes: [UInt8], at start: Int, _ others: [Range<Int>]) -> [UInt8] {
    var isHidden = [Bool](repeating: false, count: bytes.count)
    for other in others {
      let range = (other.lowerBound - start)..<(other.upperBound - start)
      for index in range.clamped(to: 0..<bytes.count) { isHidden[index] = true }
    }
    var index = 0
    while index < bytes.count {
      var end = index
      while end < bytes.count, isTokenByte(bytes[end]) { end += 1 }
      // A token that is cut by the end of the excerpt may be longer than what is seen of it.
      let isCut = index == 0 || end == bytes.count
      let run = bytes[index..<end]
      if run.count >= (isCut ? tokenLength / 2 : tokenLength), run.contains(where: { $0 >= 0x30 && $0 <= 0x39 }) {
        for hidden in index..<end { isHidden[hidden] = true }
      }
      index = max(end, index + 1)
    }
    var result: [UInt8] = []
    for (index, byte) in bytes.enumerated() {
      if !isHidden[index] {
        result.append(byte)
      } else if index == 0 || !isHidden[index - 1] {
        result += Array("***".utf8)
      }
    }
    return result
  }

  private static func isTokenByte(_ byte: UInt8) -> Bool {
    (byte >= 0x30 && byte <= 0x39) || ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A)
      || byte == 0x2B || byte == 0x2D || byte == 0x2F || byte == 0x5F
  }
}
