/// Finds every place of many keywords in one pass, ASCII letters in either case.
///
/// A filter looks at every second place: four bytes there, folded, are hashed to a bit of a table. Each keyword is entered
/// under two of its grams at neighbouring offsets, so that one of them falls on an even place wherever the keyword
/// stands; the offset is chosen where the grams are rarest in text. What passes the filter is looked up by its gram and
/// compared byte by byte. The filter has no branch on single bytes, so the processor need not guess (docs/decisions has
/// the figures).
@safe package final class KeywordAutomaton: Sendable {
  /// Shorter keywords cannot be searched for.
  package static let leastLength = 3
  /// Bytes behind the end of the searched bytes that must be readable; what they hold does not matter.
  package static let padding = 32

  /// A keyword as far as the first comparison goes.
  struct Head {
    /// First eight bytes, case bits cleared where they do not count, least significant byte first.
    var bytes: UInt64
    /// Which bits of them count.
    var mask: UInt64
    var length: Int32
    /// Where the keyword's bytes stand in `text`.
    var start: Int32
    /// Number of bytes behind the keyword that are looked at.
    var followCount: Int32
    /// Where the table of what they may be starts in `followTables`.
    var followTable: Int32
  }

  let filter: GramFilter
  let index: GramIndex
  let heads: [Head]
  let text: [UInt8]
  let masks: [UInt8]
  /// Tables of 256 bytes: bit n is set where the byte may be the n-th behind the keyword.
  let followTables: [UInt8]
  /// Greatest offset of a gram in its keyword.
  let greatestOffset: Int

  /// - Parameter keywords: at least `leastLength` bytes each; hits name them by their index.
  /// - Complexity: linear in the number of keywords, up to 130 table entries for one of three bytes.
  package init(_ keywords: [Keyword]) {
    precondition(keywords.allSatisfy { $0.bytes.count >= Self.leastLength }, "keyword too short")
    var entries: [GramIndex.Entry] = []
    let filter = GramFilter()
    var greatest = 0
    var heads: [Head] = []
    var text: [UInt8] = []
    var masks: [UInt8] = []
    var follow = FollowTables()
    let length = keywords.reduce(0) { $0 + $1.bytes.count }
    heads.reserveCapacity(keywords.count)
    text.reserveCapacity(length)
    masks.reserveCapacity(length)
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
      heads.append(Self.head(of: keyword, start: text.count, follow: follow.place(of: keyword.following)))
      for place in keyword.bytes.indices {
        masks.append(keyword.mask(at: place))
        text.append(keyword.bytes[place] & keyword.mask(at: place))
      }
    }
    self.heads = heads
    self.text = text
    self.masks = masks
    followTables = follow.bytes
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

  private static func head(of keyword: Keyword, start: Int, follow: Int) -> Head {
    var head = Head(
      bytes: 0, mask: 0, length: Int32(keyword.bytes.count), start: Int32(start),
      followCount: Int32(keyword.following.values.count), followTable: Int32(follow)
    )
    for (index, byte) in keyword.bytes.prefix(8).enumerated() {
      let mask = keyword.mask(at: index)
      head.bytes |= UInt64(byte & mask) << UInt64(8 * index)
      head.mask |= UInt64(mask) << UInt64(8 * index)
    }
    return head
  }
}
