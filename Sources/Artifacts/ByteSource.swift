/// Where the bytes of one artifact come from, first to last, once.
///
/// Read until `isExhausted`, or until a read gives 0 bytes; then `finish` proves that what was read is the whole.
package protocol ByteSource: ~Copyable {
  /// Number of bytes the artifact has, where that is known beforehand.
  var size: Int? { get }

  /// Whether it is known that no bytes are left, which saves the read that gives 0.
  var isExhausted: Bool { get }

  /// Reads the next bytes and returns how many; 0 only at the end.
  ///
  /// `buffer` is not empty. Errors: the read failed; the bytes read before stay good.
  mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(ArtifactError) -> Int

  /// Copies the bytes at an offset, without moving on; `false` where not all of them are there, or only the next can be had.
  func copy(from offset: Int, into buffer: UnsafeMutableRawBufferPointer) -> Bool

  /// Verifies that the artifact was read whole and did not change meanwhile.
  mutating func finish() throws(ArtifactError)
}

extension ByteSource where Self: ~Copyable {
  package func copy(from offset: Int, into buffer: UnsafeMutableRawBufferPointer) -> Bool { false }
}
