/// Reads an RPM package (format v3 and v4): a lead, two headers, and a compressed cpio archive behind them.
///
/// The headers hold scripts and what was written of the changes; they are handed out as members without a name.
package final class RPMReader: ArchiveReader, ContainerReader {
  private enum State {
    /// Ninety-six bytes that say little.
    case lead
    /// The sixteen bytes that tell how long a header is.
    case introduction(isSignature: Bool)
    case header(left: Int, isSignature: Bool)
    /// The first bytes of the payload tell what it is.
    case start
    case payload
    case failed
  }

  private static let greatestHeader = 1 << 28

  private var state = State.lead

  package override init() {}

  /// The payload goes on to the end.
  package var hasEnded: Bool { false }

  // SAFETY: pieces of the input are used within the call only.
  package func step(_ rest: UnsafeRawBufferPointer, to sink: any ContainerSink) -> Int? {
    let taken: Int
    switch state {
    case .lead:
      taken = unsafe gather(96, rest) {
        header.clear()
        state = .introduction(isSignature: true)
      }
    case .introduction(let isSignature):
      taken = unsafe gather(16, rest) { readIntroduction(isSignature, sink) }
    case .header(let left, let isSignature):
      let piece = unsafe pass(left, rest)
      taken = piece.count
      state = .header(left: left - taken, isSignature: isSignature)
      if unsafe !sink.take(piece) {
        fail(nil, sink)
      } else if taken == left {
        close(sink)
        state = isSignature ? .introduction(isSignature: false) : .start
      }
    case .start: taken = unsafe gather(6, rest) { begin(sink) }
    case .payload:
      let piece = unsafe pass(rest.count, rest)
      taken = piece.count
      if unsafe !sink.take(piece) { fail(nil, sink) }
    case .failed: return nil
    }
    return taken
  }

  package func finish(_ sink: any ContainerSink) {
    switch state {
    case .failed: break
    case .payload: close(sink)
    default: fail("it ends early", sink)
    }
  }

  private func fail(_ reason: String?, _ sink: any ContainerSink) {
    state = .failed
    abandon(reason, sink)
  }

  private func readIntroduction(_ isSignature: Bool, _ sink: any ContainerSink) {
    defer { header.clear() }
    let entries = header.networkNumber(at: 8, length: 4)
    let store = header.networkNumber(at: 12, length: 4)
    // Each entry of the index takes sixteen bytes. The first header is filled up to a multiple of eight.
    let length = 16 * entries + store
    guard header.bytes.starts(with: [0x8E, 0xAD, 0xE8]), length <= Self.greatestHeader else {
      return fail("a header of it is damaged at byte \(offset - 16)", sink)
    }
    let left = isSignature ? (length + 7) / 8 * 8 : length
    if left == 0 {
      state = isSignature ? .introduction(isSignature: false) : .start
    } else if open(nil, at: offset, sink) {
      state = .header(left: left, isSignature: isSignature)
    } else {
      fail(nil, sink)
    }
  }

  private func begin(_ sink: any ContainerSink) {
    defer { header.clear() }
    guard CompressedStart.isOne(header.bytes) || header.bytes.starts(with: Array("07070".utf8)) else {
      return fail("its payload is packed in a way that is not known", sink)
    }
    guard open(nil, at: offset - header.bytes.count, sink) else { return fail(nil, sink) }
    state = .payload
    // SAFETY: the bytes are used within the call only.
    if unsafe !header.bytes.withUnsafeBytes({ unsafe sink.take($0) }) { fail(nil, sink) }
  }
}
