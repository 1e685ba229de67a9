import Reports

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A new folder of mode 0700 below TMPDIR.
struct TemporaryFolder {
  let path: [UInt8]

  /// - Throws: `CommandError` where none can be made.
  init() throws(CommandError) {
    let parent = Environment.bytes("TMPDIR") ?? Array("/tmp".utf8)
    var template = (parent + Array("/leakgate-XXXXXX".utf8)).map { CChar(bitPattern: $0) } + [0]
    // SAFETY: mkdtemp(3) overwrites the six X of the NUL-terminated template it is given.
    guard unsafe mkdtemp(&template) != nil else {
      throw .invalid("cannot make a folder below \(String(decoding: parent, as: UTF8.self)): \(systemReason(errno))")
    }
    path = template.dropLast().map { UInt8(bitPattern: $0) }
  }
}
