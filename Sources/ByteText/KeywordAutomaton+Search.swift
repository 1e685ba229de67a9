// SAFETY: places are below the number of bytes, behind which `padding` bytes may be read; lists have room for every
// place of a block.
extension KeywordAutomaton {
  /// Places looked at between two passes: few enough that their bytes stay in the first-level cache.
  private static let blockLength = 16 * 1024
  /// Room for every even place of a block.
  private static let candidateCapacity = blockLength / 2 + 16

  /// Adds every hit that starts in a range, in ascending order.
  ///
  /// - Parameters:
  ///   - bytes: what is searched; `padding` bytes behind its end must be readable. A keyword counts only where it, and what
  ///     must follow it, stands wholly within.
  ///   - starts: where hits may start; the search may read bytes before and behind it.
  /// - Complexity: linear in the length of `starts`; about one nanosecond a byte.
  package func search(_ bytes: UnsafeRawBufferPointer, starts: Range<Int>, into hits: inout [KeywordHit]) {
    guard !heads.isEmpty, let base = bytes.baseAddress else { return }
    precondition(starts.lowerBound >= 0 && starts.upperBound <= bytes.count, "starts outside the bytes")
    unsafe withUnsafeTemporaryAllocation(of: UInt32.self, capacity: Self.candidateCapacity) { candidates in
      // SAFETY: the buffer has room for every place of a block and is used within this closure only.
      let list = candidates.baseAddress!
      var from = starts.lowerBound
      // A gram stands up to `greatestOffset` bytes behind the start of its keyword.
      let end = min(bytes.count, starts.upperBound + greatestOffset + 1)
      while from < end {
        let to = min(from + Self.blockLength, end)
        let passed = unsafe filter.pass(base, from: from, to: to, into: list)
        let found = unsafe sieve(base, list, count: passed)
        let first = hits.count
        unsafe verify(base, list, count: found, length: bytes.count, starts: starts, into: &hits)
        // Keywords are found at their rarest gram, so hits are nearly in order; those of the block before may follow too.
        Self.settle(&hits, from: first)
        from = to
      }
    }
  }

  /// Restores ascending order by insertion: a hit is out of place by a few positions at most.
  private static func settle(_ hits: inout [KeywordHit], from first: Int) {
    var index = first
    while index < hits.count {
      let hit = hits[index]
      var place = index
      while place > 0, hits[place - 1] > hit {
        hits[place] = hits[place - 1]
        place -= 1
      }
      hits[place] = hit
      index += 1
    }
  }

  /// Keeps the places beside whose gram something stands that may stand beside one of its hash.
  ///
  /// Most grams of keywords stand in ordinary words, too. No look-up waits for another one here, nor is there a branch to
  /// guess, which is what comparing keywords costs.
  ///
  /// - Returns: number of places kept, at the start of `list`.
  private func sieve(_ base: UnsafeRawPointer, _ list: UnsafeMutablePointer<UInt32>, count: Int) -> Int {
    let shift = index.slotShift
    var kept = 0
    // SAFETY: the buffers are used within the closures only, at hashes of their size; `kept` is at most the place it is read
    // from. Before the first byte the first itself is looked at: no keyword that has one before its gram starts there.
    unsafe index.neighbours.withUnsafeBufferPointer { neighbours in
      unsafe index.marks.withUnsafeBufferPointer { marks in
        @inline(__always) func mark(_ gram: UInt32) -> UInt64 {
          let mark = GramIndex.mark(of: gram)
          return unsafe marks[mark / 64] &>> UInt64(mark % 64)
        }
        for candidate in 0..<count {
          let place = unsafe Int(list[candidate])
          let gram = unsafe base.loadUnaligned(fromByteOffset: place, as: UInt32.self) & Gram.fold
          let before = unsafe UInt64(base.load(fromByteOffset: max(0, place &- 1), as: UInt8.self) & 0x1F)
          let behind = unsafe UInt64(base.load(fromByteOffset: place &+ Gram.length, as: UInt8.self) & 0x1F) + 32
          @inline(__always) func isAllowed(_ gram: UInt32) -> UInt64 {
            let allowed = unsafe neighbours[GramIndex.slot(of: gram, shift)]
            return allowed &>> before & allowed &>> behind
          }
          let isKept =
            isAllowed(gram)
            | mark(gram & GramIndex.trailing) & isAllowed(gram & GramIndex.trailing)
            | mark(gram & GramIndex.leading) & isAllowed(gram & GramIndex.leading)
          unsafe list[kept] = UInt32(truncatingIfNeeded: place)
          kept &+= Int(isKept & 1)
        }
      }
    }
    return kept
  }

  /// Compares the keywords that have the gram at a place with what stands there.
  ///
  /// - Parameter length: number of bytes from `base` on that are searched.
  private func verify(
    _ base: UnsafeRawPointer, _ list: UnsafeMutablePointer<UInt32>, count: Int, length: Int, starts: Range<Int>,
    into hits: inout [KeywordHit]
  ) {
    let shift = index.slotShift
    // SAFETY: the buffers are used within the closures only. Places are below `length`, behind which `padding` bytes may be
    // read; slots and marks are indexed by hashes of their size, entries and heads name each other's indices.
    unsafe index.slots.withUnsafeBufferPointer { slots in
      unsafe index.entries.withUnsafeBufferPointer { entries in
        unsafe index.marks.withUnsafeBufferPointer { marks in
          unsafe heads.withUnsafeBufferPointer { heads in
            @inline(__always) func compare(_ whole: UInt32, _ mask: UInt32, at place: Int) {
              let gram = whole & mask
              var next = unsafe slots[GramIndex.slot(of: gram, shift)]
              while next >= 0 {
                let entry = unsafe entries[Int(next)]
                next = entry.next
                let start = place &- Int(entry.offset)
                guard entry.gram == gram, entry.mask == mask, start >= starts.lowerBound, start < starts.upperBound
                else { continue }
                let head = unsafe heads[Int(entry.keyword)]
                guard unsafe base.loadUnaligned(fromByteOffset: start, as: UInt64.self) & head.mask == head.bytes,
                  start &+ Int(head.length) &+ Int(head.followCount) <= length, unsafe agrees(base + start, head)
                else { continue }
                hits.append(KeywordHit(position: start, keyword: Int(entry.keyword)))
              }
            }
            @inline(__always) func isMarked(_ gram: UInt32) -> Bool {
              let mark = GramIndex.mark(of: gram)
              return unsafe marks[mark / 64] & 1 << UInt64(mark % 64) != 0
            }
            for candidate in 0..<count {
              let place = unsafe Int(list[candidate])
              let gram = unsafe base.loadUnaligned(fromByteOffset: place, as: UInt32.self) & Gram.fold
              compare(gram, GramIndex.whole, at: place)
              if isMarked(gram & GramIndex.trailing) { compare(gram, GramIndex.trailing, at: place) }
              if isMarked(gram & GramIndex.leading) { compare(gram, GramIndex.leading, at: place) }
            }
          }
        }
      }
    }
  }

  /// Whether the keyword's bytes behind the first eight stand at a place, and behind them what must.
  private func agrees(_ place: UnsafeRawPointer, _ head: Head) -> Bool {
    var index = 8
    while index < Int(head.length) {
      // SAFETY: the caller made sure that the whole keyword would fit.
      let byte = unsafe place.load(fromByteOffset: index, as: UInt8.self)
      if byte & masks[Int(head.start) + index] != text[Int(head.start) + index] { return false }
      index += 1
    }
    for index in 0..<Int(head.followCount) {
      // SAFETY: as above; these bytes were counted in.
      let byte = unsafe place.load(fromByteOffset: Int(head.length) + index, as: UInt8.self)
      if followTables[Int(head.followTable) + Int(byte)] & 1 << UInt8(index) == 0 { return false }
    }
    return true
  }
}

// SAFETY: loads reach 18 bytes behind a place below `to`, within the padding; table indices are below its size by the
// shift; eight places are written for each sixteen bytes at most.
extension GramFilter {
  /// Lists the even places counted from `from` whose gram may be a keyword's.
  ///
  /// - Returns: number of places written to `list`.
  @inline(never)
  func pass(_ base: UnsafeRawPointer, from: Int, to: Int, into list: UnsafeMutablePointer<UInt32>) -> Int {
    let table = unsafe self.table
    // The bit is fetched, since shifting by a variable takes three times as long on many processors.
    var bits: (UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8) = (1, 2, 4, 8, 16, 32, 64, 128)
    return unsafe withUnsafeBytes(of: &bits) { bits in
      let bit = unsafe bits.baseAddress.unsafelyUnwrapped
      @inline(__always) func look(_ place: Int) -> UInt8 {
        let hash = unsafe Self.hash(base.loadUnaligned(fromByteOffset: place, as: UInt32.self) & Gram.fold)
        return unsafe table[Self.index(hash)] & bit.load(fromByteOffset: Self.place(hash), as: UInt8.self)
      }
      var count = 0
      var place = from
      while place < to {
        let t0 = look(place)
        let t1 = look(place &+ 2)
        let t2 = look(place &+ 4)
        let t3 = look(place &+ 6)
        let t4 = look(place &+ 8)
        let t5 = look(place &+ 10)
        let t6 = look(place &+ 12)
        let t7 = look(place &+ 14)
        if ((t0 | t1) | (t2 | t3)) | ((t4 | t5) | (t6 | t7)) != 0 {
          let first = UInt32(truncatingIfNeeded: place)
          unsafe list[count] = first
          count &+= t0 != 0 ? 1 : 0
          unsafe list[count] = first &+ 2
          count &+= t1 != 0 ? 1 : 0
          unsafe list[count] = first &+ 4
          count &+= t2 != 0 ? 1 : 0
          unsafe list[count] = first &+ 6
          count &+= t3 != 0 ? 1 : 0
          unsafe list[count] = first &+ 8
          count &+= t4 != 0 ? 1 : 0
          unsafe list[count] = first &+ 10
          count &+= t5 != 0 ? 1 : 0
          unsafe list[count] = first &+ 12
          count &+= t6 != 0 ? 1 : 0
          unsafe list[count] = first &+ 14
          count &+= t7 != 0 ? 1 : 0
        }
        place &+= 16
      }
      return count
    }
  }
}
