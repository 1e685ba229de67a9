#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// An open folder; shared by everything that is opened in it, closed with the last of them.
package final class Directory: Sendable {
  let descriptor: Descriptor

  private init(_ descriptor: consuming Descriptor) { self.descriptor = descriptor }

  /// Opens a folder as a caller wrote it, following symbolic links.
  package convenience init(path: [UInt8]) throws(ArtifactError) {
    self.init(try Descriptor.open(path: path, for: .listing))
  }

  /// Opens what is in it, by a relative name; a symbolic link is followed only on request.
  func open(
    _ name: Span<UInt8>, for purpose: Descriptor.Purpose, following: Bool = false
  ) throws(ArtifactError) -> Descriptor {
    try Descriptor.open(name, in: descriptor.raw, for: purpose, following: following)
  }

  /// Opens a folder in it, never through a symbolic link.
  func child(_ name: Span<UInt8>) throws(ArtifactError) -> Directory {
    do {
      return Directory(try open(name, for: .listing))
    } catch {
      switch error {
      case .cannotOpen(ENOENT): throw .removed
      // O_DIRECTORY with O_NOFOLLOW on a symbolic link gives ENOTDIR, as any file does (open(2)).
      case .cannotOpen(ENOTDIR), .cannotOpen(ELOOP): throw .replaced(by: .unknown)
      default: throw error
      }
    }
  }

  /// Opens the folder it lies in.
  func parent() throws(ArtifactError) -> Directory {
    Directory(try open([UInt8.dot, .dot].span, for: .listing))
  }

  /// Which folder it is.
  func state() throws(ArtifactError) -> FileState { try FileState(descriptor: descriptor.raw) }

  /// What a name in it stands for, symbolic links not followed.
  ///
  /// For file systems that do not tell in readdir(3).
  package func kind(of name: Span<UInt8>) throws(ArtifactError) -> FileKind { try state(of: name).kind }

  /// The state of what a name in it stands for, symbolic links not followed.
  package func state(of name: Span<UInt8>) throws(ArtifactError) -> FileState {
    try FileState(name, in: descriptor.raw)
  }

  /// The text of a symbolic link in it (readlinkat(2)); `nil` where it is none, or longer than a path may be.
  func target(of name: Span<UInt8>) -> [UInt8]? {
    let folder = descriptor.raw
    var bytes = [CChar](repeating: 0, count: Int(PATH_MAX))
    // SAFETY: `path` is NUL-terminated; readlinkat writes at most as many bytes as the array holds.
    let count = unsafe withTerminated(name) { path in unsafe readlinkat(folder, path, &bytes, bytes.count) }
    guard count >= 0, count < bytes.count else { return nil }
    return bytes[..<count].map { UInt8(bitPattern: $0) }
  }
}
