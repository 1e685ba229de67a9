/// Reads a file that is one compressed stream, or several one behind the other.
///
/// `cat a.gz b.gz` is a file of both texts (RFC 1952, section 2.2); bzip2, xz and zstd do the same. Zeros between and behind
/// are padding. Of zstd, frames that decoders skip (RFC 8878, section 3.1.2) stand anywhere among the others, whose text goes on behind
/// them; what they hold is kept, and handed out at the end.
package final class CompressedReader: ContainerReader {
  /// Bytes of frames to be skipped that are kept, and of their number.
  private static let mostSkipped = 1 << 20
  private static let mostFrames = 1000

  private enum State {
    case stream
    /// Behind a stream: what follows is not known yet.
    case behind
    /// The length of a frame to be skipped, and what it holds.
    case skippedLength
    case skipped(left: Int)
    case ended
    case failed
  }

  private let compression: Compression
  private let decompressor: Decompressor
  /// Whether a stream behind the first is none of this reader's.
  private let isSingle: Bool
  private var state: State
  private var isOpen = false
  /// The first bytes behind a stream, until they tell what follows.
  private var follower = HeaderBuffer()
  /// What frames to be skipped hold.
  private var skipped: [[UInt8]] = []
  private var skippedLength = 0

  /// - Parameter isSingle: whether one stream is all that is read.
  package init(_ compression: Compression, isSingle: Bool = false, memory: DecoderMemory) {
    self.compression = compression
    decompressor = Decompressor(compression, memory: memory)
    self.isSingle = isSingle || Self.signature(compression).isEmpty
    // The first frame may be one to be skipped.
    state = compression == .zstandard ? .behind : .stream
  }

  package var hasEnded: Bool { if case .ended = state { true } else { false } }

  // SAFETY: pieces of the input are used within the call only.
  package func step(_ rest: UnsafeRawBufferPointer, to sink: any ContainerSink) -> Int? {
    switch state {
    case .stream: return unsafe decode(rest, sink)
    case .behind: return unsafe readBehind(rest, sink)
    case .skippedLength:
      let taken = unsafe follower.fill(to: 8, from: rest)
      if follower.bytes.count == 8 { beginSkipped(follower.number(at: 4, length: 4), sink) }
      return taken
    case .skipped(let left):
      let taken = min(left, rest.count)
      if skippedLength <= Self.mostSkipped, let last = skipped.indices.last {
        unsafe skipped[last].append(contentsOf: rest[..<taken])
      }
      state = taken == left ? .behind : .skipped(left: left - taken)
      return taken
    case .ended, .failed: return nil
    }
  }

  package func finish(_ sink: any ContainerSink) {
    switch state {
    case .stream, .skippedLength, .skipped: sink.gap("it ends early")
    case .behind where !follower.bytes.isEmpty: sink.gap("what stands behind its end is searched as it is")
    default: break
    }
    close(sink)
  }

  private func close(_ sink: any ContainerSink) {
    if isOpen { sink.end() }
    isOpen = false
    for bytes in skipped {
      guard sink.begin(nil, at: 0, isVerbatim: false) else { break }
      // SAFETY: the bytes are used within the call only.
      _ = unsafe bytes.withUnsafeBytes { unsafe sink.take($0) }
      sink.end()
    }
    skipped = []
  }

  private func beginSkipped(_ length: Int, _ sink: any ContainerSink) {
    follower.clear()
    skippedLength += length
    if skippedLength > Self.mostSkipped || skipped.count >= Self.mostFrames {
      sink.gap("what frames of it hold that decoders skip is searched as it is")
    } else if length > 0 {
      skipped.append([])
    }
    state = length == 0 ? .behind : .skipped(left: length)
  }

  // SAFETY: handed through for the time of the call.
  private func decode(_ bytes: UnsafeRawBufferPointer, _ sink: any ContainerSink) -> Int {
    if !isOpen {
      isOpen = true
      guard sink.begin(nil, at: 0, isVerbatim: false) else {
        state = .failed
        return 0
      }
    }
    let (taken, outcome) = unsafe decompressor.decode(bytes) { piece in unsafe sink.take(piece) }
    switch outcome {
    case .more: break
    case .ended:
      state = isSingle ? .ended : .behind
      if isSingle { close(sink) }
    case .failed(let reason):
      sink.gap(reason)
      fallthrough
    case .unwanted:
      state = .failed
      close(sink)
    }
    return taken
  }

  // SAFETY: handed through for the time of the call.
  private func readBehind(_ bytes: UnsafeRawBufferPointer, _ sink: any ContainerSink) -> Int {
    if follower.bytes.isEmpty, unsafe bytes[0] == 0 { return 1 }
    let signature = Self.signature(compression)
    let taken = unsafe follower.fill(to: signature.count, from: bytes)
    guard follower.bytes.count == signature.count else { return taken }
    if compression == .zstandard, follower.bytes[0] & 0xF0 == 0x50, follower.bytes[1...] == [0x2A, 0x4D, 0x18] {
      state = .skippedLength
      return taken
    }
    guard follower.bytes == signature else {
      state = .ended
      close(sink)
      return 0
    }
    state = .stream
    decompressor.restart()
    _ = unsafe follower.bytes.withUnsafeBytes { unsafe decode($0, sink) }
    follower.clear()
    return taken
  }

  /// What every stream of the kind starts with, where streams stand one behind the other.
  private static func signature(_ compression: Compression) -> [UInt8] {
    switch compression {
    case .gzip: [0x1F, 0x8B, 0x08]
    case .bzip2: Array("BZh".utf8)
    case .xz: [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]
    case .zstandard: [0x28, 0xB5, 0x2F, 0xFD]
    case .deflate, .zlib, .lzma: []
    }
  }
}
