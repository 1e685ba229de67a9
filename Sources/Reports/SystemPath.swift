#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A path as the system takes it, with the few calls that writing a file needs.
///
/// Calls that fail return `nil` or `false` and leave the reason in `errno`.
package struct SystemPath: Sendable {
  /// What stands at a path.
  package enum Kind: Sendable {
    case file
    case folder
    case link
    case other
  }

  /// The path's bytes, without a terminating NUL.
  package let bytes: [UInt8]

  package init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// What stands there, a link at the end followed or not; `nil` where nothing does.
  package func kind(followingLinks: Bool) -> Kind? {
    var status = stat()
    // SAFETY: the path ends with a NUL and the structure is the one stat(2) fills.
    let result = unsafe call { path in
      unsafe followingLinks ? stat(path, &status) : lstat(path, &status)
    }
    guard result == 0 else { return nil }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return .file
    case S_IFDIR: return .folder
    case S_IFLNK: return .link
    default: return .other
    }
  }

  /// An open descriptor, closed on exec; `nil` on failure.
  package func open(_ flags: CInt, mode: UInt32 = 0) -> CInt? {
    // SAFETY: the path ends with a NUL.
    let descriptor = unsafe call { path in
      #if canImport(Darwin)
        unsafe Darwin.open(path, flags | O_CLOEXEC, mode_t(mode))
      #else
        unsafe Glibc.open(path, flags | O_CLOEXEC, mode_t(mode))
      #endif
    }
    return descriptor < 0 ? nil : descriptor
  }

  /// Whether this process may run what is there (access(2)).
  package var mayRun: Bool {
    // SAFETY: the path ends with a NUL.
    unsafe call { unsafe access($0, X_OK) } == 0
  }

  /// Removes the name.
  @discardableResult
  package func remove() -> Bool {
    // SAFETY: the path ends with a NUL.
    unsafe call { unsafe unlink($0) } == 0
  }

  /// Makes a folder of that path; one that is there already is as good.
  @discardableResult
  package func makeFolder() -> Bool {
    // SAFETY: the path ends with a NUL.
    unsafe call { unsafe mkdir($0, 0o755) } == 0 || errno == EEXIST
  }

  /// The rights of what is there, a link at the end followed; `nil` where nothing is.
  package var mode: UInt32? {
    var status = stat()
    // SAFETY: the path ends with a NUL and the structure is the one stat(2) fills.
    guard unsafe call({ path in unsafe stat(path, &status) }) == 0 else { return nil }
    return UInt32(status.st_mode) & 0o7777
  }

  /// Sets the rights of the file (chmod(2)).
  package func setMode(_ mode: UInt32) -> Bool {
    // SAFETY: the path ends with a NUL.
    unsafe call { unsafe chmod($0, mode_t(mode)) } == 0
  }

  /// Gives the file another name, replacing what has it.
  package func rename(to other: SystemPath) -> Bool {
    // SAFETY: both paths end with a NUL.
    unsafe call { from in
      unsafe other.call { to in
        #if canImport(Darwin)
          unsafe Darwin.rename(from, to)
        #else
          unsafe Glibc.rename(from, to)
        #endif
      }
    } == 0
  }

  /// The path with every link followed; `nil` where it leads nowhere.
  package func resolved() -> SystemPath? {
    // SAFETY: realpath(3) allocates the NUL-terminated text it returns, which is copied and freed here.
    unsafe call { path in
      guard let text = unsafe realpath(path, nil) else { return nil }
      defer { unsafe free(text) }
      let count = unsafe strlen(text)
      return SystemPath((0..<count).map { unsafe UInt8(bitPattern: text[$0]) })
    }
  }

  /// A new file of mode 0600 in the folder of this path, open for reading and writing; `nil` on failure.
  package func makeTemporary() -> (descriptor: CInt, path: SystemPath)? {
    let folder = bytes.lastIndex(of: UInt8(ascii: "/")).map { Array(bytes[...$0]) } ?? []
    var template = (folder + Array(".leakgate-report-XXXXXX".utf8)).map { CChar(bitPattern: $0) } + [0]
    // SAFETY: mkstemp(3) overwrites the six X of the NUL-terminated template it is given.
    let descriptor = unsafe mkstemp(&template)
    guard descriptor >= 0 else { return nil }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    return (descriptor, SystemPath(template.dropLast().map { UInt8(bitPattern: $0) }))
  }

  /// Calls `body` with the path as a C string, which must not outlive the call.
  private func call<Result>(_ body: (UnsafePointer<CChar>) -> Result) -> Result {
    var terminated = bytes.map { CChar(bitPattern: $0) } + [0]
    // SAFETY: the array ends with a NUL and outlives the call.
    return unsafe body(&terminated)
  }
}
