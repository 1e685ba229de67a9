/// What the bytes right behind a keyword must be: a list of byte values for each; shared by keywords that agree in it.
package final class FollowingBytes: Sendable {
  /// Nothing is told of them.
  package static let none = FollowingBytes([])

  /// The values, at most eight lists.
  package let values: [[UInt8]]
  /// The same, folded, each value once.
  let folded: [[UInt8]]

  package init(_ values: [[UInt8]]) {
    self.values = values
    folded = values.map(Gram.folded)
  }
}

/// The tables of what may stand behind keywords, each once.
struct FollowTables {
  private(set) var bytes: [UInt8] = []
  private var places: [ObjectIdentifier: Int] = [:]

  /// Where the table for these lists starts; enters it the first time.
  mutating func place(of following: FollowingBytes) -> Int {
    guard !following.values.isEmpty else { return 0 }
    if let place = places[ObjectIdentifier(following)] { return place }
    let place = bytes.count
    places[ObjectIdentifier(following)] = place
    bytes += [UInt8](repeating: 0, count: 256)
    for (index, values) in following.values.enumerated() {
      for value in values { bytes[place + Int(value)] |= 1 << UInt8(index) }
    }
    return place
  }
}
