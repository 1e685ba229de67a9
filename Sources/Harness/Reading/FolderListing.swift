import Artifacts
import Findings
import Reports

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Lists folders to their depth.
enum FolderListing {
  struct Entry {
    /// Path below the folder.
    var name: [UInt8]
    var kind: SystemPath.Kind
    /// Of a file, where states were asked for.
    var state: FileState?
  }

  /// Everything below a folder in ascending order of the names' bytes; links are not followed.
  ///
  /// - Throws: where a folder cannot be listed.
  static func entries(
    of folder: [UInt8], skipping skipped: Set<[UInt8]> = [], withStates: Bool = false
  ) throws(HarnessError) -> [Entry] {
    var entries: [Entry] = []
    var waiting: [[UInt8]] = [[]]
    while let below = waiting.popLast() {
      let (directory, listing) = try list(folder + (below.isEmpty ? [] : [UInt8(ascii: "/")] + below))
      for index in 0..<listing.count {
        let name = Array(listing.name(at: index))
        let path = below.isEmpty ? name : below + [UInt8(ascii: "/")] + name
        if skipped.contains(path) { continue }
        do throws(ArtifactError) {
          var kind = listing.kind(at: index)
          // Not every file system tells it when it is listed.
          if kind == .unknown { kind = try directory.kind(of: name.span) }
          let state = withStates && kind == .regular ? try directory.state(of: name.span) : nil
          entries.append(Entry(name: path, kind: SystemPath.Kind(kind), state: state))
          if kind == .directory { waiting.append(path) }
        } catch .removed {
          // Gone since it was listed.
        } catch {
          // It may hide what is there.
          throw HarnessError(.incomplete, "cannot look at \(String(decoding: path, as: UTF8.self)): \(error.reason)")
        }
      }
    }
    return entries.sorted { $0.name.lexicographicallyPrecedes($1.name) }
  }

  /// The names in one folder, in ascending order of their bytes.
  static func names(in folder: [UInt8]) throws(HarnessError) -> [[UInt8]] {
    let (_, listing) = try list(folder)
    return (0..<listing.count).map { Array(listing.name(at: $0)) }
  }

  private static func list(_ folder: [UInt8]) throws(HarnessError) -> (Directory, DirectoryListing) {
    let reason: String
    do throws(ArtifactError) {
      let directory = try Directory(path: folder)
      let listing = DirectoryListing(of: directory)
      guard let failure = listing.failure else { return (directory, listing) }
      reason = systemReason(failure)
    } catch {
      reason = error.reason
    }
    throw HarnessError(.incomplete, "cannot list \(String(decoding: folder, as: UTF8.self)): \(reason)")
  }
}

extension SystemPath.Kind {
  fileprivate init(_ kind: FileKind) {
    switch kind {
    case .regular: self = .file
    case .directory: self = .folder
    case .link: self = .link
    case .fifo, .socket, .characterDevice, .blockDevice, .unknown: self = .other
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
