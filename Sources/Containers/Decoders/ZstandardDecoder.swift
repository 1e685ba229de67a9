import CZstd

// SAFETY: the context is made in init and freed in deinit; input and room are lent for one call.
/// libzstd's decoder (zstd.h), frame by frame.
@safe final class ZstandardDecoder: StreamDecoder {
  /// Greatest window, as its binary logarithm: 128 MiB, what zstd(1) decodes unless told otherwise.
  private static let windowLog: Int32 = 27

  private let context: OpaquePointer
  private let memory: DecoderMemory

  init?(_ memory: DecoderMemory) {
    self.memory = memory
    let own = unsafe ZSTD_customMem(
      customAlloc: { unsafe DecoderMemory.of($0)?.allocate($1) }, customFree: { unsafe DecoderMemory.of($0)?.free($1) },
      opaque: memory.opaque)
    guard let context = unsafe ZSTD_createDCtx_advanced(own) else { return nil }
    unsafe self.context = context
    _ = unsafe ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, Self.windowLog)
  }

  deinit { _ = unsafe ZSTD_freeDCtx(context) }

  func step(
    _ input: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer
  ) -> (
    taken: Int, written: Int, outcome: DecodingOutcome
  ) {
    var source = unsafe ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: 0)
    var target = unsafe ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
    let left = unsafe ZSTD_decompressStream(context, &target, &source)
    let (taken, written) = unsafe (source.pos, target.pos)
    if ZSTD_isError(left) != 0 {
      switch ZSTD_getErrorCode(left) {
      case ZSTD_error_frameParameter_windowTooLarge, ZSTD_error_memory_allocation: return (taken, written, .tooLarge)
      case ZSTD_error_dictionary_wrong: return (taken, written, .failed("it needs a dictionary"))
      default: return (taken, written, .failed("it is damaged"))
      }
    }
    return (taken, written, left == 0 ? .ended : .more)
  }
}
