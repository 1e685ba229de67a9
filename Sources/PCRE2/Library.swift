internal import CPCRE2

/// The PCRE2 library this process is linked with (pcre2_config(3)).
package enum Library {
  /// Version and release date, as PCRE2 writes them.
  package static var version: String {
    // Called with no buffer it tells how many units are needed, the terminating NUL included.
    let capacity = Int(pcre2_config_8(UInt32(PCRE2_CONFIG_VERSION), nil))
    guard capacity > 0 else { return "unknown" }
    // SAFETY: the buffer has the size just asked for and is used within the closure only.
    return unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: capacity) { buffer in
      // SAFETY: the buffer has the size asked for just above.
      let length = Int(unsafe pcre2_config_8(UInt32(PCRE2_CONFIG_VERSION), buffer.baseAddress))
      return unsafe String(decoding: buffer.prefix(max(0, length - 1)), as: UTF8.self)
    }
  }

  /// Whether PCRE2 was built with a compiler to machine code, and this machine lets a process run such code.
  package static var hasJIT: Bool {
    var isBuilt: UInt32 = 0
    // SAFETY: PCRE2_CONFIG_JIT writes one uint32_t.
    _ = unsafe pcre2_config_8(UInt32(PCRE2_CONFIG_JIT), &isBuilt)
    guard isBuilt == 1, let probe = try? Pattern("leakgate") else { return false }
    probe.optimize()
    return probe.isOptimized
  }
}
