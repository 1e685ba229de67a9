import Synchronization

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The two ends of a pipe; neither is handed down to programs but on purpose (pipe(2)).
struct Pipe: ~Copyable {
  let reading: Descriptor
  let writing: Descriptor

  init() throws(ArtifactError) {
    var ends: [Int32] = [-1, -1]
    // Alone: a program started in between would keep an end open for ever.
    let (code, failure) = ProgramStart.starting.withLock { _ in
      // SAFETY: pipe fills the two numbers it is given.
      let code = unsafe pipe(&ends)
      let failure = errno
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      return (code, failure)
    }
    reading = Descriptor(raw: ends[0])
    writing = Descriptor(raw: ends[1])
    guard code == 0 else { throw .cannotOpen(code: failure) }
  }

  /// Lets the pipe hold more before its writer waits, where the system allows it.
  func widen() { Self.widen(writing.raw) }
}

extension Pipe {
  /// Bytes that a pipe can be made to hold without privileges (pipe(7)).
  private static let capacity: CInt = 1 << 20

  /// Lets the pipe behind a descriptor hold more (F_SETPIPE_SZ of fcntl(2)); where that is refused, or none stands there, it stays as it is.
  static func widen(_ descriptor: Int32) {
    #if !canImport(Darwin)
      // 1031 is F_SETPIPE_SZ of linux/fcntl.h; the Glibc module leaves it out.
      _ = fcntl(descriptor, 1031, capacity)
    #endif
  }
}

extension Descriptor {
  /// A file without a name, gone when it is closed: for what a program complains about, so that it never waits.
  static func nameless() throws(ArtifactError) -> Descriptor {
    let folders = [GitEnvironment.value("TMPDIR"), Array("/tmp".utf8), Array("/dev/shm".utf8)]
    for folder in folders.compactMap(\.self) {
      var template = (folder + Array("/leakgate-XXXXXX".utf8)).map { CChar(bitPattern: $0) } + [0]
      let raw = ProgramStart.starting.withLock { _ in
        // SAFETY: mkstemp overwrites the six X of the NUL-terminated template; unlink reads it.
        let raw = unsafe mkstemp(&template)
        if raw >= 0 { unsafe unlink(template) }
        _ = fcntl(raw, F_SETFD, FD_CLOEXEC)
        return raw
      }
      if raw >= 0 { return Descriptor(raw: raw) }
    }
    throw .repository("no temporary file can be made: name a folder that can be written to in TMPDIR")
  }

  /// Writes all the bytes; the error number negated where that fails, else 0.
  func write(all bytes: Span<UInt8>) -> Int32 {
    var written = 0
    while written < bytes.count {
      // SAFETY: the bytes live as long as the span, which outlives the call.
      let count = unsafe bytes.extracting(written...).withUnsafeBytes { buffer in
        #if canImport(Darwin)
          unsafe Darwin.write(raw, buffer.baseAddress, buffer.count)
        #else
          unsafe Glibc.write(raw, buffer.baseAddress, buffer.count)
        #endif
      }
      if count < 0, errno != EINTR { return -errno }
      written += max(0, count)
    }
    return 0
  }

  /// Up to `limit` bytes from the start of a file, whatever was read or written before.
  func contents(limit: Int) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: limit)
    // SAFETY: pread writes at most as many bytes as the array holds.
    let count = unsafe bytes.withUnsafeMutableBytes { unsafe pread(raw, $0.baseAddress, $0.count, 0) }
    bytes.removeLast(limit - max(0, count))
    return bytes
  }
}
