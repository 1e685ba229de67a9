/// Undoes a filter that makes programs and samples smaller when they are compressed, by itself.
///
/// liblzma undoes filters only in front of LZMA2 (lzma/filter.h), and holds some bytes back until that has ended. So it is given
/// LZMA2 whose chunks are stored as they are (the .xz file format, section 5.3.1).
final class LZMAFilterDecoder: StreamDecoder {
  private static let greatestChunk = 1 << 16
  /// LZMA2's smallest dictionary, 4 KiB.
  private static let smallest = LZMADecoder.Filter(number: LZMADecoder.Filter.lzma2, properties: [0])

  private let decoder: LZMADecoder
  /// Bytes that will come in, and go out.
  private var left: Int
  /// What is to be told before the next bytes, and how many of them belong to the chunk.
  private var header: ArraySlice<UInt8> = []
  private var chunkLeft = 0
  private var isFirst = true
  private var isEnding = false

  /// - Parameter length: how many bytes will come.
  init?(_ filter: LZMADecoder.Filter, length: Int, _ memory: DecoderMemory) {
    guard let decoder = LZMADecoder(.raw([filter, Self.smallest]), memory) else { return nil }
    self.decoder = decoder
    left = length
  }

  // SAFETY: pieces of input and room are used within the call only.
  func step(
    _ input: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer
  ) -> (
    taken: Int, written: Int, outcome: DecodingOutcome
  ) {
    var (taken, written) = (0, 0)
    while true {
      if header.isEmpty, chunkLeft == 0 { beginChunk(of: input.count - taken) }
      let isHeader = !header.isEmpty
      // SAFETY: as above: each piece is lent for one call.
      let room = unsafe UnsafeMutableRawBufferPointer(rebasing: output[written...])
      let step =
        if isHeader {
          unsafe header.withUnsafeBytes { unsafe decoder.step($0, room) }
        } else {
          unsafe decoder.step(UnsafeRawBufferPointer(rebasing: input[taken...].prefix(chunkLeft)), room)
        }
      written += step.written
      if isHeader {
        header = header.dropFirst(step.taken)
      } else {
        taken += step.taken
        chunkLeft -= step.taken
        left -= step.taken
      }
      let isIdle = step.taken == 0 && step.written == 0
      if step.outcome != .more || isIdle || written == output.count { return (taken, written, step.outcome) }
    }
  }

  private func beginChunk(of available: Int) {
    if left == 0, !isEnding {
      isEnding = true
      header = [0]
    } else if !isEnding, available > 0 {
      chunkLeft = min(available, left, Self.greatestChunk)
      // A chunk that is stored, the first of which makes the dictionary anew; its length less one.
      let length = UInt16(chunkLeft - 1)
      header = [isFirst ? 1 : 2, UInt8(length >> 8), UInt8(truncatingIfNeeded: length)]
      isFirst = false
    }
  }
}
