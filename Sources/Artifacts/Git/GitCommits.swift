import Findings

/// Commits, parents before children, and what each brings: `git rev-list` piped into `git diff-tree`.
///
/// A merge brings what differs from all its parents (git-diff-tree(1), `-c`), so that over a whole history every blob of
/// every tree is brought by some commit.
struct GitCommits {
  /// One step of the stream.
  enum Step {
    case commit(ObjectID)
    /// A path the commit named last changes.
    case change(GitChange)
  }

  private let list: GitProcess
  private let diff: GitProcess
  private var records: GitRecords

  /// - Parameters:
  ///   - options: of git-rev-list(1).
  ///   - revisions: one a line of its standard input; `^` before one excludes what it reaches.
  init(_ repository: GitRepository, options: [String], revisions: [[UInt8]]) throws(ArtifactError) {
    let git = repository.git
    list = try git.start(["rev-list", "--topo-order", "--reverse", "--stdin"] + options, input: .pipe)
    for revision in revisions { list.write((revision + [.lineFeed]).span) }
    list.closeInput()
    diff = try list.printing { descriptor throws(ArtifactError) in
      try git.start(
        ["diff-tree", "--stdin", "--always", "--root", "-r", "-c"] + GitRepository.rawDiff,
        input: .descriptor(descriptor))
    }
    records = GitRecords(diff, endingWith: 0)
  }

  /// The next step, `nil` at the end.
  ///
  /// - Throws: `git` where either program failed or complained: then commits may be missing.
  mutating func next() throws(ArtifactError) -> Step? {
    do throws(ArtifactError) {
      guard let record = try records.next() else {
        try end()
        return nil
      }
      guard record.first == UInt8(ascii: ":") else {
        guard let id = ObjectID(hex: record) else { throw .git("git gave a record that cannot be read") }
        return .commit(id)
      }
      guard let path = try records.next() else { throw .git("git gave a record without a path") }
      return .change(try GitChange(header: record, path: path))
    } catch {
      try end()
      throw error
    }
  }

  private func end() throws(ArtifactError) {
    // The list first: where it failed, the other only saw an early end.
    let complaints = try list.end() + diff.end()
    if let first = complaints.first { throw .git("git complained: \(first)") }
  }
}
