import Findings

/// What one run leaves for the next about the commits of a repository: their log, and the trees that were there.
struct CommitMemory: Sendable {
  private let file: RememberedFile
  /// The trees there are now.
  private let trees: [ObjectID]

  /// - Parameters:
  ///   - prefix: of the file's path; the rest tells repositories apart.
  ///   - trees: the trees the repository has now.
  init(prefix: [UInt8], of repository: GitRepository, trees: [ObjectID]) {
    let hash = repository.commonFolder.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    file = RememberedFile(path: prefix + Array(String(hash, radix: 16).utf8), mark: "LGCOMMIT")
    self.trees = trees
  }

  /// The log, empty where there is none; where a tree is gone that was there, too, so that git says what is missing.
  ///
  /// - Throws: `git` with a clause where the file is damaged.
  func log() throws(ArtifactError) -> CommitLog {
    switch file.read(limit: 4 * CommitLog.greatestSize) {
    case .missing: return CommitLog()
    case .unusable(let reason): throw unusable(reason)
    case .body(var cursor):
      let there = Set(trees)
      let damage = unusable("is damaged")
      guard let count = cursor.number(4) else { throw damage }
      var isWhole = true
      for _ in 0..<count {
        guard let tree = cursor.id() else { throw damage }
        isWhole = isWhole && there.contains(tree)
      }
      guard let log = CommitLog(&cursor) else { throw damage }
      return isWhole ? log : CommitLog()
    }
  }

  private func unusable(_ reason: String) -> ArtifactError {
    .git("the cache of commits \(reason) and was not used: \(String(decoding: file.path, as: UTF8.self))")
  }

  /// Leaves a log for the next run, where there is something new in it; what fails only costs time.
  func save(_ log: CommitLog) {
    guard log.hasNew, trees.count < CommitLog.greatestSize / 33 else { return }
    var body: [UInt8] = []
    body.reserveCapacity(4 + trees.count * 33 + log.bytes.count)
    body.append(trees.count, bytes: 4)
    for tree in trees { body.append(tree) }
    file.write(body + log.bytes)
  }
}
