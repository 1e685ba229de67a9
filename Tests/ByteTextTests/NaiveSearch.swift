import TestSupport
import Testing

@testable import ByteText

/// Keyword search worked out the slow way: every keyword at every place.
struct NaiveSearch {
  /// A place where a keyword stands.
  struct Hit: Hashable, Comparable {
    var position: Int
    var keyword: Int

    init(position: Int, keyword: Int) {
      self.position = position
      self.keyword = keyword
    }

    init(_ hit: KeywordHit) { self.init(position: hit.position, keyword: hit.keyword) }

    static func < (left: Hit, right: Hit) -> Bool { (left.position, left.keyword) < (right.position, right.keyword) }
  }

  private let keywords: [Keyword]
  /// Keywords by their first three bytes, in lower case.
  private var starts: [Int: [Int]] = [:]

  init(_ keywords: [Keyword]) {
    self.keywords = keywords
    for (index, keyword) in keywords.enumerated() { starts[Self.start(keyword.bytes, 0), default: []].append(index) }
  }

  func hits(in text: [UInt8], starts range: Range<Int>) -> [Hit] {
    range.flatMap { place -> [Hit] in
      guard place + 3 <= text.count, let likely = starts[Self.start(text, place)] else { return [] }
      return likely.filter { stands(keywords[$0], in: text, at: place) }.map { Hit(position: place, keyword: $0) }
    }
  }

  private func stands(_ keyword: Keyword, in text: [UInt8], at place: Int) -> Bool {
    let length = keyword.bytes.count
    let following = keyword.following.values
    guard place + length + following.count <= text.count else { return false }
    for index in 0..<length {
      let byte = text[place + index]
      if keyword.bytes[index] != (keyword.isExact ? byte : Self.lowercased(byte)) { return false }
    }
    return following.indices.allSatisfy { following[$0].contains(text[place + length + $0]) }
  }

  private static func start(_ bytes: [UInt8], _ place: Int) -> Int {
    Int(lowercased(bytes[place])) << 16 | Int(lowercased(bytes[place + 1])) << 8 | Int(lowercased(bytes[place + 2]))
  }

  private static func lowercased(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte + 0x20 : byte }
}

extension KeywordAutomaton {
  /// Hits in bytes held in an array, behind whose end stands the given padding; searched as a short text and as a long one.
  func hits(in text: [UInt8], starts: Range<Int>? = nil, padding: [UInt8] = []) -> [NaiveSearch.Hit] {
    var found: [KeywordHit] = []
    var foundShort: [KeywordHit] = []
    let starts = starts ?? 0..<text.count
    _ = grams()
    let rest = [UInt8](repeating: 0, count: max(0, Self.padding - padding.count))
    // SAFETY: the buffer is used within the closure only, and holds the padding behind the text.
    unsafe (text + padding + rest).withUnsafeBytes { buffer in
      let bytes = unsafe UnsafeRawBufferPointer(rebasing: buffer[..<text.count])
      unsafe search(bytes, starts: starts, into: &found)
      if let base = bytes.baseAddress {
        unsafe searchShort(base, length: text.count, starts: starts, into: &foundShort)
      }
    }
    #expect(foundShort == found)
    return found.map(NaiveSearch.Hit.init)
  }
}

/// Makes keywords that share pieces with each other, and texts that hold them, nearly.
struct KeywordGenerator {
  var random: SeededRandom

  init(seed: UInt64) { random = SeededRandom(seed: seed) }

  private static let alphabets: [[UInt8]] = [
    Array("ab".utf8), Array("aAbB_".utf8), Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8),
    Array("0123456789abcdef".utf8), Array("-_.:/=@[`{ \n\t".utf8), [0x80, 0xA0, 0xC3, 0xE9, 0xFF, 0x00],
    Array(UInt8.min...UInt8.max),
  ]

  mutating func bytes(_ length: Int) -> [UInt8] {
    let alphabet = random.pick(Self.alphabets)
    return (0..<length).map { _ in random.pick(alphabet) }
  }

  /// Keywords of 3 to 40 bytes: random ones, repeats, and prefixes, suffixes, overlaps and other cases of those before.
  mutating func keywords(_ count: Int) -> [Keyword] {
    var all: [[UInt8]] = []
    while all.count < count {
      let length = random.oneIn(3) ? Int.random(in: 3...40, using: &random) : Int.random(in: 3...9, using: &random)
      guard let earlier = all.randomElement(using: &random), !random.oneIn(3) else {
        all.append(random.oneIn(5) ? Array(repeating: bytes(1)[0], count: length) : bytes(length))
        continue
      }
      let part = Int.random(in: 2..<earlier.count, using: &random)
      let piece: [UInt8]
      switch Int.random(in: 0..<5, using: &random) {
      case 0: piece = Array(earlier.prefix(part))
      case 1: piece = Array(earlier.suffix(part))
      case 2: piece = Array(earlier.suffix(part)) + bytes(length)
      case 3: piece = bytes(length) + Array(earlier.prefix(part))
      default: piece = earlier.map { random.oneIn(4) ? $0 ^ 0x20 : $0 }
      }
      if (3...40).contains(piece.count) { all.append(piece) }
    }
    return all.map { Keyword($0, isExact: random.oneIn(2), following: following()) }
  }

  /// Nothing, or what one or two bytes behind a keyword must be.
  private mutating func following() -> FollowingBytes {
    guard random.oneIn(3) else { return .none }
    let sets = (0..<(random.oneIn(2) ? 1 : 2)).map { _ in Set(bytes(Int.random(in: 1...30, using: &random))) }
    return FollowingBytes(sets.map { $0.sorted() })
  }

  /// Text of about the given length that holds keywords, some with a byte or a case changed.
  mutating func text(_ length: Int, of keywords: [Keyword]) -> [UInt8] {
    var text: [UInt8] = []
    while text.count < length {
      if random.oneIn(3) {
        text += bytes(Int.random(in: 1...20, using: &random))
        continue
      }
      let keyword = random.pick(keywords)
      var piece = keyword.bytes
      let place = Int.random(in: 0..<piece.count, using: &random)
      switch Int.random(in: 0..<6, using: &random) {
      case 0: piece[place] ^= 0x20
      case 1: piece[place] ^= 0x80
      case 2: piece[place] = UInt8.random(in: 0...255, using: &random)
      case 3: piece.removeLast(place)
      default: break
      }
      // What may follow it, more often than chance would have it.
      for values in keyword.following.values where !random.oneIn(5) { piece.append(random.pick(values)) }
      text += piece
    }
    return text
  }
}
