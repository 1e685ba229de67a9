import Findings

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Commits, parents before children, and what each brings: `git rev-list`, and `git diff-tree` for those that are not in
/// the log.
///
/// A merge brings what differs from all its parents (git-diff-tree(1), `-c`), so that over a whole history every blob of
/// every tree is brought by some commit.
struct GitCommits {
  /// One step of the stream.
  enum Step {
    case commit(ObjectID)
    /// What the commit named last brings.
    case entry(GitEntry)
  }

  /// Who tells what the commit at hand brings.
  private enum Source {
    case none
    case log(Range<Int>)
    case git
  }

  private let git: Git
  /// The list that is being made, until it is read.
  private var list: GitCommitList?
  /// Commits that belong to it whether anything reaches them or not.
  private var others: [ObjectID] = []
  private(set) var order: [ObjectID]
  private(set) var log: CommitLog
  private var position = 0
  private var source = Source.none
  private var diff: GitProcess?
  private var records: GitRecords?
  /// What git said last where it was the next commit's id.
  private var heading: ObjectID?

  /// Goes through the commits of a list.
  ///
  /// - Parameter others: commits that follow those of the list, with all that leads to them, where it is not among them.
  init(_ repository: GitRepository, _ list: GitCommitList?, others: [ObjectID], log: CommitLog) {
    git = repository.git
    self.log = log
    self.list = list
    self.others = others
    order = []
  }

  /// The commits of an earlier walk, once more.
  init(_ repository: GitRepository, order: [ObjectID], log: CommitLog) throws(ArtifactError) {
    git = repository.git
    self.log = log
    self.order = order
    try startDiff()
  }

  /// The next step, `nil` at the end.
  ///
  /// - Throws: `git` where either program failed or complained: then commits may be missing.
  mutating func next() throws(ArtifactError) -> Step? {
    do throws(ArtifactError) {
      if let list = list.take() { try read(list) }
      if let entry = try entry() { return .entry(entry) }
      guard position < order.count else {
        try end()
        return nil
      }
      let commit = order[position]
      position += 1
      if let entries = log.entries(of: commit) {
        source = .log(entries)
      } else {
        try begin(commit)
      }
      return .commit(commit)
    } catch {
      // What was read of the commit at hand need not be all of it.
      log.giveUp()
      try end()
      throw error
    }
  }

  private mutating func read(_ list: GitCommitList) throws(ArtifactError) {
    order = try list.read()
    let known = Set(others.isEmpty ? [] : order)
    let rest = others.filter { !known.contains($0) }
    if !rest.isEmpty {
      order += try GitCommitList(git, options: ["--not", "--all"], revisions: rest.map(\.hex)).read()
    }
    try startDiff()
  }

  /// Starts git on the commits that are not in the log; from a file, so that nobody waits for anybody.
  private mutating func startDiff() throws(ArtifactError) {
    guard order.contains(where: { log.entries(of: $0) == nil }) else { return }
    let file = try Descriptor.nameless()
    var lines: [UInt8] = []
    for commit in order where log.entries(of: commit) == nil {
      lines += commit.hex + [.lineFeed]
      guard lines.count > 1 << 16 else { continue }
      try write(lines, to: file)
      lines.removeAll(keepingCapacity: true)
    }
    try write(lines, to: file)
    lseek(file.raw, 0, SEEK_SET)
    let diff = try git.start(
      ["diff-tree", "--stdin", "--always", "--root", "-r", "-c"] + GitRepository.rawDiff, input: .descriptor(file.raw))
    self.diff = diff
    records = GitRecords(diff, endingWith: 0)
  }

  private func write(_ lines: [UInt8], to file: borrowing Descriptor) throws(ArtifactError) {
    guard file.write(all: lines.span) == 0 else {
      throw .repository("a temporary file cannot be written: make room, or name another folder in TMPDIR")
    }
  }

  /// Reads on to a commit that is not in the log.
  private mutating func begin(_ commit: ObjectID) throws(ArtifactError) {
    if heading == nil, let record = try records?.next() { heading = ObjectID(hex: record) }
    guard heading == commit else { throw .git("git diff-tree left out commit \(commit.text)") }
    heading = nil
    source = .git
    log.begin(commit)
  }

  /// What the commit at hand brings next, `nil` at its end.
  private mutating func entry() throws(ArtifactError) -> GitEntry? {
    switch source {
    case .none: return nil
    case .log(let rest):
      if rest.isEmpty { return nil }
      var place = rest.lowerBound
      let entry = log.entry(at: &place)
      source = .log(place..<rest.upperBound)
      return entry
    case .git:
      while let record = try records?.next() {
        guard record.first == UInt8(ascii: ":") else {
          guard let id = ObjectID(hex: record) else { throw .git("git gave a record that cannot be read") }
          heading = id
          break
        }
        guard let path = try records?.next() else { throw .git("git gave a record without a path") }
        guard let entry = try GitChange(header: record, path: path).entry else { continue }
        log.add(entry)
        return entry
      }
      // The last commit is told to its end only if git says so.
      if heading == nil { try end() }
      log.end()
      source = .none
      return nil
    }
  }

  private func end() throws(ArtifactError) {
    guard let diff else { return }
    let complaints = try diff.end()
    if let first = complaints.first { throw .git("git complained: \(first)") }
  }
}
