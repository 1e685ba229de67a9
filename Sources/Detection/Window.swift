import ByteText

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

// SAFETY: the storage is allocated in init, freed in deinit and never handed out beyond the window's own life; every
// offset into it is checked against the capacity or the count.
/// The part of an artifact that is at hand: bytes already searched that still matter, then new ones.
@safe struct Window: ~Copyable {
  // SAFETY: allocated in init, freed in deinit; the struct cannot be copied, so nobody else holds it.
  private let storage: UnsafeMutableRawPointer
  let capacity: Int
  /// Offset in the artifact of the first byte at hand.
  private(set) var base = 0
  /// Number of bytes at hand.
  private(set) var count = 0
  /// Where the first byte at hand stands.
  private(set) var start = LineCursor()
  /// Most bytes that were ever at hand since the last wipe.
  private var highest = 0

  init(capacity: Int) {
    self.capacity = capacity
    unsafe storage = UnsafeMutableRawPointer.allocate(byteCount: capacity + KeywordAutomaton.padding, alignment: 64)
  }

  deinit { unsafe storage.deallocate() }

  /// Offset in the artifact behind the last byte at hand.
  var end: Int { base + count }
  /// Bytes that can still be taken in.
  var space: Int { capacity - count }
  /// The bytes at hand; `KeywordAutomaton.padding` bytes behind them may be read.
  var bytes: UnsafeRawBufferPointer { unsafe UnsafeRawBufferPointer(start: storage, count: count) }

  mutating func reset() {
    base = 0
    count = 0
    start = LineCursor()
  }

  /// Lets a source write behind what is there.
  ///
  /// - Returns: what the source returned: number of bytes written, 0 at its end.
  mutating func append<E: Error>(
    atMost limit: Int = .max, _ source: (UnsafeMutableRawBufferPointer) throws(E) -> Int
  ) throws(E) -> Int {
    // SAFETY: the buffer lies within the free part of the storage.
    let free = unsafe UnsafeMutableRawBufferPointer(start: storage + count, count: min(limit, space))
    let written = try unsafe source(free)
    precondition(written >= 0 && written <= free.count, "a source wrote outside its buffer")
    count += written
    highest = max(highest, count)
    return written
  }

  /// Forgets the bytes before an offset of the artifact.
  ///
  /// - Complexity: linear in what is forgotten and what stays.
  mutating func discard(before offset: Int) {
    let length = offset - base
    guard length > 0 else { return }
    unsafe start.move(to: offset, in: bytes, at: base, earliest: start)
    // SAFETY: both ranges lie within the storage; memmove takes overlapping ones.
    unsafe memmove(storage, storage + length, count - length)
    base = offset
    count -= length
  }

  /// Overwrites everything that was ever at hand.
  mutating func wipe() {
    // SAFETY: `highest` never exceeds the capacity.
    #if canImport(Darwin)
      _ = unsafe memset_s(storage, highest, 0, highest)
    #else
      unsafe explicit_bzero(storage, highest)
    #endif
    highest = 0
  }
}
