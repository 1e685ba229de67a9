@testable import Artifacts

extension ByteSource where Self: ~Copyable {
  /// Reads piece by piece to the end and has it verified; `each` gets the pieces, not to be kept.
  mutating func readAll(pieces: Int, _ each: (UnsafeRawBufferPointer) -> Void) throws(ArtifactError) {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: pieces, alignment: 1)
    // SAFETY: allocated above and freed once, after the last use.
    defer { unsafe buffer.deallocate() }
    while !isExhausted {
      let count = try unsafe read(into: buffer)
      if count == 0 { break }
      unsafe each(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
    try finish()
  }
}
