#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Input for the benchmarks.
enum Input {
  /// The file cannot be opened or read.
  struct Unreadable: Error { var path: String }

  /// A file as bytes.
  static func read(_ path: String) throws -> [UInt8] {
    // SAFETY: the path is a string for the call, ended by a NUL.
    let descriptor = unsafe open(path, O_RDONLY)
    guard descriptor >= 0 else { throw Unreadable(path: path) }
    defer { close(descriptor) }
    let length = Int(lseek(descriptor, 0, SEEK_END))
    lseek(descriptor, 0, SEEK_SET)
    // SAFETY: reads no further than the capacity, and counts what was read.
    return try unsafe [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
      while count < length {
        let got = unsafe Self.read(descriptor, buffer.baseAddress! + count, length - count)
        guard got > 0 else { throw Unreadable(path: path) }
        count += got
      }
    }
  }

  // SAFETY: the caller answers for the target's length.
  private static func read(_ descriptor: Int32, _ target: UnsafeMutablePointer<UInt8>, _ length: Int) -> Int {
    #if canImport(Darwin)
      unsafe Darwin.read(descriptor, target, length)
    #else
      unsafe Glibc.read(descriptor, target, length)
    #endif
  }
}
