import Findings
import Reports

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Reads the small files a caller names: rule files and the like.
enum FileContents {
  /// Bytes over which a file is no rule file.
  static let greatestSize = 64 << 20

  /// The file's bytes, or why they cannot be had, in one lower-case clause.
  static func read(_ path: [UInt8]) -> Result<[UInt8], CommandError> {
    // Non-blocking, so that a FIFO does not hold the process up.
    guard let descriptor = SystemPath(path).open(O_RDONLY | O_NONBLOCK) else {
      return .failure(.invalid(systemReason(errno)))
    }
    defer { close(descriptor) }
    guard SystemPath(path).kind(followingLinks: true) == .file else { return .failure(.invalid("it is not a file")) }
    return readAll(descriptor)
  }

  /// The bytes that are left of an open file or stream.
  static func readAll(_ descriptor: CInt) -> Result<[UInt8], CommandError> {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      // SAFETY: the pointer and the count are those of the buffer.
      let count = unsafe buffer.withUnsafeMutableBytes { unsafe SystemCall.read(descriptor, into: $0) }
      if count == 0 { return .success(bytes) }
      if count < 0, errno != EINTR { return .failure(.invalid(systemReason(errno))) }
      bytes += buffer.prefix(max(0, count))
      if bytes.count > greatestSize { return .failure(.invalid("it is over \(Quantity.bytes(greatestSize))")) }
    }
  }
}
