/// The Marvin checksum, folded to 32 bits.
///
/// US patent 20130262421; the same as `SymCryptMarvin32` (https://github.com/microsoft/SymCrypt/blob/main/lib/marvin32.c)
/// with the two halves of its result combined by exclusive or.
enum Marvin32 {
  /// - Complexity: linear in the number of bytes.
  static func checksum(_ bytes: some Collection<UInt8>, seed: UInt64) -> UInt32 {
    var low = UInt32(truncatingIfNeeded: seed)
    var high = UInt32(truncatingIfNeeded: seed >> 32)
    func mix(_ word: UInt32) {
      low &+= word
      high ^= low
      low = rotated(low, 20) &+ high
      high = rotated(high, 9) ^ low
      low = rotated(low, 27) &+ high
      high = rotated(high, 19)
    }
    var word: UInt32 = 0
    var count: UInt32 = 0
    for byte in bytes {
      word |= UInt32(byte) << (8 * count)
      count += 1
      if count == 4 {
        mix(word)
        (word, count) = (0, 0)
      }
    }
    mix(word | 0x80 << (8 * count))
    mix(0)
    return low ^ high
  }

  private static func rotated(_ word: UInt32, _ bits: UInt32) -> UInt32 { word << bits | word >> (32 - bits) }
}
