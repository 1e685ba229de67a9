#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Calls of the system that members of the same name would hide.
package enum SystemCall {
  /// read(2).
  package static func read(_ descriptor: CInt, into buffer: UnsafeMutableRawBufferPointer) -> Int {
    #if canImport(Darwin)
      // SAFETY: base address and count belong to one buffer.
      unsafe Darwin.read(descriptor, buffer.baseAddress, buffer.count)
    #else
      // SAFETY: base address and count belong to one buffer.
      unsafe Glibc.read(descriptor, buffer.baseAddress, buffer.count)
    #endif
  }

  /// write(2).
  static func write(_ descriptor: CInt, _ bytes: UnsafeRawBufferPointer) -> Int {
    #if canImport(Darwin)
      // SAFETY: base address and count belong to one buffer.
      unsafe Darwin.write(descriptor, bytes.baseAddress, bytes.count)
    #else
      // SAFETY: base address and count belong to one buffer.
      unsafe Glibc.write(descriptor, bytes.baseAddress, bytes.count)
    #endif
  }
}
