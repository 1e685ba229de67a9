// SAFETY: the block is one that `memory` gave, as long as `capacity`, and goes back to it in deinit; every range is held against `count`.
/// Bytes that are kept because what tells what they are comes behind them. They count as memory of the decoders, and are wiped.
@safe final class HeldBytes {
  private let memory: DecoderMemory
  private var block: UnsafeMutableRawPointer?
  private var capacity = 0
  /// Number of bytes.
  private(set) var count = 0

  init(_ memory: DecoderMemory) { self.memory = memory }

  deinit { unsafe memory.free(block) }

  /// The byte at an offset below `count`.
  subscript(offset: Int) -> UInt8 { unsafe bytes(offset..<offset + 1)[0] }

  /// The bytes of a range; good until the next change.
  func bytes(_ range: Range<Int>) -> UnsafeRawBufferPointer {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    return unsafe UnsafeRawBufferPointer(start: block.map { unsafe $0 + range.lowerBound }, count: range.count)
  }

  /// Adds bytes; `false` where there is no memory for them.
  ///
  /// - Parameter most: bytes there will be in the end, at most.
  func append(_ bytes: UnsafeRawBufferPointer, most: Int) -> Bool {
    if bytes.count == 0 { return true }
    if count + bytes.count > capacity, !grow(to: max(count + bytes.count, min(most, 2 * capacity))) { return false }
    guard let block = unsafe block else { return false }
    unsafe UnsafeMutableRawBufferPointer(start: block + count, count: bytes.count).copyMemory(from: bytes)
    count += bytes.count
    return true
  }

  /// Takes the place of what there is with so many bytes; `false` where there is no memory for them, or whoever is to write
  /// them cannot.
  func fill(_ count: Int, _ write: (UnsafeMutableRawBufferPointer) -> Bool) -> Bool {
    self.count = 0
    guard count <= capacity || grow(to: count) else { return false }
    guard unsafe write(UnsafeMutableRawBufferPointer(start: block, count: count)) else { return false }
    self.count = count
    return true
  }

  private func grow(to capacity: Int) -> Bool {
    guard let new = unsafe memory.allocate(capacity) else { return false }
    if let block = unsafe block { unsafe new.copyMemory(from: block, byteCount: count) }
    unsafe memory.free(block)
    unsafe block = new
    self.capacity = capacity
    return true
  }
}
