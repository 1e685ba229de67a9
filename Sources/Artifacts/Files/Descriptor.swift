#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// An open file descriptor, closed when it goes away.
package struct Descriptor: ~Copyable, Sendable {
  package let raw: Int32

  /// Takes over an open descriptor.
  package init(raw: Int32) { self.raw = raw }

  deinit { _ = close(raw) }

  /// What a file is opened for.
  enum Purpose {
    /// Reading its bytes. Never blocks on a FIFO, never becomes the controlling terminal.
    case reading
    /// Listing it and opening what is in it.
    case listing
    /// Asking what it is and where it lies, without opening it for anything (O_PATH of open(2)).
    case looking

    var flags: Int32 {
      switch self {
      case .reading: O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC
      case .listing: O_RDONLY | O_NONBLOCK | O_DIRECTORY | O_CLOEXEC
      #if canImport(Darwin)
        case .looking: O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC
      #else
        // O_PATH of asm-generic/fcntl.h; the Glibc module leaves it out.
        case .looking: 0o10000000 | O_CLOEXEC
      #endif
      }
    }
  }

  /// Opens a name relative to a folder (openat(2)); the last component of the name is followed only on request.
  ///
  /// The error is `cannotOpen` with the number of open(2).
  static func open(
    _ name: Span<UInt8>, in folder: Int32 = AT_FDCWD, for purpose: Purpose, following: Bool = false
  ) throws(ArtifactError) -> Descriptor {
    let flags = purpose.flags | (following ? 0 : O_NOFOLLOW)
    // SAFETY: `path` is NUL-terminated and lives until withTerminated returns; openat does not keep it.
    let raw = unsafe withTerminated(name) { path in
      repeat {
        let raw = unsafe openat(folder, path, flags)
        if raw >= 0 { return raw }
      } while errno == EINTR
      return -errno
    }
    guard raw >= 0 else { throw .cannotOpen(code: -raw) }
    return Descriptor(raw: raw)
  }

  /// Opens a path as a caller wrote it, following symbolic links, however long it is.
  ///
  /// The kernel refuses paths of PATH_MAX bytes and more (path_resolution(7)), so a longer one is walked in pieces.
  static func open(path: [UInt8], for purpose: Purpose) throws(ArtifactError) -> Descriptor {
    let limit = Int(PATH_MAX)
    guard path.count >= limit else { return try open(path.span, for: purpose, following: true) }
    var rest = 0
    var folder: Descriptor?
    var at = AT_FDCWD
    while path.count - rest >= limit {
      // The last slash that keeps the piece under the limit; without one a single name is too long.
      guard let slash = path[rest..<(rest + limit - 1)].lastIndex(of: .slash), slash > rest else {
        throw .cannotOpen(code: ENAMETOOLONG)
      }
      let piece = path.span.extracting(rest..<slash)
      let next = try open(piece, in: at, for: .looking, following: true)
      at = next.raw
      // The folder before is closed here, after the next was opened in it.
      folder = consume next
      rest = slash
      while rest < path.count, path[rest] == .slash { rest += 1 }
    }
    let name = rest < path.count ? path[rest...] : [.dot]
    let opened = try open(name.span, in: at, for: purpose, following: true)
    _ = consume folder
    return opened
  }
}

/// Calls `body` with the bytes followed by a NUL.
///
/// - Complexity: one copy of the bytes, on the stack where they are few.
func withTerminated<Result>(_ bytes: Span<UInt8>, _ body: (UnsafePointer<CChar>) -> Result) -> Result {
  // SAFETY: the allocation holds count + 1 bytes, all written before `body` reads them, and `body` does not keep them.
  unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: bytes.count + 1) { buffer in
    for index in bytes.indices { unsafe buffer[index] = CChar(bitPattern: bytes[index]) }
    unsafe buffer[bytes.count] = 0
    return unsafe body(UnsafePointer(buffer.baseAddress.unsafelyUnwrapped))
  }
}

extension UInt8 {
  static let slash = UInt8(ascii: "/")
  static let dot = UInt8(ascii: ".")
}
