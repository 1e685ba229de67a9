/// A table that tells of most grams in one look-up that no keyword has them.
@safe final class GramFilter: Sendable {
  /// The tag of a place that several different grams fall on.
  static let sharedTag: UInt8 = 0xFE

  // SAFETY: written in init only, freed in deinit only, read by the searches in between.
  nonisolated(unsafe) let table: UnsafeMutablePointer<UInt8>
  let shift: UInt32
  let multiplier: UInt32

  /// - Complexity: linear in the number of grams, times the number of multipliers tried.
  init(_ grams: [UInt32]) {
    // One place in twelve taken keeps chance hits rare; 64 KiB to 1 MiB stay in the second-level cache.
    var bits: UInt32 = 16
    while bits < 20, 1 << Int(bits) < grams.count * 12 { bits += 1 }
    let shift = 32 - bits
    self.shift = shift
    let size = 1 << Int(bits)
    let common = GramFrequencyTable.commonGrams
    let table = UnsafeMutablePointer<UInt8>.allocate(capacity: size)
    // The multiplier under which the fewest, and the rarest, of the common grams fall on a place that is taken. Those that a
    // keyword has count under each of them alike.
    let multipliers: [UInt32] = [0x9E37_79B1, 0x85EB_CA77, 0xC2B2_AE3D, 0x27D4_EB2F]
    var best = (multiplier: multipliers[0], cost: Int.max)
    for multiplier in multipliers where best.cost > 0 {
      // SAFETY: `size` bytes were allocated; every index is below 2 to the power of `bits`.
      unsafe table.initialize(repeating: 0, count: size)
      for gram in grams { unsafe table[Self.index(gram, multiplier, shift)] = 1 }
      var cost = 0
      for (rank, gram) in common.enumerated() where unsafe table[Self.index(gram, multiplier, shift)] != 0 {
        cost += common.count - rank
      }
      if cost < best.cost { best = (multiplier, cost) }
    }
    multiplier = best.multiplier
    // SAFETY: as above.
    unsafe table.initialize(repeating: 0, count: size)
    for gram in grams {
      let index = Self.index(gram, best.multiplier, shift)
      let tag = Self.tag(gram)
      unsafe table[index] = unsafe table[index] == 0 || table[index] == tag ? tag : Self.sharedTag
    }
    unsafe self.table = table
  }

  // SAFETY: nobody else holds the table.
  deinit { unsafe table.deallocate() }

  @inline(__always) static func index(_ gram: UInt32, _ multiplier: UInt32, _ shift: UInt32) -> Int {
    Int((gram &* multiplier) >> shift)
  }

  /// A second hash of a gram, never 0 and never `sharedTag`.
  @inline(__always) static func tag(_ gram: UInt32) -> UInt8 {
    UInt8(truncatingIfNeeded: (gram &* 0x7FEB_352D) >> 24) | 1
  }
}
