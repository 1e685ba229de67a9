import Findings
import Reports

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The folders a backend works in, and what it changes there.
///
/// What changes outside of the run directory is copied to where it would lie without roots, so that a run is judged by what the
/// backend left, whatever becomes of the roots.
struct BackendWork {
  /// What came of the work.
  struct Changes {
    /// Paths below `folder`, in ascending order.
    var names: [String] = []
    /// Digest over the changed files, `nil` where there is none.
    var digest: String?
    /// What could not be read or kept, a clause each.
    var losses: [String] = []
  }

  /// Where the work lies in the run directory.
  static let folder = "work"

  private let run: RunDirectory
  private let places: [Place]
  private let isOutside: Bool

  /// A folder of the work as it was before.
  private struct Place {
    var path: [UInt8]
    /// The run directory, where it lies below.
    var own: [UInt8]?
    /// Where below `folder` its files are kept: several roots have a number each.
    var prefix: String
    var before: WorkSnapshot
  }

  /// - Throws: where a root cannot be read, or lies in the run directory.
  init(in run: RunDirectory, roots: [[UInt8]]) throws(HarnessError) {
    self.run = run
    isOutside = !roots.isEmpty
    if !isOutside { try run.makeFolder(Self.folder) }
    var places: [Place] = []
    for (index, root) in (isOutside ? roots : [run.path(of: Self.folder)]).enumerated() {
      let folder = try RunDirectory(existing: root)
      if isOutside, Self.path(folder.path, below: run.path) != nil {
        throw HarnessError(.invalid, "--root leads into the run directory; leave it out, or name a folder elsewhere")
      }
      // What the run itself writes is no work.
      let own = Self.path(run.path, below: folder.path)
      let prefix = roots.count > 1 ? "\(index + 1)/" : ""
      let before = try WorkSnapshot(of: folder.path, skipping: own)
      places.append(Place(path: folder.path, own: own, prefix: prefix, before: before))
    }
    self.places = places
  }

  /// The folder the backend starts in.
  var start: [UInt8] { places[0].path }

  /// What has changed by now; outside of the run directory it is kept, with the events the backend left.
  ///
  /// Where a folder cannot be read, that is all that is known.
  func changesRead() -> Changes {
    do throws(HarnessError) { return try changes() } catch { return Changes(losses: [error.message]) }
  }

  private func changes() throws(HarnessError) -> Changes {
    var changes = Changes()
    var kept: WorkSnapshot?
    if isOutside, run.has(Self.folder) { changes.losses.append("not kept: \(Self.folder) is there already") }
    for place in places {
      let after = try WorkSnapshot(of: place.path, skipping: place.own)
      kept = after
      let names = after.changes(since: place.before)
      changes.names += names.map { place.prefix + $0 }
      guard isOutside, changes.losses.isEmpty else { continue }
      for name in names + after.events(since: place.before) where after.files[name] != nil {
        do throws(HarnessError) {
          try keep(name, of: place)
        } catch {
          changes.losses.append("not kept: \(place.prefix)\(name): \(error.message)")
        }
      }
    }
    guard !changes.names.isEmpty else { return changes }
    changes.names.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    if isOutside {
      try run.makeFolder(Self.folder)
      kept = try WorkSnapshot(of: run.path(of: Self.folder))
    }
    changes.digest = kept?.digest(of: changes.names)
    return changes
  }

  /// Copies a file into the run directory.
  private func keep(_ name: String, of place: Place) throws(HarnessError) {
    let file = SystemPath(place.path + Array("/\(name)".utf8))
    guard file.kind(followingLinks: false) == .file else { throw HarnessError(.incomplete, "it is no file") }
    let bytes = try file.contents(limit: WorkSnapshot.greatestSize)
    let copy = "\(Self.folder)/\(place.prefix)\(name)"
    try run.makeFolder(copy.split(separator: "/").dropLast().joined(separator: "/"))
    // There may be many: unlike evidence they need not be on the disk one by one.
    guard let descriptor = SystemPath(run.path(of: copy)).open(O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: 0o600)
    else { throw HarnessError(.incomplete, "no copy can be made: \(systemReason(errno))") }
    defer { close(descriptor) }
    do throws(ReportError) {
      try DescriptorSink(descriptor: descriptor, name: copy).write(bytes.span)
    } catch {
      throw HarnessError(.incomplete, "no copy can be made: \(error.reason)")
    }
  }

  /// The path of a folder from another one on that holds it: empty where they are the same, `nil` where it does not lie there.
  private static func path(_ folder: [UInt8], below other: [UInt8]) -> [UInt8]? {
    guard folder.starts(with: other), folder.count == other.count || folder[other.count] == UInt8(ascii: "/") else {
      return nil
    }
    return Array(folder[other.count...].dropFirst())
  }
}
