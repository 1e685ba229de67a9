#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

extension Descriptor {
  /// The absolute path of the open file without symbolic links, as the kernel knows it; `nil` where it cannot tell.
  ///
  /// That is the case for paths of PATH_MAX bytes and more, and on Linux where /proc is not mounted (proc(5)).
  var realPath: [UInt8]? {
    // SAFETY: the buffer holds PATH_MAX bytes, which is what is given to readlink and what F_GETPATH asks for; only
    // the bytes they wrote are read.
    let path = unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Int(PATH_MAX)) { buffer -> [UInt8]? in
      #if canImport(Darwin)
        guard unsafe fcntl(raw, F_GETPATH, buffer.baseAddress.unsafelyUnwrapped) == 0 else { return nil }
        return unsafe Array(buffer.prefix { $0 != 0 })
      #else
        let link = Array("/proc/self/fd/\(raw)".utf8)
        let count = unsafe withTerminated(link.span) { link in
          unsafe buffer.withMemoryRebound(to: CChar.self) { bytes in
            unsafe readlink(link, bytes.baseAddress.unsafelyUnwrapped, bytes.count)
          }
        }
        // A path that fills the buffer may have been cut off.
        guard count > 0, count < buffer.count else { return nil }
        return unsafe Array(buffer[..<count])
      #endif
    }
    // Pipes and the like have names that are no paths (`pipe:[123]`).
    guard let path, path.first == .slash else { return nil }
    return path
  }
}
