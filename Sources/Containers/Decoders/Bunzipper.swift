import CBZip2

// SAFETY: the stream is allocated and cleared in init, ended and freed in deinit; input and room are lent for one call.
/// libbzip2's decoder (bzlib.h).
@safe final class Bunzipper: StreamDecoder {
  private let stream: UnsafeMutablePointer<bz_stream>
  private let memory: DecoderMemory

  init?(_ memory: DecoderMemory) {
    self.memory = memory
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: bz_stream())
    unsafe stream.pointee.opaque = memory.opaque
    unsafe stream.pointee.bzalloc = { unsafe DecoderMemory.of($0)?.allocate(Int($1) * Int($2)) }
    unsafe stream.pointee.bzfree = { unsafe DecoderMemory.of($0)?.free($1) }
    guard unsafe BZ2_bzDecompressInit(stream, 0, 0) == BZ_OK else { return nil }
  }

  deinit {
    unsafe BZ2_bzDecompressEnd(stream)
    unsafe stream.deallocate()
  }

  func step(
    _ input: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer
  ) -> (
    taken: Int, written: Int, outcome: DecodingOutcome
  ) {
    let length = UInt32(clamping: input.count)
    unsafe stream.pointee.next_in = UnsafeMutableRawPointer(mutating: input.baseAddress)?.assumingMemoryBound(
      to: CChar.self)
    unsafe stream.pointee.avail_in = length
    unsafe stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: CChar.self)
    unsafe stream.pointee.avail_out = UInt32(output.count)
    let code = unsafe BZ2_bzDecompress(stream)
    let taken = unsafe Int(length - stream.pointee.avail_in)
    let written = unsafe output.count - Int(stream.pointee.avail_out)
    switch code {
    case BZ_STREAM_END: return (taken, written, .ended)
    case BZ_OK: return (taken, written, .more)
    case BZ_MEM_ERROR: return (taken, written, .tooLarge)
    default: return (taken, written, .failed("it is damaged"))
    }
  }
}
