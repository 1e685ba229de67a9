import CZlib

// SAFETY: the stream is allocated and cleared in init, ended and freed in deinit; input and room are lent for one call.
/// zlib's decoder (zlib.h) of gzip, zlib and bare deflate.
@safe final class Inflater: StreamDecoder {
  private let stream: UnsafeMutablePointer<z_stream>
  private let memory: DecoderMemory

  /// - Parameter windowBits: as inflateInit2 takes it.
  init?(windowBits: Int32, _ memory: DecoderMemory) {
    self.memory = memory
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    unsafe stream.pointee.opaque = memory.opaque
    unsafe stream.pointee.zalloc = { unsafe DecoderMemory.of($0)?.allocate(Int($1) * Int($2)) }
    unsafe stream.pointee.zfree = { unsafe DecoderMemory.of($0)?.free($1) }
    guard unsafe inflateInit2_(stream, windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      return nil
    }
  }

  deinit {
    unsafe inflateEnd(stream)
    unsafe stream.deallocate()
  }

  func restart() -> Bool { unsafe inflateReset(stream) == Z_OK }

  func step(
    _ input: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer
  ) -> (
    taken: Int, written: Int, outcome: DecodingOutcome
  ) {
    let length = UInt32(clamping: input.count)
    // zlib does not write to its input (zlib.h: next_in is const where Z_CONST is set).
    unsafe stream.pointee.next_in = UnsafeMutableRawPointer(mutating: input.baseAddress)?.assumingMemoryBound(
      to: UInt8.self)
    unsafe stream.pointee.avail_in = length
    unsafe stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
    unsafe stream.pointee.avail_out = UInt32(output.count)
    let code = unsafe inflate(stream, Z_NO_FLUSH)
    let taken = unsafe Int(length - stream.pointee.avail_in)
    let written = unsafe output.count - Int(stream.pointee.avail_out)
    switch code {
    case Z_STREAM_END: return (taken, written, .ended)
    // Z_BUF_ERROR: nothing could be done without more input; no error (zlib.h).
    case Z_OK, Z_BUF_ERROR: return (taken, written, .more)
    case Z_MEM_ERROR: return (taken, written, .tooLarge)
    // A dictionary that is not in the stream (RFC 1950, section 2.2).
    case Z_NEED_DICT: return (taken, written, .failed("it needs a dictionary"))
    default: return (taken, written, .failed("it is damaged"))
    }
  }
}

/// The checksum of zip archives and gzip streams (RFC 1952, section 8), piece by piece.
struct Checksum {
  private(set) var value: UInt = 0

  // SAFETY: the bytes are read within the call.
  mutating func add(_ bytes: UnsafeRawBufferPointer) {
    let pointer = unsafe bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
    value = unsafe crc32_z(value, pointer, bytes.count)
  }
}
