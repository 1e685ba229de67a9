#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// What a name in a folder stands for (inode(7)).
package enum FileKind: UInt8, Sendable {
  case regular
  case directory
  case link
  case fifo
  case socket
  case characterDevice
  case blockDevice
  case unknown

  /// The kind in the mode of stat(2).
  init(mode: mode_t) {
    switch mode & S_IFMT {
    case S_IFREG: self = .regular
    case S_IFDIR: self = .directory
    case S_IFLNK: self = .link
    case S_IFIFO: self = .fifo
    case S_IFSOCK: self = .socket
    case S_IFCHR: self = .characterDevice
    case S_IFBLK: self = .blockDevice
    default: self = .unknown
    }
  }

  /// The kind in `d_type` of readdir(3); `unknown` where the file system does not tell.
  init(entryType: UInt8) {
    switch Int(entryType) {
    case Int(DT_REG): self = .regular
    case Int(DT_DIR): self = .directory
    case Int(DT_LNK): self = .link
    case Int(DT_FIFO): self = .fifo
    case Int(DT_SOCK): self = .socket
    case Int(DT_CHR): self = .characterDevice
    case Int(DT_BLK): self = .blockDevice
    default: self = .unknown
    }
  }

  /// The kind in words.
  package var words: String {
    switch self {
    case .regular: "file"
    case .directory: "folder"
    case .link: "symbolic link"
    case .fifo: "named pipe (FIFO)"
    case .socket: "socket"
    case .characterDevice: "character device"
    case .blockDevice: "block device"
    case .unknown: "file of unknown kind"
    }
  }
}
