/// A literal to look for.
package struct Keyword: Sendable {
  /// At least `KeywordAutomaton.leastLength` bytes.
  package let bytes: [UInt8]
  /// Whether only these very bytes count; otherwise ASCII letters match in either case.
  package let isExact: Bool
  /// What the bytes right behind the keyword must be; it counts only before them.
  package let following: FollowingBytes

  package init(_ bytes: [UInt8], isExact: Bool = false, following: FollowingBytes = .none) {
    self.isExact = isExact
    self.following = following
    self.bytes = isExact || !bytes.contains(where: Self.isUpper) ? bytes : bytes.map(Self.lowercased)
  }

  /// Bits of a byte that must agree: a letter's case bit is left out unless the keyword is exact.
  func mask(at index: Int) -> UInt8 { isExact || !Self.isLetter(bytes[index]) ? 0xFF : 0xDF }

  private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A }
  private static func isUpper(_ byte: UInt8) -> Bool { byte >= 0x41 && byte <= 0x5A }
  private static func lowercased(_ byte: UInt8) -> UInt8 { isUpper(byte) ? byte | 0x20 : byte }
}

/// A place where a keyword stands.
package struct KeywordHit: Sendable, Hashable, Comparable {
  /// Position in the upper half, keyword in the lower: ordered as one word.
  @usableFromInline let word: UInt64

  package init(position: Int, keyword: Int) {
    word = UInt64(truncatingIfNeeded: position) << 32 | UInt64(truncatingIfNeeded: keyword)
  }

  /// Offset of the keyword's first byte in the bytes that were searched.
  @inlinable package var position: Int { Int(word >> 32) }
  /// Index of the keyword in the list the automaton was made of.
  @inlinable package var keyword: Int { Int(word & 0xFFFF_FFFF) }

  package static func < (left: KeywordHit, right: KeywordHit) -> Bool { left.word < right.word }
}
