package import Findings
package import Reports

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Why a harness command could not do its work.
package struct HarnessError: Error, Equatable {
  /// `invalid` for what the caller can put right, `fault` for what he cannot.
  package var verdict: Verdict
  /// One lower-case line: what, where, what to do. Holds no secret.
  package var message: String

  package init(_ verdict: Verdict, _ message: String) {
    self.verdict = verdict
    self.message = message
  }
}

/// The folder that holds everything of one run; names in it are relative to it.
package struct RunDirectory: Sendable {
  /// Absolute, every link followed, without a slash at the end.
  package let path: [UInt8]

  /// The folder as the caller named it; it has to be there.
  package init(existing path: [UInt8]) throws(HarnessError) {
    guard let resolved = SystemPath(path).resolved() else {
      throw HarnessError(.invalid, "no run directory at \(ArtifactName(bytes: path).text): \(systemReason(errno))")
    }
    guard resolved.kind(followingLinks: true) == .folder else {
      throw HarnessError(.invalid, "the run directory \(ArtifactName(bytes: path).text) is not a folder")
    }
    self.path = resolved.bytes
  }

  /// The folder, made with mode 0700 where it is not there, and so the one it lies in; the one above that has to be.
  package init(making path: [UInt8]) throws(HarnessError) {
    let folder = SystemPath(path)
    if folder.kind(followingLinks: true) == nil {
      let parts = path.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
      let above = Array(
        parts.reversed().drop(while: \.isEmpty).dropFirst().reversed().joined(separator: [UInt8(ascii: "/")]))
      if !above.isEmpty, SystemPath(above).kind(followingLinks: true) == nil {
        _ = SystemPath(above).makeFolder(mode: 0o700)
      }
      guard folder.makeFolder(mode: 0o700) || errno == EEXIST else {
        throw HarnessError(
          .invalid,
          "cannot make the folder \(ArtifactName(bytes: path).text): \(systemReason(errno)); make the one it lies in first"
        )
      }
    }
    try self.init(existing: path)
  }

  /// The last component: the id of the run.
  package var id: String {
    String(decoding: path.split(separator: UInt8(ascii: "/")).last ?? [], as: UTF8.self)
  }

  /// Whether an audit of a run may be written here: elsewhere, or in the folder of audits.
  package func keepsAudit(of run: RunDirectory) -> Bool {
    let below = run.path + [UInt8(ascii: "/")]
    return path != run.path && !path.starts(with: below)
      || path + [UInt8(ascii: "/")] == below + Verification.folder.utf8
  }

  /// The absolute path of a name.
  package func path(of name: String) -> [UInt8] { path + [UInt8(ascii: "/")] + Array(name.utf8) }

  /// Whether something, a dangling link too, has this name.
  package func has(_ name: String) -> Bool { SystemPath(path(of: name)).kind(followingLinks: false) != nil }

  /// Makes a folder of mode 0700, and those above it in the run directory.
  package func makeFolder(_ name: String) throws(HarnessError) {
    var made = ""
    for part in name.split(separator: "/") {
      made += made.isEmpty ? String(part) : "/\(part)"
      let folder = SystemPath(path(of: made))
      // The backend may make it at the same time.
      let isThere = { folder.kind(followingLinks: false) == .folder }
      if isThere() || folder.makeFolder(mode: 0o700) { continue }
      let reason = systemReason(errno)
      if isThere() { continue }
      throw HarnessError(
        .fault, "cannot make the folder \(made) of the run: \(reason); look at what is there and its permissions")
    }
  }

  /// Writes a file of mode 0600 whole or not at all, replacing what has its name.
  ///
  /// A link in its place is replaced and not followed: it may be the backend's.
  package func write(_ bytes: [UInt8], to name: String) throws(HarnessError) {
    // A backend may put a link in its place, which leads somewhere else.
    guard SystemPath(path).resolved()?.bytes == path else {
      throw HarnessError(.fault, "cannot write \(name) of the run: the run directory is not there any more")
    }
    if let slash = name.lastIndex(of: "/") { try makeFolder(String(name[..<slash])) }
    let target = SystemPath(path(of: name))
    if target.kind(followingLinks: false) == .link { target.remove() }
    do throws(ReportError) {
      let sink = try FileSink(path: ArtifactName(bytes: target.bytes))
      try sink.write(bytes.span)
      try sink.commit()
    } catch {
      throw HarnessError(.fault, "cannot write \(name) of the run: \(error.reason)")
    }
  }

  /// The last bytes of a file, `nil` where it cannot be read; links at the end are not followed.
  func tail(of name: String, count: Int) -> [UInt8]? {
    guard let descriptor = SystemPath(path(of: name)).open(O_RDONLY | O_NONBLOCK | O_NOFOLLOW) else { return nil }
    defer { close(descriptor) }
    let size = Int(lseek(descriptor, 0, SEEK_END))
    let start = max(0, size - count)
    guard size >= 0, lseek(descriptor, off_t(start), SEEK_SET) >= 0 else { return nil }
    var bytes = [UInt8](repeating: 0, count: size - start)
    var filled = 0
    while filled < bytes.count {
      // SAFETY: as many bytes are asked for as are left of the buffer.
      let length = unsafe bytes.withUnsafeMutableBytes {
        unsafe SystemCall.read(descriptor, into: UnsafeMutableRawBufferPointer(rebasing: $0[filled...]))
      }
      if length == 0 { break }
      if length < 0, errno != EINTR { return nil }
      filled += max(0, length)
    }
    return Array(bytes.prefix(filled))
  }

  /// The bytes of a file, `nil` where there is none; links at the end are not followed.
  ///
  /// - Throws: where it cannot be read, is no file, or has more than `limit` bytes.
  package func read(_ name: String, limit: Int = 64 << 20) throws(HarnessError) -> [UInt8]? {
    let target = SystemPath(path(of: name))
    guard let kind = target.kind(followingLinks: false) else { return nil }
    guard kind == .file else { throw HarnessError(.invalid, "\(name) of the run is not a file") }
    do throws(HarnessError) {
      return try target.contents(limit: limit)
    } catch {
      throw HarnessError(error.verdict, "cannot read \(name) of the run: \(error.message)")
    }
  }
}

extension SystemPath {
  /// Makes a folder; `false` on failure.
  func makeFolder(mode: UInt32) -> Bool {
    let text = String(decoding: bytes, as: UTF8.self)
    guard text.utf8.elementsEqual(bytes), !bytes.contains(0) else {
      errno = EILSEQ
      return false
    }
    // SAFETY: a string is passed as a NUL-terminated text for the call.
    return unsafe mkdir(text, mode_t(mode)) == 0
  }

  /// All bytes of a file, not through a link at the end.
  ///
  /// - Throws: why it cannot be read, as a clause.
  package func contents(limit: Int) throws(HarnessError) -> [UInt8] {
    guard let descriptor = open(O_RDONLY | O_NONBLOCK | O_NOFOLLOW) else {
      throw HarnessError(.invalid, systemReason(errno))
    }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      // SAFETY: the pointer and the count are those of the buffer.
      let count = unsafe buffer.withUnsafeMutableBytes { unsafe SystemCall.read(descriptor, into: $0) }
      if count == 0 { return bytes }
      if count < 0, errno != EINTR { throw HarnessError(.invalid, systemReason(errno)) }
      bytes += buffer.prefix(max(0, count))
      guard bytes.count <= limit else { throw HarnessError(.invalid, "it has more than \(limit) bytes") }
    }
  }
}
