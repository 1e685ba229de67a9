// SAFETY: places are below the number of bytes, behind which `padding` bytes may be read; the tables hold an index for each
// place and each hash.
extension KeywordAutomaton {
  private static let hashBits: UInt32 = 12

  /// Adds every hit that starts in a range of a short text, in ascending order.
  ///
  /// Lists the first three bytes at each place by their hash, then looks every keyword up.
  ///
  /// - Parameter length: number of bytes from `base` on that are searched.
  /// - Complexity: linear in the length of `starts` and in the number of keywords.
  func searchShort(_ base: UnsafeRawPointer, length: Int, starts: Range<Int>, into hits: inout [KeywordHit]) {
    let size = 1 << Int(Self.hashBits)
    let first = hits.count
    unsafe withUnsafeTemporaryAllocation(of: Int32.self, capacity: size + starts.count) { places in
      // The last place of each hash, then for each place the one before it of the same hash; -1 where there is none.
      unsafe places.initialize(repeating: -1)
      for place in starts {
        let gram = unsafe base.loadUnaligned(fromByteOffset: place, as: UInt32.self)
        let hash = Self.hash(gram)
        unsafe places[size + place - starts.lowerBound] = places[hash]
        unsafe places[hash] = Int32(truncatingIfNeeded: place - starts.lowerBound)
      }
      for (keyword, head) in heads.enumerated() {
        var next = unsafe Int(places[Self.hash(UInt32(truncatingIfNeeded: head.bytes))])
        while next >= 0 {
          let start = starts.lowerBound + next
          if unsafe stands(head, at: start, base, length: length) {
            hits.append(KeywordHit(position: start, keyword: keyword))
          }
          next = unsafe Int(places[size + next])
        }
      }
    }
    hits[first...].sort()
  }

  /// The hash of three bytes, whatever the case of their letters.
  @inline(__always)
  private static func hash(_ bytes: UInt32) -> Int {
    Int(((bytes & Gram.fold & 0x00FF_FFFF) &* 0x9E37_79B1) >> (32 - hashBits))
  }
}
