/// Bytes that are at hand already.
package struct MemorySource: ByteSource {
  private let bytes: [UInt8]
  private var position = 0

  package init(_ bytes: [UInt8]) { self.bytes = bytes }

  package var size: Int? { bytes.count }
  package var isExhausted: Bool { position == bytes.count }

  package mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(ArtifactError) -> Int {
    let count = min(buffer.count, bytes.count - position)
    // SAFETY: `count` is at most what the buffer holds.
    unsafe buffer.copyBytes(from: bytes[position..<(position + count)])
    position += count
    return count
  }

  package mutating func finish() throws(ArtifactError) {}
}
