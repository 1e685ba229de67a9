import CLZMA

// SAFETY: stream and allocator are allocated in init, ended and freed in deinit; input and room are lent for one call.
/// liblzma's decoder of .xz streams, of those before them (lzma/container.h), and of what has no header (lzma/filter.h).
@safe final class LZMADecoder: StreamDecoder {
  /// A filter, or LZMA2 itself, by its number in the .xz file format and its properties as they are written there.
  struct Filter {
    /// The .xz file format, section 5.3.1.
    static let lzma2: UInt64 = 0x21
    let number: UInt64
    let properties: [UInt8]

    /// Whether the library knows it.
    var isKnown: Bool { lzma_filter_decoder_is_supported(number) != 0 }
  }

  /// What the stream looks like.
  enum Format {
    case xz
    /// A header of thirteen bytes and LZMA.
    case alone
    /// No header: what it went through, LZMA2 as the last.
    case raw([Filter])
  }

  private let stream: UnsafeMutablePointer<lzma_stream>
  private let allocator: UnsafeMutablePointer<lzma_allocator>
  private let memory: DecoderMemory

  init?(_ format: Format, _ memory: DecoderMemory) {
    self.memory = memory
    unsafe allocator = .allocate(capacity: 1)
    unsafe allocator.initialize(
      to: lzma_allocator(
        alloc: { unsafe DecoderMemory.of($0)?.allocate($1 * $2) }, free: { unsafe DecoderMemory.of($0)?.free($1) },
        opaque: memory.opaque))
    unsafe stream = .allocate(capacity: 1)
    // All zeros is what LZMA_STREAM_INIT stands for (lzma/base.h).
    unsafe stream.initialize(to: lzma_stream())
    unsafe stream.pointee.allocator = UnsafePointer(allocator)
    let limit = UInt64(DecoderMemory.most)
    let code =
      switch format {
      case .xz: unsafe lzma_stream_decoder(stream, limit, 0)
      case .alone: unsafe lzma_alone_decoder(stream, limit)
      case .raw(let filters): begin(filters)
      }
    guard code == LZMA_OK else { return nil }
  }

  // SAFETY: the library copies what it needs of the filters before the call returns; their options are ours to give back.
  private func begin(_ filters: [Filter]) -> lzma_ret {
    // The number that is none ends the list.
    var list = unsafe [lzma_filter](repeating: lzma_filter(id: UInt64.max, options: nil), count: filters.count + 1)
    defer { for index in filters.indices { unsafe memory.free(list[index].options) } }
    for (index, filter) in filters.enumerated() {
      unsafe list[index].id = filter.number
      let code = unsafe lzma_properties_decode(&list[index], allocator, filter.properties, filter.properties.count)
      if code != LZMA_OK { return code }
    }
    return unsafe lzma_raw_decoder(stream, list)
  }

  deinit {
    unsafe lzma_end(stream)
    unsafe stream.deallocate()
    unsafe allocator.deallocate()
  }

  func step(
    _ input: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer
  ) -> (
    taken: Int, written: Int, outcome: DecodingOutcome
  ) {
    unsafe stream.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
    unsafe stream.pointee.avail_in = input.count
    unsafe stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
    unsafe stream.pointee.avail_out = output.count
    let code = unsafe lzma_code(stream, LZMA_RUN)
    let taken = unsafe input.count - stream.pointee.avail_in
    let written = unsafe output.count - stream.pointee.avail_out
    switch code {
    case LZMA_STREAM_END: return (taken, written, .ended)
    case LZMA_OK, LZMA_BUF_ERROR: return (taken, written, .more)
    case LZMA_MEMLIMIT_ERROR, LZMA_MEM_ERROR:
      return (taken, written, .tooLarge)
    default: return (taken, written, .failed("it is damaged"))
    }
  }
}
