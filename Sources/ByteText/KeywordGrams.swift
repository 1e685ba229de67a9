/// The grams of many keywords: what the search of long texts needs.
final class KeywordGrams: Sendable {
  let filter: GramFilter
  let index: GramIndex
  /// Greatest offset of a gram in its keyword.
  let greatestOffset: Int

  init(_ keywords: [Keyword]) {
    var entries: [GramIndex.Entry] = []
    let filter = GramFilter()
    var greatest = 0
    entries.reserveCapacity(keywords.count * 4)
    for (number, keyword) in keywords.enumerated() {
      let rarest = Self.rarestOffset(of: keyword)
      greatest = max(greatest, rarest + 1)
      for offset in [rarest, rarest + 1] {
        let neighbours = GramIndex.neighbours(of: keyword, at: offset)
        func enter(_ gram: UInt32, _ mask: UInt32 = GramIndex.whole) {
          entries.append(
            GramIndex.Entry(
              gram: gram & mask, mask: mask, keyword: Int32(number),
              offset: Int32(offset), neighbours: neighbours, next: -1)
          )
        }
        let bytes = keyword.bytes
        if offset >= 0, offset + Gram.length <= bytes.count {
          let gram = Gram.inner(of: bytes, at: offset)
          filter.enter(gram)
          enter(gram)
          continue
        }
        let grams = Gram.all(in: bytes, following: keyword.following.folded, at: offset)
        for gram in grams { filter.enter(gram) }
        if offset < 0 {
          enter(grams[0], GramIndex.trailing)
        } else if offset + Gram.length == bytes.count + 1 {
          enter(grams[0], GramIndex.leading)
        } else {
          for gram in grams { enter(gram) }
        }
      }
    }
    greatestOffset = greatest
    self.filter = filter
    index = GramIndex(entries)
  }

  /// Where two neighbouring grams of the keyword are rarest; a keyword of less than five bytes takes one byte beside it.
  private static func rarestOffset(of keyword: Keyword) -> Int {
    let bytes = keyword.bytes
    guard bytes.count > Gram.length else {
      // Of a short one, the offset with the fewest grams; what must follow it may tell more than what stands before it. Both
      // grams hold two bytes of it at least, so no more than one byte before it.
      func count(_ offset: Int) -> Int { Gram.count(in: bytes, following: keyword.following.folded, at: offset) }
      return (-1...(bytes.count - 3)).min { count($0) + count($0 + 1) < count($1) + count($1 + 1) } ?? -1
    }
    var best = 0
    var least = Float.infinity
    var behind = GramFrequency.estimate(bytes, at: best)
    for offset in best...max(0, bytes.count - 5) {
      let share = behind
      behind = GramFrequency.estimate(bytes, at: offset + 1)
      if share + behind < least {
        least = share + behind
        best = offset
      }
    }
    return best
  }
}
