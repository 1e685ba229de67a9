internal import CByteText

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
    // Sixteen places at a time; each is compared with the one behind it, which must be at hand.
    let vectors = max(0, min(to, bytes.count - 1) - from) / 16
    // SAFETY: sixteen bytes from each place and the one behind them are within the bytes.
    var count = unsafe vectorEnds(base + from, count: vectors)
    for index in (from + vectors * 16)..<to { count += unsafe isLineEnd(bytes, index) ? 1 : 0 }
    return (count, count == 0 ? nil : unsafe lastLineEnd(in: bytes, before: to))
  }

  /// Number of line ends in `count` times sixteen bytes, without a branch on any of them; the byte behind them is read, too.
  static func vectorEnds(_ start: UnsafeRawPointer, count: Int) -> Int {
    let pairs = leakgate_has_vectors() != 0 ? count / 2 : 0
    let ends = pairs > 0 ? unsafe Int(leakgate_count_line_ends(start.assumingMemoryBound(to: UInt8.self), pairs)) : 0
    return unsafe ends + vectorEndsAlone(start + pairs * 32, count: count - pairs * 2)
  }

  /// The same, sixteen bytes at a time.
  static func vectorEndsAlone(_ start: UnsafeRawPointer, count: Int) -> Int {
    let feed = SIMD16<UInt8>(repeating: 0x0A)
    let carriage = SIMD16<UInt8>(repeating: 0x0D)
    let none = SIMD16<UInt8>()
    let one = SIMD16<UInt8>(repeating: 1)
    var total = 0
    var index = 0
    while index < count {
      // A lane of the sum holds 255 at most before it is added up.
      let end = min(count, index + 255)
      var sum = none
      while index < end {
        // SAFETY: the caller vouches for these bytes and the one behind them.
        let here = unsafe start.loadUnaligned(fromByteOffset: index &* 16, as: SIMD16<UInt8>.self)
        let next = unsafe start.loadUnaligned(fromByteOffset: index &* 16 &+ 1, as: SIMD16<UInt8>.self)
        sum &+= none.replacing(with: one, where: (here .== feed) .| ((here .== carriage) .& (next .!= feed)))
        index &+= 1
      }
      for lane in 0..<16 { total += Int(sum[lane]) }
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
