#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Which file stands somewhere, how long it is, and when it was changed (inode(7)).
///
/// The time of the last change of status is set by the system alone: who writes to a file cannot hide it.
package struct FileStamp: Hashable, Sendable {
  private let device: UInt64
  private let inode: UInt64
  private let size: Int
  private let seconds: Int
  private let nanoseconds: Int

  init(_ status: stat) {
    device = UInt64(truncatingIfNeeded: status.st_dev)
    inode = UInt64(truncatingIfNeeded: status.st_ino)
    size = Int(status.st_size)
    #if canImport(Darwin)
      seconds = status.st_ctimespec.tv_sec
      nanoseconds = status.st_ctimespec.tv_nsec
    #else
      seconds = status.st_ctim.tv_sec
      nanoseconds = status.st_ctim.tv_nsec
    #endif
  }
}
