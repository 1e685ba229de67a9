/// What names of keys say, each judged once: a text has few of them, and has them often.
///
/// A name has one slot by its hash; another one of the same slot takes its place.
struct KeyNames {
  private static let slotBits = 12
  /// Bytes of a name that are kept, behind their number; longer ones are judged each time.
  private static let greatestCount = 63

  /// For each slot the number of bytes, and the bytes. Empty until the first name is judged: most texts that are searched for
  /// layers' sake hold none.
  private var texts: [UInt8] = []
  private var names: [KeyName] = []

  /// What a name says, by its place in a view.
  mutating func judged(_ name: Range<Int>, in bytes: ByteView) -> KeyName {
    guard !name.isEmpty, name.count <= Self.greatestCount else { return KeyName(bytes.copy(name)) }
    if names.isEmpty {
      texts = Array(repeating: 0, count: (Self.greatestCount + 1) << Self.slotBits)
      names = Array(repeating: KeyName([]), count: 1 << Self.slotBits)
    }
    // FNV-1a (Fowler, Noll, Vo), of which the upper bits depend on every byte.
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for index in name { hash = (hash ^ UInt64(bytes[index])) &* 0x0000_0100_0000_01B3 }
    let slot = Int(hash >> UInt64(64 - Self.slotBits))
    let start = slot * (Self.greatestCount + 1)
    let count = Int(texts[start])
    if count == name.count, bytes.holds(texts[(start + 1)...(start + count)], in: name) { return names[slot] }
    let text = bytes.copy(name)
    // A name that goes beyond the view would not fit its place.
    guard text.count == name.count else { return KeyName(text) }
    texts[start] = UInt8(name.count)
    texts.replaceSubrange((start + 1)...(start + name.count), with: text)
    names[slot] = KeyName(text)
    return names[slot]
  }

  /// Whether a name is none of a secret.
  mutating func isHarmless(_ name: Range<Int>, in bytes: ByteView) -> Bool { judged(name, in: bytes).role == nil }
}
