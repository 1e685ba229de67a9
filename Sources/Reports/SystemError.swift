#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The text the system has for an error number, as strerror(3) gives it.
package func systemReason(_ code: CInt) -> String {
  // SAFETY: strerror returns a NUL-terminated text that is copied at once; reports are written by one thread.
  unsafe strerror(code).map { unsafe String(cString: $0) } ?? "error \(code)"
}
