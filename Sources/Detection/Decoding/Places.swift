/// Places within sixteen bytes, in ascending order.
struct Places: Sequence, IteratorProtocol {
  private var low: UInt64 = 0
  private var high: UInt64 = 0

  init() {}

  /// Those that a mask holds, of the first so many.
  @inline(__always)
  init(of mask: SIMDMask<SIMD16<Int8>>, count: Int) {
    // SAFETY: a mask is plain bytes, all of their bits alike.
    let words = unsafe unsafeBitCast(mask, to: SIMD2<UInt64>.self)
    // A shift of 64 and more leaves nothing.
    low = words[0] & ~(~0 << UInt64(clamping: 8 * count))
    high = words[1] & ~(~0 << UInt64(clamping: 8 * (count - 8)))
  }

  var isEmpty: Bool { low | high == 0 }

  @inline(__always)
  mutating func next() -> Int? {
    if low != 0 { return Self.take(&low) }
    return high != 0 ? 8 + Self.take(&high) : nil
  }

  @inline(__always)
  private static func take(_ word: inout UInt64) -> Int {
    let place = word.trailingZeroBitCount / 8
    word &= ~(0xFF << UInt64(8 * place))
    return place
  }
}
