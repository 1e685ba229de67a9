/// A table of bits that tells of most grams in one look-up that no keyword has them.
@safe final class GramFilter: Sendable {
  /// The size is fixed, so that the shifts of the hash are part of the instructions: 2 to the power of 19 bytes stay in the
  /// second-level cache, and the grams of two thousand rules set one bit in a hundred.
  private static let byteBits: UInt32 = 19

  // SAFETY: written in init only, freed in deinit only, read by the searches in between.
  nonisolated(unsafe) let table: UnsafeMutablePointer<UInt8>
  let multiplier: UInt32

  /// - Complexity: linear in the number of grams, times the number of multipliers tried.
  init(_ grams: [UInt32]) {
    let size = 1 << Int(Self.byteBits)
    let table = UnsafeMutablePointer<UInt8>.allocate(capacity: size)
    // SAFETY: `size` bytes were allocated; every index is below 2 to the power of `byteBits`.
    unsafe table.initialize(repeating: 0, count: size)
    // The multiplier under which the fewest, and the rarest, of the common grams fall on a bit that is set. Those that a
    // keyword has count under each of them alike.
    let common = GramFrequencyTable.commonGrams
    var best = (multiplier: UInt32(0), cost: Int.max)
    for multiplier: UInt32 in [0x9E37_79B1, 0x85EB_CA77, 0xC2B2_AE3D] where best.cost > 0 {
      for gram in grams { unsafe table[Self.index(gram &* multiplier)] |= Self.bit(gram &* multiplier) }
      var cost = 0
      for (rank, gram) in common.enumerated() {
        let hash = gram &* multiplier
        if unsafe table[Self.index(hash)] & Self.bit(hash) != 0 { cost += common.count - rank }
      }
      if cost < best.cost { best = (multiplier, cost) }
      for gram in grams { unsafe table[Self.index(gram &* multiplier)] = 0 }
    }
    multiplier = best.multiplier
    for gram in grams { unsafe table[Self.index(gram &* best.multiplier)] |= Self.bit(gram &* best.multiplier) }
    unsafe self.table = table
  }

  // SAFETY: nobody else holds the table.
  deinit { unsafe table.deallocate() }

  /// The byte of a hash.
  @inline(__always) static func index(_ hash: UInt32) -> Int { Int(hash &>> (32 - byteBits)) }

  /// Number of the hash's bit in its byte: the hash's bits behind those of the index.
  @inline(__always) static func place(_ hash: UInt32) -> Int { Int(hash &>> (29 - byteBits)) & 7 }

  private static func bit(_ hash: UInt32) -> UInt8 { 1 &<< UInt8(place(hash)) }
}
