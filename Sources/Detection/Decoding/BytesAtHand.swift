import ByteText

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

// SAFETY: made from the detector's window for the time of one scan, in which the window does not move; every offset is
// held against the range.
/// The bytes of the window by their offsets in the artifact.
@safe struct BytesAtHand {
  private let bytes: UnsafeRawBufferPointer
  /// Offset of the first byte.
  let base: Int
  /// Offset behind the last byte.
  var end: Int { unsafe base + bytes.count }

  init(_ window: borrowing Window) {
    unsafe bytes = window.bytes
    base = window.base
  }

  /// Bytes that stay where they are while the view is used, by the offset of the first.
  init(_ bytes: UnsafeRawBufferPointer, at base: Int) {
    unsafe self.bytes = bytes
    self.base = base
  }

  /// The byte at an offset; 0 where none is at hand.
  @inline(__always)
  subscript(offset: Int) -> UInt8 {
    let index = offset &- base
    return unsafe index >= 0 && index < bytes.count ? bytes[index] : 0
  }

  /// The bytes of a range, cut to what is at hand.
  func pointer(_ range: Range<Int>) -> UnsafeRawBufferPointer {
    let cut = range.clamped(to: base..<end)
    return unsafe UnsafeRawBufferPointer(rebasing: bytes[(cut.lowerBound - base)..<(cut.upperBound - base)])
  }

  /// The offset behind the bytes of a range that are as asked from its start on.
  @inline(__always)
  func end(in range: Range<Int>, while isWanted: (UInt8) -> Bool) -> Int {
    let piece = unsafe pointer(range)
    var index = 0
    while index < piece.count, unsafe isWanted(piece[index]) { index &+= 1 }
    return range.lowerBound + index
  }

  /// The offset of the first of the bytes of a range that are as asked up to its end.
  @inline(__always)
  func start(in range: Range<Int>, while isWanted: (UInt8) -> Bool) -> Int {
    let piece = unsafe pointer(range)
    var index = piece.count
    while index > 0, unsafe isWanted(piece[index &- 1]) { index &-= 1 }
    return range.upperBound - piece.count + index
  }

  /// Where a byte stands first in a range.
  func first(_ byte: UInt8, in range: Range<Int>) -> Int? {
    let piece = unsafe pointer(range)
    guard let start = piece.baseAddress, piece.count > 0 else { return nil }
    guard let found = unsafe memchr(start, Int32(byte), piece.count) else { return nil }
    return unsafe max(range.lowerBound, base) + (UnsafeRawPointer(found) - start)
  }

  /// Where, from the start of a range on, those of its first sixteen bytes stand that are asked for.
  @inline(__always)
  func places(in range: Range<Int>, where isWanted: (SIMD16<UInt8>) -> SIMDMask<SIMD16<Int8>>) -> Places {
    guard range.lowerBound >= base, range.lowerBound < end, let start = unsafe bytes.baseAddress else {
      return Places()
    }
    // SAFETY: the first byte is at hand, and a window has that much padding behind the last one.
    let block = unsafe start.loadUnaligned(fromByteOffset: range.lowerBound - base, as: SIMD16<UInt8>.self)
    return Places(of: isWanted(block), count: min(range.upperBound, end) - range.lowerBound)
  }

  /// The address of an offset that is at hand.
  func address(_ offset: Int) -> UnsafeRawPointer? {
    guard offset >= base, offset < end else { return nil }
    return unsafe bytes.baseAddress.map { unsafe $0 + (offset - base) }
  }
}
