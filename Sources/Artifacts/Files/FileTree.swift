package import Findings

/// Walks the files and folders a caller named, depth first, the names of each folder in byte order.
///
/// Hands out one entry at a time; holds the names of the folders on the way down, never those of the whole tree.
/// Everything is walked: hidden and ignored files too. Symbolic links are not followed, since what lies in the roots
/// is read by its real path anyway.
package struct FileTree: Sendable {
  /// What the walk met.
  package enum Entry: Sendable {
    case file(FileEntry)
    /// A folder that is a container image; what is in it follows.
    case image(ImageFolder)
    /// Could not be read.
    case gap(CoverageLedger.Gap)
    /// Need not be read.
    case note(CoverageLedger.Note)
    /// Was left out on purpose: whether that is a gap is for the policy to say.
    case leftOut(CoverageLedger.Note)
  }

  /// One folder on the way down.
  struct Level: Sendable {
    /// `nil` while it is closed to save descriptors; the innermost level's is always open.
    var directory: Directory?
    /// Which folder it was when it was closed.
    var state: FileState?
    let listing: DirectoryListing
    var next = 0
    /// Bytes of `path` up to the names in this folder.
    let prefix: Int
    /// What it is to a git repository.
    let place: ObjectStore.Place
  }

  /// Folders held open at once; those further out are closed and found again through `..`.
  static let openLevels = 48

  package private(set) var roots = FileRoots()
  var exclusions: Exclusions
  var levels: [Level] = []
  /// How many of the outermost levels are closed.
  var closedLevels = 0
  /// The path of the last entry as it is shown.
  var path: [UInt8] = []
  /// Where in `path` the part below the root begins.
  var below = 0
  private var root = 0
  private var hasRootsBelow = false
  private var pending: [Entry] = []

  package init(exclusions: [Glob] = []) { self.exclusions = Exclusions(exclusions) }

  /// Entries left out, by pattern as written; patterns that matched nothing are there with 0.
  package var excluded: [String: Int] { exclusions.byPattern }

  /// Resolves a path as written and returns its root; `nil` where it was named before or is excluded.
  ///
  /// To be called for every path before the first is entered, so that overlaps are known.
  package mutating func add(_ name: ArtifactName) throws(ArtifactError) -> Int? {
    guard let index = try roots.add(name, exclusions: &exclusions) else { return nil }
    return roots.roots[index].isExcluded ? nil : index
  }

  /// Begins the walk of a root, whose entries `next` then gives.
  package mutating func enter(_ index: Int) {
    let root = roots.roots[index]
    self.root = index
    path = root.name.bytes
    let name = (root.realPath ?? path).split(separator: .slash).last ?? []
    let folder = (root.realPath ?? []).dropLast(root.isFolder ? 0 : name.count)
    let place = ObjectStore.place(of: Array(folder))
    let notice = Entry.leftOut(CoverageLedger.Note(artifact: root.name, text: ObjectStore.notice))
    guard root.isFolder else {
      let file = Entry.file(FileEntry(directory: nil, name: root.name, start: 0))
      pending = [ObjectStore.holdsObjects(name, in: place) ? notice : file]
      return
    }
    if place != .elsewhere { pending = [notice] }
    hasRootsBelow = roots.hasRoots(below: index)
    do {
      let directory = try Directory(path: path)
      if path.last != .slash { path.append(.slash) }
      below = path.count
      descend(into: directory, name: name, place)
    } catch {
      pending.append(.gap(CoverageLedger.Gap(artifact: root.name, reason: error.reason)))
    }
  }

  /// The next entry of the root, `nil` at its end.
  package mutating func next() -> Entry? {
    while true {
      if let entry = pending.popLast() { return entry }
      guard let last = levels.indices.last else { return nil }
      let index = levels[last].next
      guard index < levels[last].listing.count else {
        ascend()
        continue
      }
      levels[last].next += 1
      path.removeSubrange(levels[last].prefix...)
      path.append(contentsOf: levels[last].listing.name(at: index))
      if let entry = visit(levels[last].listing.kind(at: index)) { return entry }
    }
  }

  /// Judges the entry `path` ends in.
  private mutating func visit(_ listed: FileKind) -> Entry? {
    guard let level = levels.last, let directory = level.directory else { return nil }
    let whole = path
    let name = whole.span.extracting(level.prefix..<whole.count)
    if hasRootsBelow, let base = roots.roots[root].realPath {
      let separator: [UInt8] = base.last == .slash ? [] : [.slash]
      if roots.isRoot(base + separator + whole[below...]) { return nil }
    }
    do throws(ArtifactError) {
      let kind = listed == .unknown ? try directory.kind(of: name) : listed
      if !exclusions.isEmpty,
        exclusions.exclude(whole.span.extracting(below..<whole.count), isFolder: kind == .directory)
      {
        return nil
      }
      switch kind {
      case .regular:
        if ObjectStore.holdsObjects(whole[level.prefix...], in: level.place) { return nil }
        return .file(FileEntry(directory: directory, name: ArtifactName(bytes: whole), start: level.prefix))
      case .directory:
        let place = ObjectStore.place(of: whole[level.prefix...], in: level.place)
        if place == .store {
          pending.append(.leftOut(CoverageLedger.Note(artifact: ArtifactName(bytes: whole), text: ObjectStore.notice)))
        }
        let child = try directory.child(name)
        path.append(.slash)
        descend(into: child, name: whole[level.prefix...], place)
        return nil
      case .link: return link(in: directory, name: name)
      case .fifo, .socket, .characterDevice, .blockDevice, .unknown: throw ArtifactError.special(kind)
      }
    } catch {
      return .gap(CoverageLedger.Gap(artifact: ArtifactName(bytes: whole), reason: error.reason))
    }
  }

  /// Lists a folder whose path, with its slash, `path` is, and makes it the innermost level.
  private mutating func descend(into directory: Directory, name: ArraySlice<UInt8>, _ place: ObjectStore.Place) {
    let listing = DirectoryListing(of: directory)
    let shown = ArtifactName(bytes: path.count > 1 ? Array(path.dropLast()) : path)
    if ImageFolder.isLaidOut(listing) { pending.append(.image(ImageFolder(directory: directory, name: shown))) }
    if let code = listing.failure {
      pending.append(.gap(CoverageLedger.Gap(artifact: shown, reason: ArtifactError.cannotList(code: code).reason)))
    }
    levels.append(
      Level(
        directory: directory, listing: listing, prefix: path.count,
        place: place == .elsewhere ? ObjectStore.place(of: listing, name: name) : place))
    closeOuterLevels()
  }

  /// Notes that a folder could not be found again.
  mutating func lose(_ level: Level, because error: ArtifactError) {
    guard level.next < level.listing.count else { return }
    let shown = ArtifactName(bytes: Array(path[..<level.prefix]))
    pending.append(.gap(CoverageLedger.Gap(artifact: shown, reason: "rest of the folder not read: \(error.reason)")))
  }
}
