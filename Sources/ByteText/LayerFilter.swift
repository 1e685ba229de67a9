internal import CByteText

// SAFETY: the caller vouches that all blocks, and the byte behind them, may be read and that there is room for every mark; vectors
// and words are plain bytes.
/// Tells the blocks of sixteen bytes in which encoded text may stand from those in which it cannot.
///
/// A run of 31 base64 or hex digits holds at least one whole block, and so do sixteen characters of UTF-16 text. An escape
/// belongs to the block of its first byte. What is marked still has to be looked at; a block without a mark needs no look.
package enum LayerFilter {
  /// Bytes in a block. Blocks start at multiples of it.
  @inlinable @inline(__always) package static var blockLength: Int { 16 }

  // What a mark of a block tells of it.

  /// It may hold the start of an escape that gives a printable character of ASCII by its number, of `\/`, or of an equals
  /// sign at a line end.
  package static let escape: UInt8 = 1
  /// It may hold the start of a quote or a line end escaped by a backslash.
  package static let quote: UInt8 = 2
  /// It holds nothing but digits of base64.
  package static let digits: UInt8 = 4
  /// Every second byte is zero, and not every byte.
  package static let wide: UInt8 = 8
  /// It may hold the start of the entity of a quote or a bracket.
  package static let entity: UInt8 = 16

  @usableFromInline typealias Bytes = SIMD16<UInt8>

  /// Marks blocks.
  ///
  /// - Parameters:
  ///   - base: the first block; `blockLength` times `count` bytes and one more are read.
  ///   - marks: room for `count` marks, all of which are written.
  /// - Complexity: linear in `count`.
  package static func pass(_ base: UnsafeRawPointer, count: Int, into marks: UnsafeMutablePointer<UInt8>) {
    let pairs = leakgate_has_vectors() != 0 ? count / 2 : 0
    if pairs > 0 { unsafe leakgate_mark_blocks(base.assumingMemoryBound(to: UInt8.self), pairs, marks) }
    unsafe passAlone(base + 2 * pairs * blockLength, count: count - 2 * pairs, into: marks + 2 * pairs)
  }

  /// The same, one block after the other.
  @inline(never)
  static func passAlone(_ base: UnsafeRawPointer, count: Int, into marks: UnsafeMutablePointer<UInt8>) {
    for index in 0..<count {
      let offset = index &* blockLength
      let here = unsafe base.loadUnaligned(fromByteOffset: offset, as: Bytes.self)
      let next = unsafe base.loadUnaligned(fromByteOffset: offset &+ 1, as: Bytes.self)
      // Equals signs are common: only those before what their escapes go on with count here.
      let isSign =
        (here .== all(0x5C)) .| (here .== all(0x25)) .| (here .== all(0x26)) .| ((here .== all(0x3D)) .& goesOn(next))
      var mark: UInt8 = 0
      if holds(isSign .| (here .== Bytes())) {
        if isWide(here) { mark = wide }
        mark |= escapes(here, next)
      }
      // Most blocks of text hold a byte below all digits.
      if !holds(here .< all(0x2B)), others(here) == SIMD2() { mark |= digits }
      unsafe marks[index] = mark
    }
  }

  /// Whether any byte is as asked.
  @inline(__always)
  private static func holds(_ mask: SIMDMask<SIMD16<Int8>>) -> Bool {
    let words = unsafe unsafeBitCast(mask, to: SIMD2<UInt64>.self)
    return words[0] | words[1] != 0
  }

  /// Bytes that may stand behind the equals sign of an escape: half of a number that is printable, or a line end.
  @inline(__always)
  private static func goesOn(_ next: Bytes) -> SIMDMask<SIMD16<Int8>> {
    ((next &- all(0x32)) .< all(6)) .| (next .== all(0x0A)) .| (next .== all(0x0D))
  }

  /// Whether rows of digits are told quickly here.
  static var tellsDigits: Bool { leakgate_has_vectors() != 0 }

  /// Whether so many digits of base64 stand in a row somewhere in some bytes; `true` where that cannot be told quickly.
  ///
  /// - Parameter length: up to 31 bytes behind them are read.
  package static func mayHoldDigits(_ count: Int, in start: UnsafeRawPointer, length: Int) -> Bool {
    guard tellsDigits else { return true }
    return unsafe leakgate_has_digits(start.assumingMemoryBound(to: UInt8.self), length, count) != 0
  }

  /// Number of digits of base64 in a row at the start of a block, which is read whole.
  package static func digits(startingAt block: UnsafeRawPointer) -> Int {
    let others = unsafe others(block.loadUnaligned(as: Bytes.self))
    if others[0] != 0 { return others[0].trailingZeroBitCount / 8 }
    return 8 + others[1].trailingZeroBitCount / 8
  }

  /// Number of digits of base64 in a row up to an address, before which a block is read whole.
  @inlinable package static func digits(endingAt end: UnsafeRawPointer) -> Int {
    let others = unsafe others((end - blockLength).loadUnaligned(as: Bytes.self))
    let upper = others[1].leadingZeroBitCount
    // No branch: whoever asks does so where nobody can guess.
    return (upper &+ (upper == 64 ? others[0].leadingZeroBitCount : 0)) / 8
  }

  /// A block in which every byte that is no digit of base64 is 255, and the others zero; its first byte is the lowest.
  @inlinable @inline(__always)
  static func others(_ bytes: Bytes) -> SIMD2<UInt64> {
    let isDigit =
      (((bytes | all(0x20)) &- all(0x61)) .< all(26)) .| ((bytes &- all(0x2F)) .< all(11)) .| (bytes .== all(0x2B))
      .| (bytes .== all(0x2D)) .| (bytes .== all(0x5F))
    return unsafe unsafeBitCast(all(0xFF).replacing(with: Bytes(), where: isDigit), to: SIMD2<UInt64>.self)
  }

  @inline(__always)
  private static func isWide(_ bytes: Bytes) -> Bool {
    let oddBytes: UInt64 = 0xFF00_FF00_FF00_FF00
    let words = unsafe unsafeBitCast(bytes, to: SIMD2<UInt64>.self)
    let both = words[0] | words[1]
    return (both & oddBytes == 0) != (both & ~oddBytes == 0)
  }

  /// The marks of escapes for a block and the bytes one further on.
  @inline(__always)
  private static func escapes(_ here: Bytes, _ next: Bytes) -> UInt8 {
    let none = Bytes()
    let isBackslash = here .== all(0x5C)
    let isPercent = here .== all(0x25)
    let isAmpersand = here .== all(0x26)
    let isUnicode = (next | all(0x20)) .== all(0x75)
    // `\x2F`, `\/`, `\057`.
    let isNumber = (next .== all(0x78)) .| (next .== all(0x2F)) .| ((next & all(0xF8)) .== all(0x30))
    // `%2F`, `=2F`: what is printable is from 20 to 7E.
    let isPrintable = (next &- all(0x32)) .< all(6)
    let escapes =
      (isBackslash .& (isNumber .| isUnicode)) .| (isPercent .& (isPrintable .| isUnicode))
      .| ((here .== all(0x3D)) .& goesOn(next))
      .| (isAmpersand .& (next .== all(0x23)))
    // `\"`, `\'`, `\n`, `\r`.
    let quotes =
      isBackslash .& ((next .== all(0x22)) .| (next .== all(0x27)) .| (next .== all(0x6E)) .| (next .== all(0x72)))
    // `&quot;`, `&apos;`, `&lt;`, `&gt;`.
    let entities =
      isAmpersand .& ((next .== all(0x71)) .| (next .== all(0x61)) .| (next .== all(0x6C)) .| (next .== all(0x67)))
    return fold(
      none.replacing(with: all(escape), where: escapes) | none.replacing(with: all(quote), where: quotes)
        | none.replacing(with: all(entity), where: entities))
  }

  @inlinable @inline(__always)
  static func all(_ byte: UInt8) -> Bytes { Bytes(repeating: byte) }

  /// All bytes in one, bit by bit.
  @inline(__always)
  private static func fold(_ bytes: Bytes) -> UInt8 {
    let halves = unsafe unsafeBitCast(bytes, to: SIMD2<UInt64>.self)
    var fold = halves[0] | halves[1]
    fold |= fold &>> 32
    fold |= fold &>> 16
    fold |= fold &>> 8
    return UInt8(truncatingIfNeeded: fold)
  }
}
