package import Findings

/// A piece of what a git repository holds, as a worker takes it.
package enum GitPiece: Sendable {
  /// Objects to be read, at most `GitObjectReader.greatestRequest`.
  case objects([GitObject])
  /// A file of the work tree.
  case file(FileEntry)
  /// Names of files, branches and tags, which can hold a secret as well.
  case names([ArtifactName])
  case gap(CoverageLedger.Gap)
  case note(CoverageLedger.Note)
}

/// Gathers what is told one by one into pieces that are worth a worker's while, each name once, and each object once for every
/// kind of names it has.
struct GitPieces {
  private(set) var exclusions: Exclusions
  /// Whether the rules look at paths, so that a blob is judged anew under each of its paths.
  private let distinguishesPaths: Bool
  private var objects: [GitObject] = []
  private var names: [ArtifactName] = []
  private var ready: [GitPiece] = []
  /// What became of objects that were met, but for those that `kept` tells of.
  private var seen: [ObjectID: Standing] = [:]
  /// What became of the blobs that git says it keeps.
  private var kept: [ObjectID: Standing] = [:]
  /// Whether it keeps no others, so that any other is missing.
  private var keptAreAll = false
  /// What differs in the end, whoever brought it.
  private var outcome: [GitChange] = []
  private var seenPaths: Set<GitObject> = []
  private var seenNames: Set<ArtifactName> = []

  /// What became of an object: nothing where it was not met.
  private struct Standing: OptionSet {
    var rawValue: UInt8
    static let excluded = Standing(rawValue: 1 << 7)
    /// Taken in under a name of some kind.
    static func taken(_ kind: ArtifactKind) -> Standing { Standing(rawValue: 1 << kind.rawValue) }
  }

  private static let namesAtOnce = 1024
  private static let objectsAtOnce = 32

  init(_ options: GitOptions) {
    exclusions = Exclusions(options.exclusions)
    distinguishesPaths = options.distinguishesPaths
  }

  /// Takes note of the blobs that git keeps, so that one that is missing is noticed whatever is remembered of it.
  mutating func expect(_ blobs: [ObjectID], areAll: Bool) {
    kept.reserveCapacity(blobs.count)
    for id in blobs { kept[id] = [] }
    keptAreAll = areAll
  }

  /// Takes note of what differs in the end: a merge brings nothing of what it takes from a parent, though the base may have
  /// left it behind.
  mutating func expect(_ outcome: [GitChange]) { self.outcome += outcome }

  /// Takes in what differs in the end and no commit brought, and the blobs that nothing has named.
  mutating func addRest() {
    for case let entry? in outcome.map(\.entry) where entry.side.mode == .file || entry.side.mode == .link {
      if !exclusions.cover(entry.path.bytes.span, isFolder: false) { add(entry) }
    }
    outcome = []
    for id in kept.filter(\.value.isEmpty).keys.sorted() {
      add(GitObject(id: id, name: ArtifactName("blob \(id.text)")))
    }
  }

  /// Takes in what a change leaves behind.
  mutating func add(_ change: GitChange) { if let entry = change.entry { add(entry) } }

  /// Takes in what is new of what a path holds, unless it is excluded.
  mutating func add(_ entry: GitEntry) {
    let (id, path) = (entry.side.id, entry.path)
    if exclude(path) {
      kept[id]?.insert(.excluded)
      return
    }
    if entry.isNew { add(name: path) }
    switch entry.side.mode {
    case .file, .link:
      if !keptAreAll || kept[id] != nil {
        add(GitObject(id: id, name: path))
      } else if seen.updateValue([], forKey: id) == nil {
        add(gap: path, ArtifactError.missing(id).reason)
      }
    case .submodule:
      ready.append(
        .note(
          CoverageLedger.Note(
            artifact: path, text: "submodule at \(id.text): judge it with `leakgate git history` in its own folder")))
    case .tree:
      add(gap: path, "a folder the index does not list (sparse index): run git sparse-checkout disable")
    }
  }

  /// Whether the caller leaves a path out, which then is counted.
  mutating func exclude(_ path: ArtifactName) -> Bool { !exclusions.isEmpty && exclusions.exclude(tracked: path) }

  /// Takes in an object, once for each kind of names it has.
  mutating func add(_ object: GitObject) {
    let standing = Standing.taken(object.kind)
    let isNew = kept[object.id]?.insert(standing).inserted ?? seen[object.id, default: []].insert(standing).inserted
    guard distinguishesPaths ? seenPaths.insert(object).inserted : isNew else { return }
    objects.append(object)
    if objects.count == Self.objectsAtOnce { flushObjects() }
  }

  mutating func add(name: ArtifactName) {
    guard seenNames.insert(name).inserted else { return }
    names.append(name)
    if names.count == Self.namesAtOnce { flushNames() }
  }

  mutating func add(gap name: ArtifactName, _ reason: String) {
    ready.append(.gap(CoverageLedger.Gap(artifact: name, reason: reason)))
  }

  mutating func add(_ piece: GitPiece) { ready.append(piece) }

  /// Makes pieces of what is gathered although it is little.
  mutating func flush() {
    flushObjects()
    flushNames()
  }

  /// The next piece that is worth while.
  mutating func next() -> GitPiece? { ready.isEmpty ? nil : ready.removeFirst() }

  /// Pieces that wait.
  var count: Int { ready.count }

  private mutating func flushObjects() {
    if objects.isEmpty { return }
    ready.append(.objects(objects))
    objects.removeAll(keepingCapacity: true)
  }

  private mutating func flushNames() {
    if names.isEmpty { return }
    ready.append(.names(names))
    names.removeAll()
  }
}

/// How what a repository holds is chosen.
package struct GitOptions: Sendable {
  /// Patterns of paths that are left out.
  package var exclusions: [Glob]
  /// Whether the rules look at paths: then a blob is judged under each of its paths, else once.
  package var distinguishesPaths: Bool
  /// How the paths of files begin in which a run leaves for the next what git told of commits; `nil` for none.
  package var memory: [UInt8]?

  package init(exclusions: [Glob] = [], distinguishesPaths: Bool = false) {
    self.exclusions = exclusions
    self.distinguishesPaths = distinguishesPaths
  }
}
