internal import CByteText

// SAFETY: loads reach 24 bytes behind a place below `to`, within the padding; table indices are below its size by the
// shift; eight places are written for each sixteen bytes at most, though fewer may count.
extension GramFilter {
  /// Lists the even places counted from `from` whose gram may be a keyword's.
  ///
  /// - Returns: number of places written to `list`.
  func pass(_ base: UnsafeRawPointer, from: Int, to: Int, into list: UnsafeMutablePointer<UInt32>) -> Int {
    guard gathers else { return unsafe passAlone(base, from: from, to: to, into: list) }
    return unsafe Int(
      leakgate_pass_grams(
        UnsafeRawPointer(table).assumingMemoryBound(to: UInt32.self), base.assumingMemoryBound(to: UInt8.self), from,
        to, list))
  }

  /// The same, one place after the other.
  @inline(never)
  func passAlone(_ base: UnsafeRawPointer, from: Int, to: Int, into list: UnsafeMutablePointer<UInt32>) -> Int {
    let table = unsafe self.table
    // The bit is fetched, since shifting by a variable takes three times as long on many processors.
    var bits: (UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8) = (1, 2, 4, 8, 16, 32, 64, 128)
    return unsafe withUnsafeBytes(of: &bits) { bits in
      let bit = unsafe bits.baseAddress.unsafelyUnwrapped
      var count = 0
      @inline(__always) func look(_ place: Int) -> UInt8 {
        let hash = unsafe Self.hash(base.loadUnaligned(fromByteOffset: place, as: UInt32.self) & Gram.fold)
        return unsafe table[Self.index(hash)] & bit.load(fromByteOffset: Self.place(hash), as: UInt8.self)
      }
      // Written always and counted where it passes: in every other block something does, which nobody can guess.
      @inline(__always) func note(_ place: Int, _ passes: UInt8) {
        unsafe list[count] = UInt32(truncatingIfNeeded: place)
        count &+= passes != 0 ? 1 : 0
      }
      var place = from
      while place < to {
        // All are looked up before the first is written: the compiler must take a write for one to the table.
        let passes = (
          look(place), look(place &+ 2), look(place &+ 4), look(place &+ 6),
          look(place &+ 8), look(place &+ 10), look(place &+ 12), look(place &+ 14)
        )
        note(place, passes.0)
        note(place &+ 2, passes.1)
        note(place &+ 4, passes.2)
        note(place &+ 6, passes.3)
        note(place &+ 8, passes.4)
        note(place &+ 10, passes.5)
        note(place &+ 12, passes.6)
        note(place &+ 14, passes.7)
        place &+= 16
      }
      return count
    }
  }
}
