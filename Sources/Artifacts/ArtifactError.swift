#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Why an artifact could not be read, or not to its end.
package enum ArtifactError: Error, Hashable, Sendable {
  /// open(2) failed with this error number.
  case cannotOpen(code: Int32)
  /// A folder could not be listed: readdir(3) failed with this error number.
  case cannotList(code: Int32)
  /// read(2) failed with this error number, so many bytes after the start.
  case cannotRead(code: Int32, offset: Int)
  /// Where a path or a symbolic link leads cannot be told.
  case cannotResolve(code: Int32)
  /// Something that is no file and no folder: reading it could block, or do something.
  case special(FileKind)
  /// It was of another kind when it was listed.
  case replaced(by: FileKind)
  /// It was there when it was listed.
  case removed
  /// It changed between the first byte and the last; what changed.
  case changed(String)
  /// Standard input is closed.
  case closed
  /// The scan was cancelled while waiting for bytes.
  case cancelled
  /// git failed, or does not have what was asked for; one lower-case clause.
  case git(String)
  /// What was asked of git cannot be answered: no repository, no such revision, no git; one lower-case clause.
  case repository(String)
  /// A pattern that cannot be read; what is wrong with it.
  case invalidPattern(String, reason: String)

  /// One lower-case clause: what happened.
  package var reason: String {
    switch self {
    case .cannotOpen(let code): "cannot be opened: \(Self.words(for: code))"
    case .cannotList(let code): "folder cannot be listed to its end: \(Self.words(for: code))"
    case .cannotRead(let code, let offset): "cannot be read on from byte \(offset): \(Self.words(for: code))"
    case .cannotResolve(let code): Self.words(for: code)
    case .special(let kind): "\(kind.words): not read"
    case .replaced(let kind): "replaced by a \(kind.words) between listing and opening"
    case .removed: "removed between listing and opening"
    case .changed(let what): "changed while being read: \(what)"
    case .closed: "standard input is closed"
    case .cancelled: "not read: cancelled"
    case .git(let clause), .repository(let clause): clause
    case .invalidPattern(let pattern, let reason): "pattern '\(pattern)' cannot be used: \(reason)"
    }
  }

  /// The words of strerror(3) for an error number, lower-case.
  private static func words(for code: Int32) -> String {
    // SAFETY: strerror returns a NUL-terminated string that stays valid until this thread calls it again, or NULL.
    guard let words = unsafe strerror(code) else { return "error \(code)" }
    // SAFETY: as above; it is copied here.
    let text = unsafe String(cString: words)
    return text.prefix(1).lowercased() + text.dropFirst()
  }
}
