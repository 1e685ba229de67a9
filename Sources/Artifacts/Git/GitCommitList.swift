/// A list of commits, parents before children, that git makes while other things are done (git-rev-list(1)).
struct GitCommitList {
  private let process: GitProcess

  /// Asks which commits there are.
  ///
  /// - Parameters:
  ///   - options: of git-rev-list(1).
  ///   - revisions: one a line of its standard input; `^` before one excludes what it reaches.
  init(_ git: Git, options: [String], revisions: [[UInt8]]) throws(ArtifactError) {
    process = try git.start(["rev-list", "--topo-order", "--reverse", "--stdin"] + options, input: .pipe)
    for revision in revisions { process.write((revision + [.lineFeed]).span) }
    process.closeInput()
  }

  /// The commits, once git has told all of them.
  ///
  /// - Throws: `git` where it failed or complained: then commits may be missing.
  func read() throws(ArtifactError) -> [ObjectID] {
    var commits: [ObjectID] = []
    var lines = GitRecords(process, endingWith: .lineFeed)
    do throws(ArtifactError) {
      while let line = try lines.next() {
        guard let id = ObjectID(hex: line) else { throw .git("git gave a record that cannot be read") }
        commits.append(id)
      }
    } catch {
      // How git ended says more than a line that is cut off.
      _ = try process.end()
      throw error
    }
    let complaints = try process.end()
    if let first = complaints.first { throw .git("git complained: \(first)") }
    return commits
  }
}
