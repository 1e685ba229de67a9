import Findings

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A regular file open for reading, which proves at its end that it was read whole and held still.
package struct OpenFile: ByteSource, ~Copyable {
  private let descriptor: Descriptor
  private let before: FileState
  /// Bytes read so far.
  private var count = 0

  /// Opens a file that was listed or named.
  ///
  /// Never blocks: a FIFO put in the place of a file is opened without waiting for a writer and then refused.
  package init(_ entry: FileEntry) throws(ArtifactError) {
    // In a local until nothing can throw any more: a half-made noncopyable value cannot be taken apart.
    let opened = try Self.open(entry)
    let state = try FileState(descriptor: opened.raw)
    guard state.kind == .regular else { throw .replaced(by: state.kind) }
    descriptor = opened
    before = state
  }

  private static func open(_ entry: FileEntry) throws(ArtifactError) -> Descriptor {
    do {
      guard let directory = entry.directory else { return try Descriptor.open(path: entry.name.bytes, for: .reading) }
      let bytes = entry.name.bytes
      return try directory.open(bytes.span.extracting(entry.start..<bytes.count), for: .reading)
    } catch {
      // ENOENT: it went away. ELOOP under O_NOFOLLOW: a symbolic link stands in its place (open(2)).
      switch error {
      case .cannotOpen(ENOENT): throw .removed
      case .cannotOpen(ELOOP): throw .replaced(by: .link)
      default: throw error
      }
    }
  }

  /// Bytes the file had when it was opened; `nil` for empty files, which may be proc(5) files of any length.
  package var size: Int? { before.size > 0 ? before.size : nil }

  package var isExhausted: Bool { before.size > 0 && count >= before.size }

  package mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(ArtifactError) -> Int {
    // SAFETY: the descriptor writes no more than the buffer holds.
    let got = unsafe descriptor.read(into: buffer)
    guard got >= 0 else { throw .cannotRead(code: -Int32(got), offset: count) }
    count += got
    return got
  }

  package func copy(from offset: Int, into buffer: UnsafeMutableRawBufferPointer) -> Bool {
    // SAFETY: the descriptor writes no more than the buffer holds.
    unsafe descriptor.copy(from: offset, into: buffer)
  }

  package mutating func finish() throws(ArtifactError) {
    let after = try FileState(descriptor: descriptor.raw)
    if let change = after.change(since: before) { throw .changed(change) }
    guard before.size == 0 || count == before.size else {
      throw .changed("it gave \(count) of \(before.size) bytes")
    }
  }
}

extension Descriptor {
  /// Fills the buffer with the bytes at an offset; `false` where pread(2) does not give all of them.
  func copy(from offset: Int, into buffer: UnsafeMutableRawBufferPointer) -> Bool {
    var count = 0
    while count < buffer.count {
      // SAFETY: the place and the length are those of what is left of the caller's buffer.
      let got = unsafe pread(raw, buffer.baseAddress.map { unsafe $0 + count }, buffer.count - count, offset + count)
      if got > 0 { count += got } else if got == 0 || errno != EINTR { return false }
    }
    return true
  }

  /// The bytes read(2) gave, or its error number negated. Repeats where a signal came in between.
  func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    repeat {
      // SAFETY: the caller's buffer is writable for its whole count; read writes at most that much and keeps nothing.
      #if canImport(Darwin)
        let got = unsafe Darwin.read(raw, buffer.baseAddress, buffer.count)
      #else
        let got = unsafe Glibc.read(raw, buffer.baseAddress, buffer.count)
      #endif
      if got >= 0 { return got }
    } while errno == EINTR
    return -Int(errno)
  }
}
