#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

// SAFETY: the caller vouches that all bytes between the two places are at hand; every index lies between them or is
// checked against the count.
/// A place in an artifact with its line; moves over bytes that are at hand.
///
/// A line ends at LF, CRLF or a CR that no LF follows (docs/decisions).
package struct LineCursor: Sendable, Equatable {
  /// Offset in the artifact.
  package private(set) var offset = 0
  /// Line the offset is in, from 1.
  package private(set) var line = 1
  /// Offset at which that line starts.
  package private(set) var lineStart = 0

  package init() {}

  /// Column of the offset in its line, in bytes, from 1.
  package var column: Int { offset - lineStart + 1 }

  /// Moves to an offset, forwards or backwards.
  ///
  /// - Parameters:
  ///   - bytes: bytes of the artifact; every byte between here and there must be in them, and the byte at `target` unless
  ///     the artifact ends there.
  ///   - base: offset of the first of them in the artifact.
  ///   - earliest: where the first of `bytes` stands.
  /// - Complexity: linear in the distance, and in the length of the line before the target when moving back.
  package mutating func move(to target: Int, in bytes: UnsafeRawBufferPointer, at base: Int, earliest: LineCursor) {
    if target >= offset {
      let ends = unsafe Self.lineEnds(in: bytes, from: offset - base, to: target - base)
      line += ends.count
      if let last = ends.last { lineStart = base + last + 1 }
    } else {
      let ends = unsafe Self.lineEnds(in: bytes, from: target - base, to: offset - base)
      line -= ends.count
      if ends.count > 0 {
        lineStart =
          unsafe Self.lastLineEnd(in: bytes, before: target - base).map { base + $0 + 1 } ?? earliest.lineStart
      }
    }
    offset = target
  }

  /// Number of line ends in a range, and the last of them.
  private static func lineEnds(in bytes: UnsafeRawBufferPointer, from: Int, to: Int) -> (count: Int, last: Int?) {
    guard from < to, let base = bytes.baseAddress else { return (0, nil) }
    // SAFETY: the range is within the bytes, which the caller vouches for.
    let start = unsafe base + from
    var count = 0
    if unsafe memchr(start, 0x0D, to - from) == nil {
      count = unsafe lineFeeds(start, count: to - from)
    } else {
      for index in from..<to { count += unsafe isLineEnd(bytes, index) ? 1 : 0 }
    }
    return (count, count == 0 ? nil : unsafe lastLineEnd(in: bytes, before: to))
  }

  /// Number of LF bytes, eight at a time: a byte equal to LF becomes 0, and a 0 leaves its high bit clear in `rest`.
  private static func lineFeeds(_ start: UnsafeRawPointer, count: Int) -> Int {
    let ones: UInt64 = 0x0101_0101_0101_0101
    var total = 0
    var offset = 0
    while offset + 8 <= count {
      // A byte of the sum holds 255 at most before it is added up.
      let end = min(count - 8, offset + 254 * 8)
      var sum: UInt64 = 0
      while offset <= end {
        // SAFETY: eight bytes from here on are within the range that is counted.
        let word = unsafe start.loadUnaligned(fromByteOffset: offset, as: UInt64.self) ^ (ones &* 0x0A)
        let rest = ((word & (ones &* 0x7F)) &+ (ones &* 0x7F)) | word
        sum &+= ~rest >> 7 & ones
        offset &+= 8
      }
      let pairs = (sum & 0x00FF_00FF_00FF_00FF) &+ (sum >> 8 & 0x00FF_00FF_00FF_00FF)
      total += Int((pairs &* 0x0001_0001_0001_0001) >> 48)
    }
    while offset < count {
      // SAFETY: within the range that is counted.
      total += unsafe start.load(fromByteOffset: offset, as: UInt8.self) == 0x0A ? 1 : 0
      offset += 1
    }
    return total
  }

  private static func lastLineEnd(in bytes: UnsafeRawBufferPointer, before end: Int) -> Int? {
    var index = end - 1
    while index >= 0 {
      if unsafe isLineEnd(bytes, index) { return index }
      index -= 1
    }
    return nil
  }

  private static func isLineEnd(_ bytes: UnsafeRawBufferPointer, _ index: Int) -> Bool {
    let byte = unsafe bytes[index]
    if byte == 0x0A { return true }
    guard byte == 0x0D else { return false }
    return unsafe index + 1 >= bytes.count || bytes[index + 1] != 0x0A
  }
}
