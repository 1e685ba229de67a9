/// Reads a cpio archive (cpio(5)): of the new form, with checksums or without, or of the old portable one.
///
/// The images a kernel starts from are several archives one behind the other, with zeros between; the last may be compressed.
package final class CpioReader: ArchiveReader, ContainerReader {
  private enum State {
    /// Zeros, or the six bytes each header starts with.
    case magic
    case header
    case name(length: Int, size: Int)
    case padding(left: Int, size: Int)
    case contents(left: Int)
    case contentsPadding(left: Int)
    /// A compressed archive goes on to the end.
    case compressed
    case ended
    case failed
  }

  private static let trailer = Array("TRAILER!!!".utf8)
  private static let greatestName = 1 << 16

  private var state = State.magic
  private var name: [UInt8] = []
  private var isPortable = false
  /// Whether the last archive ended, and no other began.
  private var isBehindTrailer = false
  /// Zeros behind the contents of the member.
  private var contentsPadding = 0

  package override init() {}

  package var hasEnded: Bool { if case .ended = state { true } else { false } }

  // SAFETY: pieces of the input are used within the call only.
  package func step(_ rest: UnsafeRawBufferPointer, to sink: any ContainerSink) -> Int? {
    var taken = 0
    switch state {
    case .magic:
      if isBehindTrailer, header.bytes.isEmpty, unsafe rest[0] == 0 {
        taken = unsafe pass(1, rest).count
      } else {
        taken = unsafe gather(6, rest) { readMagic(sink) }
      }
    case .header: taken = unsafe gather(isPortable ? 76 : 110, rest) { readHeader(sink) }
    case .name(let length, let size): taken = unsafe gather(length, rest) { readName(size, sink) }
    case .padding(let left, let size):
      taken = unsafe pass(left, rest).count
      state = .padding(left: left - taken, size: size)
      if taken == left { begin(size, sink) }
    case .contents(let left):
      let piece = unsafe pass(left, rest)
      taken = piece.count
      state = .contents(left: left - taken)
      if unsafe !sink.take(piece) {
        fail(nil, sink)
      } else if taken == left {
        endContents(sink)
      }
    case .contentsPadding(let left):
      taken = unsafe pass(left, rest).count
      state = taken == left ? .magic : .contentsPadding(left: left - taken)
    case .compressed:
      let piece = unsafe pass(rest.count, rest)
      taken = piece.count
      if unsafe !sink.take(piece) { fail(nil, sink) }
    case .ended, .failed: return nil
    }
    return taken
  }

  package func finish(_ sink: any ContainerSink) {
    switch state {
    case .ended, .failed: break
    case .compressed: close(sink)
    case .magic where isBehindTrailer && header.bytes.isEmpty: break
    case .magic where isBehindTrailer: sink.gap("what stands behind its end is searched as it is")
    default: fail("it ends early", sink)
    }
  }

  private func fail(_ reason: String?, _ sink: any ContainerSink) {
    state = .failed
    abandon(reason, sink)
  }

  private func readMagic(_ sink: any ContainerSink) {
    switch String(decoding: header.bytes, as: UTF8.self) {
    case "070701", "070702": isPortable = false
    case "070707": isPortable = true
    default:
      if isBehindTrailer, CompressedStart.isOne(header.bytes) {
        beginCompressed(sink)
      } else if isBehindTrailer {
        state = .ended
      } else {
        fail("a header of it is damaged at byte \(offset - header.bytes.count)", sink)
      }
      return
    }
    isBehindTrailer = false
    state = .header
  }

  private func beginCompressed(_ sink: any ContainerSink) {
    guard open(nil, at: offset - header.bytes.count, sink) else { return fail(nil, sink) }
    state = .compressed
    // SAFETY: the bytes are used within the call only.
    if unsafe !header.bytes.withUnsafeBytes({ unsafe sink.take($0) }) { fail(nil, sink) }
  }

  private func readHeader(_ sink: any ContainerSink) {
    let length = isPortable ? header.number(at: 59, length: 6, radix: 8) : header.number(at: 94, length: 8, radix: 16)
    let size = isPortable ? header.number(at: 65, length: 11, radix: 8) : header.number(at: 54, length: 8, radix: 16)
    guard let length, let size, (1...Self.greatestName).contains(length) else {
      return fail("a header of it is damaged at byte \(offset - header.bytes.count)", sink)
    }
    header.clear()
    state = .name(length: length, size: size)
  }

  private func readName(_ size: Int, _ sink: any ContainerSink) {
    name = Array(header.bytes.prefix { $0 != 0 })
    // The header is 110 bytes long; both together end at a multiple of four.
    let padding = isPortable ? 0 : (4 - (110 + header.bytes.count) % 4) % 4
    header.clear()
    state = .padding(left: padding, size: size)
    if padding == 0 { begin(size, sink) }
  }

  private func begin(_ size: Int, _ sink: any ContainerSink) {
    if name == Self.trailer, size == 0 {
      isBehindTrailer = true
      state = .magic
      return
    }
    state = .contents(left: size)
    if size == 0 { return endContents(sink) }
    guard open(name, at: offset, sink) else { return fail(nil, sink) }
    contentsPadding = isPortable ? 0 : (4 - size % 4) % 4
  }

  private func endContents(_ sink: any ContainerSink) {
    close(sink)
    state = contentsPadding > 0 ? .contentsPadding(left: contentsPadding) : .magic
    contentsPadding = 0
  }
}
