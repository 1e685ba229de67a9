import Findings

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

extension GitRepository {
  /// The objects git keeps, alternates' included, those that nothing refers to as well.
  struct Store {
    var commits: [ObjectID] = []
    var tags: [ObjectID] = []
    var blobs: [ObjectID] = []
    var trees: [ObjectID] = []
    /// Whether git told all of them.
    var isWhole = false
  }

  /// Lists every object; what git complains about becomes a gap.
  func store(_ pieces: inout GitPieces) throws(ArtifactError) -> Store {
    let process = try git.start([
      "cat-file", "--batch-all-objects", "--unordered", "--buffer", "--batch-check=%(objecttype) %(objectname)",
    ])
    var store = Store()
    var records = GitRecords(process, endingWith: .lineFeed)
    do throws(ArtifactError) {
      while let record = try records.next() {
        guard let blank = record.firstIndex(of: .blank), let id = ObjectID(hex: record[(blank + 1)...]) else {
          throw .git("git cat-file gave a record that cannot be read: \(ArtifactName(bytes: Array(record)).text)")
        }
        switch record.first {
        case UInt8(ascii: "b"): store.blobs.append(id)
        case UInt8(ascii: "c"): store.commits.append(id)
        // `tag` or `tree`.
        case UInt8(ascii: "t") where blank - record.startIndex == 3: store.tags.append(id)
        default: store.trees.append(id)
        }
      }
      for complaint in try process.end() { throw .git("git complained: \(complaint)") }
      store.isWhole = true
    } catch {
      pieces.add(gap: ArtifactName("object store"), error.reason)
    }
    return store
  }

  /// The names of all refs; what git complains about, a broken ref say, becomes a gap.
  func refs(_ pieces: inout GitPieces) throws(ArtifactError) -> [ArtifactName] {
    let process = try git.start(["for-each-ref", "--format=%(refname)"])
    let names = try process.readAll().split(separator: .lineFeed).map { ArtifactName(bytes: Array($0)) }
    for complaint in try process.end() { pieces.add(gap: ArtifactName("refs"), "git complained: \(complaint)") }
    return names
  }

  /// The files of refs that lead to a tree and not to a commit.
  func filesOfTreeRefs() throws(ArtifactError) -> [GitChange] {
    let told = try git.output(["for-each-ref", "--format=%(objecttype) %(*objecttype) %(refname)"])
    let refs = told.split(separator: .lineFeed).compactMap { line -> [UInt8]? in
      let parts = line.split(separator: .blank, maxSplits: 2, omittingEmptySubsequences: false)
      // A tag of a tag may lead anywhere.
      let leads =
        parts[0].elementsEqual("tree".utf8) || [Array("tree".utf8), Array("tag".utf8)].contains(Array(parts[1]))
      return leads ? parts[2] + Array("^{}".utf8) : nil
    }
    var files: [GitChange] = []
    for tree in try objects(named: refs, .tree) { if let tree { files += try self.files(of: tree.hex) } }
    return files
  }

  /// The annotated tags a revision names, one tag of another included.
  func tags(at revision: [UInt8]) throws(ArtifactError) -> [GitObject] {
    var tags: [GitObject] = []
    var id = ObjectID(hex: try git.line(["rev-parse", "--verify", "--quiet", "--end-of-options"], [revision]))
    while let tag = id {
      guard try git.line(["cat-file", "-t"], [tag.hex]).elementsEqual("tag".utf8) else { break }
      tags.append(GitObject(id: tag, name: ArtifactName("tag \(tag.text)")))
      // The first line of a tag is `object ID` (git-mktag(1)).
      let first = try git.line(["cat-file", "tag"], [tag.hex])
      id = ObjectID(hex: first.dropFirst("object ".utf8.count))
    }
    return tags
  }

  /// The objects of a kind that expressions name (gitrevisions(7)), none of which may hold a line end or NUL; `nil` for
  /// what names none.
  package func objects(named names: [[UInt8]], _ kind: ObjectKind) throws(ArtifactError) -> [ObjectID?] {
    var objects: [ObjectID?] = []
    // So few at once that git, which answers each with a line, never waits for us while we write.
    for start in stride(from: 0, to: names.count, by: 64) {
      let some = names[start..<min(start + 64, names.count)]
      let told = try git.output(["cat-file", "--batch-check", "-z"], input: Array(some.map { $0 + [0] }.joined()))
      let lines = told.split(separator: .lineFeed)
      guard lines.count == some.count else { throw .git("git cat-file gave an answer that cannot be read") }
      // `ID kind size`, or the expression and `missing` or `ambiguous` (git-cat-file(1), "Batch output").
      objects += lines.map { line in
        let parts = line.split(separator: .blank)
        return parts.count == 3 && parts[1].elementsEqual(kind.rawValue.utf8) ? ObjectID(hex: parts[0]) : nil
      }
    }
    return objects
  }

  /// The blobs of all stages of paths that wait to be merged.
  func unmerged() throws(ArtifactError) -> [GitObject] {
    let told = try git.output(["ls-files", "--unmerged", "-z", "--full-name", "--", ":/"])
    var objects: [GitObject] = []
    for record in told.split(separator: 0) {
      // `mode id stage TAB path` (git-ls-files(1), "Output").
      let parts = record.split(separator: .blank, maxSplits: 2)
      guard parts.count == 3, let id = ObjectID(hex: parts[1]), let tab = parts[2].firstIndex(of: UInt8(ascii: "\t"))
      else { throw .git("git ls-files gave a record that cannot be read") }
      if GitMode(parts[0]) == .submodule { continue }
      objects.append(GitObject(id: id, name: ArtifactName(bytes: Array(parts[2][(tab + 1)...]))))
    }
    return objects
  }

  /// Paths of the work tree from its top: tracked and untracked ones; ignored ones on request.
  ///
  /// What git complains about becomes a gap: it only warns of a folder that it cannot list.
  func workFiles(withIgnored: Bool, _ pieces: inout GitPieces) throws(ArtifactError) -> [ArtifactName] {
    let choice = withIgnored ? [] : ["--exclude-standard"]
    let process = try git.start(
      ["ls-files", "-z", "--cached", "--others", "--deduplicate", "--full-name"] + choice + ["--", ":/"])
    let paths = try process.readAll().split(separator: 0).map { ArtifactName(bytes: Array($0)) }
    for complaint in try process.end() {
      let folder = Self.closedFolder(complaint)
      if let folder, pieces.exclude(folder) { continue }
      pieces.add(gap: folder ?? ArtifactName("work tree"), "git complained: \(complaint)")
    }
    return paths
  }

  /// The folder that git says it cannot list, as it names it; `nil` where it says something else.
  private static func closedFolder(_ complaint: String) -> ArtifactName? {
    let start = "warning: could not open directory '"
    guard complaint.hasPrefix(start), let end = complaint.lastIndex(of: "'") else { return nil }
    return ArtifactName(String(complaint[..<end].dropFirst(start.count)))
  }
}

extension GitPieces {
  /// Takes in a file of the work tree as it lies there.
  ///
  /// What is tracked and not there was deleted: there is nothing to judge. A link's text is judged, not where it leads.
  mutating func add(workFile path: ArtifactName, of top: Directory) throws(ArtifactError) {
    if exclude(path) { return }
    add(name: path)
    let bytes = path.bytes
    do throws(ArtifactError) {
      switch try top.kind(of: bytes.span) {
      case .regular: add(.file(FileEntry(directory: top, name: path, start: 0)))
      case .link: if let target = top.target(of: bytes.span) { add(name: ArtifactName(bytes: target)) }
      // Of what it does not track git names the folder of another repository alone; a submodule is recorded by its commit.
      case .directory where bytes.last == .slash:
        add(gap: path, "a repository of its own: judge it with -C, or leave it out with --exclude")
      case .directory:
        add(.note(CoverageLedger.Note(artifact: path, text: "a repository of its own: not judged here")))
      case .fifo, .socket, .characterDevice, .blockDevice, .unknown: break
      }
    } catch .removed, .cannotOpen(ENOTDIR) {
      // Deleted, or a file stands where its folder was.
    } catch {
      add(gap: path, error.reason)
    }
  }
}
