import Findings

extension GitArtifacts {
  /// What the index would record, asked for at once and answered when it is wanted.
  package static func staged(
    at folder: [UInt8]?
  ) throws(ArtifactError) -> (GitOptions) throws(ArtifactError) -> GitArtifacts {
    let asked = try GitRepository.StagingQuestion(at: folder)
    return { (options) throws(ArtifactError) in try staged(asked, options) }
  }

  private static func staged(
    _ asked: GitRepository.StagingQuestion, _ options: GitOptions
  ) throws(ArtifactError) -> GitArtifacts {
    let (repository, changes, hasHead) = try GitRepository.staged(asked)
    var pieces = GitPieces(options)
    var isUnmerged = false
    for change in changes {
      if change.isUnmerged { isUnmerged = true } else { pieces.add(change) }
    }
    if isUnmerged {
      for object in try repository.unmerged() where !pieces.exclude(object.name) { pieces.add(object) }
    }
    let head = hasHead ? Array("HEAD".utf8) : nil
    return GitArtifacts(
      repository, bases: head.map { [$0] } ?? [], authority: head, pieces: pieces,
      differences: [GitDifference(staged: changes, over: head ?? repository.emptyTree.hex, in: repository)])
  }

  /// These objects and nothing else.
  package static func objects(
    _ objects: [GitObject], in repository: GitRepository, _ options: GitOptions
  ) -> GitArtifacts {
    var pieces = GitPieces(options)
    for object in objects { pieces.add(object) }
    return GitArtifacts(repository, bases: [], authority: nil, pieces: pieces)
  }

  /// What the commits of a range bring.
  ///
  /// - Parameter base: `nil` for all that leads to `head`.
  package static func range(
    in repository: GitRepository, from base: ObjectID?, to head: ObjectID, _ options: GitOptions
  ) throws(ArtifactError) -> GitArtifacts {
    let revisions = [head.hex] + (base.map { [Array("^".utf8) + $0.hex] } ?? [])
    let tracing = GitTracing(options: [], revisions: revisions, head: head)
    let difference = try GitDifference(from: base, to: head, in: repository)
    var pieces = GitPieces(options)
    pieces.expect(difference.changes)
    return try GitArtifacts(
      repository, bases: base.map { [$0.hex] } ?? [], authority: base?.hex, tracing: tracing, pieces: pieces,
      differences: [difference])
  }

  /// Everything the repository holds, what no branch reaches any more included.
  package static func history(
    in repository: GitRepository, _ options: GitOptions
  ) throws(ArtifactError) -> GitArtifacts {
    var pieces = GitPieces(options)
    // Git walks the commits while it lists what it keeps; what no ref reaches is asked for when both are known.
    let list = try GitCommitList(repository.git, options: ["--all"], revisions: [])
    let store = try repository.store(&pieces)
    pieces.expect(store.blobs, areAll: store.isWhole)
    for name in try repository.refs(&pieces) { pieces.add(name: name) }
    do throws(ArtifactError) {
      for file in try repository.filesOfTreeRefs() { pieces.add(file) }
    } catch {
      pieces.add(gap: ArtifactName("refs"), error.reason)
    }
    for id in store.tags { pieces.add(GitObject(id: id, name: ArtifactName("tag \(id.text)"))) }
    let head = try? repository.head()
    let tracing = GitTracing(options: ["--all"], revisions: [], head: head)
    let memory = store.isWhole ? options.memory : nil
    return try GitArtifacts(
      repository, bases: [], authority: head?.hex, tracing: tracing, pieces: pieces, list: list, others: store.commits,
      memory: memory.map { CommitMemory(prefix: $0, of: repository, trees: store.trees) })
  }

  /// What the commits that revisions reach bring, those since a date only where there is one (git-rev-list(1)).
  ///
  /// - Parameter date: its midnight in UTC counts, whatever the hour now is, and a younger commit beneath an older one, too.
  /// - Throws: `repository` where no commit is that young, unless that is allowed.
  package static func history(
    in repository: GitRepository, of revisions: [[UInt8]], since date: String?, allowsNone: Bool, _ options: GitOptions
  ) throws(ArtifactError) -> GitArtifacts {
    var pieces = GitPieces(options)
    var commits: [[UInt8]] = []
    for revision in revisions {
      commits.append(try repository.commit(revision).hex)
      for tag in try repository.tags(at: revision) { pieces.add(tag) }
    }
    var choice = revisions.isEmpty ? ["--all"] : []
    if revisions.isEmpty { for name in try repository.refs(&pieces) { pieces.add(name: name) } }
    if let date {
      choice.append("--since-as-filter=\(date)T00:00:00Z")
      guard try allowsNone ? true : repository.holdsCommit(choice, commits) else {
        throw .repository("there is no commit since \(date) in what is to be judged; --allow-empty lets that pass")
      }
    }
    let head = try? repository.head()
    let tracing = GitTracing(options: choice, revisions: commits, head: head)
    return try GitArtifacts(repository, bases: [], authority: head?.hex, tracing: tracing, pieces: pieces)
  }

  /// The files of the work tree: tracked and not, ignored ones on request.
  package static func workTree(
    at folder: [UInt8]?, withIgnored: Bool, _ options: GitOptions
  ) throws(ArtifactError) -> GitArtifacts {
    let repository = try GitRepository(at: folder)
    let top = try repository.topFolder()
    let directory = try Directory(path: top)
    var pieces = GitPieces(options)
    for path in try repository.workFiles(withIgnored: withIgnored, &pieces) {
      try pieces.add(workFile: path, of: directory)
    }
    return GitArtifacts(repository, bases: [], authority: (try? repository.head())?.hex, pieces: pieces)
  }
}
