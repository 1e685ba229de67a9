/// The bytes of a pack image: those of a literal, read where they lie in the program, or of an array.
// SAFETY: the memory is never written to; a literal's lives as long as the process, an array's as long as its holder. Every
// access is within the count.
@safe package struct ImageBytes: RandomAccessCollection, @unchecked Sendable {
  private let memory: UnsafeBufferPointer<UInt8>
  private let holder: Holder?

  /// Keeps a copy of an array alive where it is.
  // SAFETY: the memory is written once, here, and given back when nothing refers to it any more.
  @safe private final class Holder {
    let memory: UnsafeMutableBufferPointer<UInt8>

    init(_ bytes: [UInt8]) {
      // SAFETY: as many bytes are taken as are written.
      unsafe memory = .allocate(capacity: bytes.count)
      _ = unsafe memory.initialize(fromContentsOf: bytes)
    }

    // SAFETY: nothing points into the memory once the last copy of the bytes is gone.
    deinit { unsafe memory.deallocate() }
  }

  init(_ text: StaticString) {
    // SAFETY: a literal longer than one character has a pointer representation.
    unsafe memory = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    holder = nil
  }

  init(_ bytes: [UInt8]) {
    let holder = Holder(bytes)
    self.holder = holder
    // SAFETY: the holder goes wherever this goes.
    unsafe memory = UnsafeBufferPointer(holder.memory)
  }

  package var startIndex: Int { 0 }
  package var endIndex: Int { unsafe memory.count }

  package subscript(_ index: Int) -> UInt8 {
    precondition(indices.contains(index))
    // SAFETY: the index was just checked.
    return unsafe memory[index]
  }

  package func withContiguousStorageIfAvailable<Result>(
    _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
  ) rethrows -> Result? {
    // SAFETY: `self`, and so what holds the memory, outlives the call.
    try withExtendedLifetime(holder) { try unsafe body(memory) }
  }

  /// The bytes of a range, copied.
  func copy(_ range: Range<Int>) -> [UInt8] {
    // SAFETY: a buffer checks that its part lies within it in debug builds only, so it is checked here.
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    return unsafe Array(UnsafeBufferPointer(rebasing: memory[range]))
  }

  /// Eight bytes from an index on, the first of them lowest.
  func word(at index: Int) -> UInt64 {
    precondition(index >= 0 && index + 8 <= count)
    // SAFETY: the word was just seen to end within the memory.
    return unsafe UInt64(
      littleEndian: UnsafeRawBufferPointer(memory).loadUnaligned(fromByteOffset: index, as: UInt64.self))
  }
}
