/// A table that tells of most grams in one look-up that no keyword has them.
@safe final class GramFilter: Sendable {
  /// The tag of a place that several different grams fall on.
  static let sharedTag: UInt8 = 0xFE

  /// The size is fixed, so that the shift of the hash is part of the instruction; 512 KiB stay in the second-level cache,
  /// and the grams of two thousand rules take one place in twelve of it.
  static let bits: UInt32 = 19

  // SAFETY: written in init only, freed in deinit only, read by the searches in between.
  nonisolated(unsafe) let table: UnsafeMutablePointer<UInt8>
  let multiplier: UInt32

  /// - Complexity: linear in the number of grams, times the number of multipliers tried.
  init(_ grams: [UInt32]) {
    let size = 1 << Int(Self.bits)
    let table = UnsafeMutablePointer<UInt8>.allocate(capacity: size)
    // SAFETY: `size` bytes were allocated; every index is below 2 to the power of `bits`.
    unsafe table.initialize(repeating: 0, count: size)
    // The multiplier under which the fewest, and the rarest, of the common grams fall on a place that is taken. Those that
    // a keyword has count under each of them alike.
    let common = GramFrequencyTable.commonGrams
    var best = (multiplier: UInt32(0), cost: Int.max)
    for multiplier: UInt32 in [0x9E37_79B1, 0x85EB_CA77, 0xC2B2_AE3D, 0x27D4_EB2F] where best.cost > 0 {
      for gram in grams { unsafe table[Self.index(gram, multiplier)] = 1 }
      var cost = 0
      for (rank, gram) in common.enumerated() where unsafe table[Self.index(gram, multiplier)] != 0 {
        cost += common.count - rank
      }
      if cost < best.cost { best = (multiplier, cost) }
      for gram in grams { unsafe table[Self.index(gram, multiplier)] = 0 }
    }
    multiplier = best.multiplier
    for gram in grams {
      let index = Self.index(gram, best.multiplier)
      let tag = Self.tag(gram)
      // SAFETY: as above.
      unsafe table[index] = unsafe table[index] == 0 || table[index] == tag ? tag : Self.sharedTag
    }
    unsafe self.table = table
  }

  // SAFETY: nobody else holds the table.
  deinit { unsafe table.deallocate() }

  @inline(__always) static func index(_ gram: UInt32, _ multiplier: UInt32) -> Int {
    Int((gram &* multiplier) &>> (32 - bits))
  }

  /// A second hash of a gram, never 0 and never `sharedTag`.
  @inline(__always) static func tag(_ gram: UInt32) -> UInt8 {
    UInt8(truncatingIfNeeded: (gram &* 0x7FEB_352D) >> 24) | 1
  }
}
