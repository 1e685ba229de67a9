/// A word of a name, its ASCII letters in lower case, as two numbers: told from another one at once.
///
/// Names are judged at every key word, and strings take ten times as long to be made and hashed.
struct NameWord: Hashable, Comparable, ExpressibleByStringLiteral {
  /// Bytes of the longest word that is told from all others; the lexicon has none that is longer.
  static let greatestCount = 15

  /// Its first eight bytes, the first of them lowest.
  private let start: UInt64
  /// The next seven, and above them the number of all; 16 stands for more than there is room for.
  private let rest: UInt64

  init(_ bytes: some Collection<UInt8>) {
    var words: (start: UInt64, rest: UInt64) = (0, 0)
    var count = 0
    for byte in bytes {
      if count < 8 {
        words.start |= UInt64(byte.lowercased) << UInt64(8 * count)
      } else if count < Self.greatestCount {
        words.rest |= UInt64(byte.lowercased) << UInt64(8 * (count - 8))
      }
      count += 1
      if count > Self.greatestCount { break }
    }
    start = words.start
    rest = words.rest | UInt64(count) << 56
  }

  init(stringLiteral text: String) { self.init(text.utf8) }

  /// Its bits, of which the upper ones depend on all.
  var mix: UInt64 { (start &* 0x9E37_79B9_7F4A_7C15 ^ rest) &* 0xC2B2_AE3D_27D4_EB4F }

  /// Number of bytes, up to one more than `greatestCount`.
  var count: Int { Int(rest >> 56) }
  var first: UInt8 { self[0] }
  /// The last byte of those that are told.
  var last: UInt8 { self[max(0, min(count, Self.greatestCount) - 1)] }

  private subscript(index: Int) -> UInt8 {
    UInt8(truncatingIfNeeded: index < 8 ? start >> UInt64(8 * index) : rest >> UInt64(8 * (index - 8)))
  }

  /// Whether a text starts with it.
  func starts(_ text: ArraySlice<UInt8>) -> Bool { stands(at: text.startIndex, in: text) }

  /// Whether a text ends with it.
  func ends(_ text: ArraySlice<UInt8>) -> Bool { stands(at: text.endIndex - count, in: text) }

  private func stands(at index: Int, in text: ArraySlice<UInt8>) -> Bool {
    guard count <= text.count else { return false }
    for place in 0..<count where text[index + place].lowercased != self[place] { return false }
    return true
  }

  /// Whether it is a number: a word of a name that starts with a digit holds nothing else.
  var isNumber: Bool { first.isDigit }

  /// The order of their bytes.
  static func < (left: NameWord, right: NameWord) -> Bool {
    (left.start.byteSwapped, left.rest.byteSwapped) < (right.start.byteSwapped, right.rest.byteSwapped)
  }
}
