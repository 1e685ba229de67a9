import Findings
import Reports

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// What stands in a folder at one moment: every file with the digest of its bytes.
package struct WorkSnapshot: Sendable, Equatable {
  /// Digest, or the target of a link, by path below the folder.
  package private(set) var files: [String: String] = [:]

  /// Most bytes a file may have.
  static let greatestSize = 256 << 20

  /// - Parameter skipped: a folder below that is left out.
  /// - Throws: where something in the folder cannot be read, or two names would be taken for one.
  package init(of folder: [UInt8], skipping skipped: [UInt8]? = nil) throws(HarnessError) {
    for entry in try FolderListing.entries(of: folder, skipping: skipped.map { [$0] } ?? []) {
      let path = SystemPath(folder + [UInt8(ascii: "/")] + entry.name)
      let name = String(decoding: entry.name, as: UTF8.self)
      // Texts are equal where only their composition differs; names of files are not.
      guard files[name] == nil else {
        throw HarnessError(.incomplete, "two names cannot be told apart: \(name)")
      }
      switch entry.kind {
      case .file:
        do throws(HarnessError) {
          files[name] = Digest.text(try path.contents(limit: Self.greatestSize))
        } catch {
          throw HarnessError(.incomplete, "cannot read \(name): \(error.message)")
        }
      case .link: files[name] = "link"
      case .folder: break
      case .other: files[name] = "other"
      }
    }
  }

  /// The files below a folder of a run directory, as a survey found them.
  init(_ survey: ArtifactSurvey, below folder: String) {
    let contents = survey.artifacts.map { ($0.name, "sha256:" + $0.digest) } + survey.links.map { ($0, "link") }
    for (name, content) in contents where name.hasPrefix(folder + "/") {
      files[String(name.dropFirst(folder.count + 1))] = content
    }
  }

  /// Paths that were added, removed or changed, in ascending order; `.git` and `.case` are not part of the work.
  package func changes(since before: WorkSnapshot) -> [String] {
    differences(since: before) { ![".git", ".case"].contains($0) }
  }

  /// Paths of the backend's event logs that were added, removed or changed.
  func events(since before: WorkSnapshot) -> [String] {
    differences(since: before) { $0 == ".case" }.filter(LogNames.isLog)
  }

  private func differences(since before: WorkSnapshot, in isLookedAt: (Substring) -> Bool) -> [String] {
    Set(files.keys).union(before.files.keys).filter { name in
      files[name] != before.files[name] && isLookedAt(name.prefix { $0 != "/" })
    }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// One digest over the changed files and what they hold now.
  package func digest(of changes: [String]) -> String {
    Digest.text(Array(changes.map { "\(files[$0] ?? "removed") \($0)\n" }.joined().utf8))
  }
}

/// Lists folders to their depth.
enum FolderListing {
  struct Entry {
    /// Path below the folder.
    var name: [UInt8]
    var kind: SystemPath.Kind
  }

  /// Everything below a folder in ascending order of the names' bytes; links are not followed.
  ///
  /// - Throws: where a folder cannot be listed.
  static func entries(of folder: [UInt8], skipping skipped: Set<[UInt8]> = []) throws(HarnessError) -> [Entry] {
    var entries: [Entry] = []
    var waiting: [[UInt8]] = [[]]
    while let below = waiting.popLast() {
      for name in try names(in: folder + (below.isEmpty ? [] : [UInt8(ascii: "/")] + below)) {
        let path = below.isEmpty ? name : below + [UInt8(ascii: "/")] + name
        if skipped.contains(path) { continue }
        guard let kind = SystemPath(folder + [UInt8(ascii: "/")] + path).kind(followingLinks: false) else {
          // Gone since it was listed; anything else may hide what is there.
          if errno == ENOENT { continue }
          throw HarnessError(
            .incomplete, "cannot look at \(String(decoding: path, as: UTF8.self)): \(systemReason(errno))")
        }
        entries.append(Entry(name: path, kind: kind))
        if kind == .folder { waiting.append(path) }
      }
    }
    return entries.sorted { $0.name.lexicographicallyPrecedes($1.name) }
  }

  /// The names in one folder, in no order.
  static func names(in folder: [UInt8]) throws(HarnessError) -> [[UInt8]] {
    let path = (folder + [0]).map { CChar(bitPattern: $0) }
    // SAFETY: the path is NUL-terminated; the stream is closed before the function returns.
    guard let stream = unsafe opendir(path) else {
      throw HarnessError(
        .incomplete, "cannot list \(String(decoding: folder, as: UTF8.self)): \(systemReason(errno))")
    }
    defer { unsafe closedir(stream) }
    var names: [[UInt8]] = []
    while true {
      errno = 0
      // SAFETY: readdir gives an entry that is good until the next call, or NULL; d_name ends with a NUL.
      guard let entry = unsafe readdir(stream) else {
        if errno == 0 { return names }
        throw HarnessError(
          .incomplete, "cannot list \(String(decoding: folder, as: UTF8.self)): \(systemReason(errno))")
      }
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: UInt8.self, capacity: 1) { text in
          let count = unsafe strlen(UnsafeRawPointer(text).assumingMemoryBound(to: CChar.self))
          return unsafe Array(UnsafeBufferPointer(start: text, count: count))
        }
      }
      if name != [UInt8(ascii: ".")] && name != Array("..".utf8) { names.append(name) }
    }
  }
}

extension RunDirectory {
  /// Removes the folder with everything in it, not through links.
  package func remove() {
    let entries = (try? FolderListing.entries(of: path)) ?? []
    // A folder stands before what is in it, so from behind it is empty when its turn comes.
    for entry in entries.reversed() {
      let path = SystemPath(path + [UInt8(ascii: "/")] + entry.name)
      if entry.kind == .folder { path.removeFolder() } else { path.remove() }
    }
    SystemPath(path).removeFolder()
  }
}

extension SystemPath {
  /// Removes an empty folder.
  fileprivate func removeFolder() {
    let text = bytes.map { CChar(bitPattern: $0) } + [0]
    // SAFETY: the path is NUL-terminated.
    unsafe rmdir(text)
  }
}
