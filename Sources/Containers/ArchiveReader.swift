/// What the readers of archives have in common: where they are, the header that is gathered, and the member that is open.
package class ArchiveReader {
  final var header = HeaderBuffer()
  /// Offset of the next byte.
  private(set) final var offset = 0
  private final var isOpen = false

  init() {}

  /// Gathers a header of so many bytes and reads it once they are there; gives how many bytes it took.
  final func gather(_ count: Int, _ rest: UnsafeRawBufferPointer, _ read: () -> Void) -> Int {
    // SAFETY: the bytes are copied before the call returns.
    let taken = unsafe header.fill(to: count, from: rest)
    offset += taken
    if header.bytes.count >= count { read() }
    return taken
  }

  /// Goes on over at most so many bytes, and gives them.
  // SAFETY: the piece is handed on for the time of the caller's call.
  final func pass(_ count: Int, _ rest: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    let piece = unsafe UnsafeRawBufferPointer(rebasing: rest[..<min(count, rest.count)])
    offset += piece.count
    return unsafe piece
  }

  /// Begins a member that stands in the archive as it is; `false` where no more is wanted.
  final func open(_ name: [UInt8]?, at offset: Int, _ sink: any ContainerSink) -> Bool {
    isOpen = sink.begin(name, at: offset, isVerbatim: true)
    return isOpen
  }

  /// Ends the member that is open, if one is.
  final func close(_ sink: any ContainerSink) {
    if isOpen { sink.end() }
    isOpen = false
  }

  /// Ends with the archive half read; the reason is `nil` where the sink knows it.
  final func abandon(_ reason: String?, _ sink: any ContainerSink) {
    close(sink)
    if let reason { sink.gap(reason) }
  }
}
