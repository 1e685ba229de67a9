internal import CByteText

/// A table of bits that tells of most grams in one look-up that no keyword has them.
@safe final class GramFilter: Sendable {
  /// The size is fixed, so that the shifts of the hash are part of the instructions: 2 to the power of 19 bytes stay in the
  /// second-level cache, and the grams of two thousand rules set one bit in a hundred.
  private static let byteBits: UInt32 = 19

  // SAFETY: written while the automaton is made, freed in deinit, read by the searches in between.
  nonisolated(unsafe) let table: UnsafeMutablePointer<UInt8>

  /// Whether places are looked at eight at a time.
  let gathers: Bool

  init(gathers: Bool = leakgate_gathers_fast() != 0) {
    self.gathers = gathers
    let size = 1 << Int(Self.byteBits)
    let table = UnsafeMutablePointer<UInt8>.allocate(capacity: size)
    // SAFETY: `size` bytes were allocated.
    unsafe table.initialize(repeating: 0, count: size)
    unsafe self.table = table
  }

  /// Enters a gram; only as long as nobody else has the filter.
  func enter(_ gram: UInt32) {
    let hash = Self.hash(gram)
    // SAFETY: the index of a hash is below 2 to the power of `byteBits`.
    unsafe table[Self.index(hash)] |= 1 &<< UInt8(Self.place(hash))
  }

  // SAFETY: nobody else holds the table.
  deinit { unsafe table.deallocate() }

  @inline(__always) static func hash(_ gram: UInt32) -> UInt32 { gram &* 0x9E37_79B1 }

  /// The byte of a hash.
  @inline(__always) static func index(_ hash: UInt32) -> Int { Int(hash &>> (32 - byteBits)) }

  /// Number of the hash's bit in its byte: the hash's bits behind those of the index.
  @inline(__always) static func place(_ hash: UInt32) -> Int { Int(hash &>> (29 - byteBits)) & 7 }
}
