/// A set of byte values, as 256 bits.
package struct ByteSet: Sendable, Hashable {
  /// 64 values a word, the lowest value in the lowest bit of the first.
  package private(set) var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

  package init() {}
  package init(_ bytes: some Sequence<UInt8>) { for byte in bytes { insert(byte) } }
  package init(_ range: ClosedRange<UInt8>) { for byte in range { insert(byte) } }
  package init(words: (UInt64, UInt64, UInt64, UInt64)) { self.words = words }

  /// Every byte value.
  package static let all = ByteSet(0...255)

  /// The letters and digits of ASCII.
  static let lettersAndDigits = ByteSet("0123456789".utf8)
    .union(ByteSet(UInt8(ascii: "A")...UInt8(ascii: "Z"))).union(ByteSet(UInt8(ascii: "a")...UInt8(ascii: "z")))

  @inlinable package func contains(_ byte: UInt8) -> Bool {
    let bit = UInt64(1) << UInt64(byte & 63)
    switch byte >> 6 {
    case 0: return words.0 & bit != 0
    case 1: return words.1 & bit != 0
    case 2: return words.2 & bit != 0
    default: return words.3 & bit != 0
    }
  }

  package mutating func insert(_ byte: UInt8) {
    let bit = UInt64(1) << UInt64(byte & 63)
    switch byte >> 6 {
    case 0: words.0 |= bit
    case 1: words.1 |= bit
    case 2: words.2 |= bit
    default: words.3 |= bit
    }
  }

  package mutating func formUnion(_ other: ByteSet) {
    words.0 |= other.words.0
    words.1 |= other.words.1
    words.2 |= other.words.2
    words.3 |= other.words.3
  }

  package func union(_ other: ByteSet) -> ByteSet {
    var result = self
    result.formUnion(other)
    return result
  }

  /// Whether another set holds every value of this one.
  func isSubset(of other: ByteSet) -> Bool { union(other) == other }

  package var inverted: ByteSet { ByteSet(words: (~words.0, ~words.1, ~words.2, ~words.3)) }

  /// Number of values in the set.
  package var count: Int {
    words.0.nonzeroBitCount + words.1.nonzeroBitCount + words.2.nonzeroBitCount + words.3.nonzeroBitCount
  }

  /// The values in ascending order.
  package var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    forEach { bytes.append($0) }
    return bytes
  }

  /// Calls for every value in ascending order.
  private func forEach(_ body: (UInt8) -> Void) {
    for (index, var word) in [words.0, words.1, words.2, words.3].enumerated() {
      while word != 0 {
        body(UInt8(index * 64 + word.trailingZeroBitCount))
        word &= word - 1
      }
    }
  }

  /// 256 bytes, 1 for each value in the set.
  package var table: [UInt8] {
    var table = [UInt8](repeating: 0, count: 256)
    forEach { table[Int($0)] = 1 }
    return table
  }

  /// The set with the other case of every ASCII letter in it.
  package var caseFolded: ByteSet {
    var result = self
    for byte in bytes where (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A { result.insert(byte ^ 0x20) }
    return result
  }

  package static func == (left: ByteSet, right: ByteSet) -> Bool { left.words == right.words }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(words.0)
    hasher.combine(words.1)
    hasher.combine(words.2)
    hasher.combine(words.3)
  }
}
