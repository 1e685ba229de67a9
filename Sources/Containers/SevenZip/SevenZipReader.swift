/// Reads a 7z archive (7zFormat.txt).
///
/// What its bytes are is told at its end. So they are held until that has come, or the directory is read before them, where the
/// archive is a file that can be read at any place.
package final class SevenZipReader: ArchiveReader, ContainerReader {
  /// Bytes of an archive that are held at most.
  package static let greatestHeld = 64 << 20

  private enum State {
    case start
    case holding(SevenZipStart)
    case contents(SevenZipContents, left: Int)
    case ended
    case failed
  }

  private var state = State.start
  private let memory: DecoderMemory
  private let held: HeldBytes
  /// The directory, or why there is none, where it was read before.
  private let known: Result<SevenZipDirectory, SevenZipRefusal>?

  /// - Parameter directory: what `SevenZipDirectory.of` gave of the archive.
  package init(_ directory: Result<SevenZipDirectory, SevenZipRefusal>? = nil, memory: DecoderMemory) {
    self.memory = memory
    known = directory
    held = HeldBytes(memory)
  }

  package var hasEnded: Bool { if case .ended = state { true } else { false } }

  // SAFETY: pieces of the input are used within the call only.
  package func step(_ rest: UnsafeRawBufferPointer, to sink: any ContainerSink) -> Int? {
    let taken: Int
    switch state {
    case .start:
      let piece = unsafe pass(SevenZipStart.length - held.count, rest)
      taken = piece.count
      guard unsafe held.append(piece, most: SevenZipStart.length) else { return fail(.memory, sink) }
      if held.count == SevenZipStart.length { begin(sink) }
    case .holding(let start):
      let piece = unsafe pass(start.total - offset, rest)
      taken = piece.count
      guard unsafe held.append(piece, most: start.total) else { return fail(.memory, sink) }
      if offset == start.total { readHeld(sink) }
    case .contents(let contents, let left):
      let piece = unsafe pass(left, rest)
      taken = piece.count
      unsafe read(piece, of: left, contents, sink)
    case .ended, .failed: return nil
    }
    return taken
  }

  package func finish(_ sink: any ContainerSink) {
    switch state {
    case .ended, .failed: break
    case .contents(let contents, _):
      contents.finish(sink)
      fallthrough
    case .start, .holding: _ = fail(SevenZipRefusal(reason: "it ends early"), sink)
    }
  }

  /// Reads no further.
  private func fail(_ refusal: SevenZipRefusal, _ sink: any ContainerSink) -> Int? {
    state = .failed
    sink.gap(refusal.reason)
    return nil
  }

  private func begin(_ sink: any ContainerSink) {
    do throws(SevenZipRefusal) {
      let start = try SevenZipStart(held)
      if let known {
        begin(known, sink)
      } else if start.total > Self.greatestHeld {
        throw SevenZipRefusal(
          reason: "it is too long to be held until its directory is known, at its end; give it as a file")
      } else if start.total == offset {
        readHeld(sink)
      } else {
        state = .holding(start)
      }
    } catch {
      _ = fail(error, sink)
    }
  }

  private func begin(_ directory: Result<SevenZipDirectory, SevenZipRefusal>, _ sink: any ContainerSink) {
    do throws(SevenZipRefusal) {
      let directory = try directory.get()
      let contents = SevenZipContents(directory, memory)
      contents.begin(sink)
      let left = directory.start.total - SevenZipStart.length
      state = contents.isOver ? .failed : left == 0 ? .ended : .contents(contents, left: left)
    } catch {
      _ = fail(error, sink)
    }
  }

  // SAFETY: the bytes are used within the calls only.
  private func read(
    _ bytes: UnsafeRawBufferPointer, of left: Int, _ contents: SevenZipContents, _ sink: any ContainerSink
  ) {
    unsafe contents.take(bytes, sink)
    if contents.isOver {
      state = .failed
    } else if bytes.count == left {
      contents.finish(sink)
      state = .ended
    } else {
      state = .contents(contents, left: left - bytes.count)
    }
  }

  // SAFETY: the directory copies what it fetches of the held bytes.
  private func readHeld(_ sink: any ContainerSink) {
    let directory = unsafe SevenZipDirectory.of(memory) { [held] offset, buffer in
      guard offset >= 0, offset <= held.count, buffer.count <= held.count - offset else { return false }
      unsafe buffer.copyMemory(from: held.bytes(offset..<offset + buffer.count))
      return true
    }
    begin(directory ?? .failure(SevenZipRefusal.damaged), sink)
    if case .contents(let contents, let left) = state {
      unsafe read(held.bytes(SevenZipStart.length..<held.count), of: left, contents, sink)
    }
  }
}
