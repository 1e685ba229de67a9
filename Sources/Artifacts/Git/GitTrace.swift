package import Findings

/// Finds the commits that brought objects; run only where there is something to trace.
package struct GitTrace {
  /// Where a value comes from.
  package struct Origin: Sendable {
    /// The first commit that brought it, the object it brought it in, and where; no path stands for its message.
    package var first: (commit: ObjectID, object: ObjectID, path: ArtifactName?)?
    /// Commits that brought one of its objects.
    package var commits = 0
    /// Paths it was brought under.
    package var paths: Set<ArtifactName> = []
    package var isAtHead = false
    private var last: ObjectID?

    fileprivate mutating func add(_ commit: ObjectID, object: ObjectID, at path: ArtifactName?) {
      if first == nil { first = (commit, object, path) }
      if last != commit { commits += 1 }
      last = commit
      if let path { paths.insert(path) }
    }
  }

  /// Who made a commit, and when.
  package struct Author: Sendable {
    package var name: [UInt8]
    /// Seconds since 1970.
    package var time: Int
  }

  /// The origin of each group of objects that hold the same value.
  ///
  /// - Complexity: one walk through the commits, whatever the number of groups.
  package static func origins(
    of groups: [Set<ObjectID>], in repository: GitRepository, _ tracing: GitTracing
  ) throws(ArtifactError) -> [Origin] {
    var owners: [ObjectID: [Int]] = [:]
    for (index, group) in groups.enumerated() {
      for id in group { owners[id, default: []].append(index) }
    }
    var origins = groups.map { _ in Origin() }
    var commits = try GitCommits(repository, options: tracing.options, revisions: tracing.revisions)
    var commit: ObjectID?
    while let step = try commits.next() {
      switch step {
      case .commit(let id):
        commit = id
        for index in owners[id] ?? [] { origins[index].add(id, object: id, at: nil) }
      case .change(let change):
        guard let commit, let blob = change.new?.id else { continue }
        for index in owners[blob] ?? [] { origins[index].add(commit, object: blob, at: change.path) }
      }
    }
    guard let head = tracing.head else { return origins }
    for file in try repository.files(of: head.hex) {
      guard let blob = file.new?.id else { continue }
      for index in owners[blob] ?? [] { origins[index].isAtHead = true }
    }
    return origins
  }

  /// The authors of commits (git-cat-file(1): the header of a commit object).
  package static func authors(
    of commits: Set<ObjectID>, in repository: GitRepository
  ) throws(ArtifactError) -> [ObjectID: Author] {
    var authors: [ObjectID: Author] = [:]
    for commit in commits {
      let content = try repository.git.output(["cat-file", "commit"], [commit.hex])
      for line in content.split(separator: .lineFeed, omittingEmptySubsequences: false) {
        if line.isEmpty { break }
        guard line.starts(with: "author ".utf8) else { continue }
        // `author NAME <MAIL> SECONDS ZONE`
        let parts = line.dropFirst("author ".utf8.count).split(separator: .blank)
        guard parts.count >= 2, let time = Int(String(decoding: parts[parts.count - 2], as: UTF8.self)) else { break }
        authors[commit] = Author(name: Array(parts.dropLast(2).joined(separator: [.blank])), time: time)
        break
      }
    }
    return authors
  }
}
