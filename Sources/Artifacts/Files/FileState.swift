#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// What stat(2) says about a file at one moment, as far as it shows whether the file is still the same.
package struct FileState: Hashable, Sendable {
  let device: UInt64
  let inode: UInt64
  let kind: FileKind
  /// Bytes; 0 for files whose content the kernel makes up when it is read (proc(5)).
  package let size: Int
  /// The second it was last written in.
  package let seconds: Int
  let nanoseconds: Int
  /// When the file was changed in any way: set by the system alone, so who writes to a file cannot hide it (inode(7)).
  private let changedSeconds: Int
  private let changedNanoseconds: Int

  /// The state of what a name in an open folder stands for, symbolic links not followed.
  init(_ name: Span<UInt8>, in folder: Int32) throws(ArtifactError) {
    var status = stat()
    // SAFETY: `path` is NUL-terminated, `status` a whole stat structure; fstatat keeps neither.
    let code = unsafe withTerminated(name) { path in
      unsafe fstatat(folder, path, &status, AT_SYMLINK_NOFOLLOW) == 0 ? 0 : errno
    }
    if code == ENOENT { throw .removed }
    guard code == 0 else { throw .cannotOpen(code: code) }
    self.init(status)
  }

  /// The state of an open file.
  init(descriptor: Int32) throws(ArtifactError) {
    var status = stat()
    // SAFETY: `status` is a whole stat structure that fstat fills and does not keep.
    guard unsafe fstat(descriptor, &status) == 0 else { throw .cannotOpen(code: errno) }
    self.init(status)
  }

  private init(_ status: stat) {
    device = UInt64(truncatingIfNeeded: status.st_dev)
    inode = UInt64(truncatingIfNeeded: status.st_ino)
    kind = FileKind(mode: status.st_mode)
    size = Int(status.st_size)
    #if canImport(Darwin)
      seconds = status.st_mtimespec.tv_sec
      nanoseconds = status.st_mtimespec.tv_nsec
      changedSeconds = status.st_ctimespec.tv_sec
      changedNanoseconds = status.st_ctimespec.tv_nsec
    #else
      seconds = status.st_mtim.tv_sec
      nanoseconds = status.st_mtim.tv_nsec
      changedSeconds = status.st_ctim.tv_sec
      changedNanoseconds = status.st_ctim.tv_nsec
    #endif
  }

  /// Whether both are the same file or folder, changed or not.
  func isSame(as other: FileState) -> Bool { device == other.device && inode == other.inode }

  /// What tells this later state from an earlier one, `nil` where nothing does.
  func change(since before: FileState) -> String? {
    if !isSame(as: before) { return "it is another file now" }
    if size != before.size { return "its size went from \(before.size) to \(size) bytes" }
    if seconds != before.seconds || nanoseconds != before.nanoseconds { return "it was written to" }
    return nil
  }
}
