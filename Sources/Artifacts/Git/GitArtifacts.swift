import Findings
import Synchronization

/// What of a repository is to be judged, handed out piece by piece to the workers of a scan.
package final class GitArtifacts: Sendable, Hashable {
  /// What pieces are made of.
  private struct State: ~Copyable {
    var pieces: GitPieces
    /// The commits that are still to come.
    var commits: GitCommits?
    var commit: ObjectID?
    /// The commits once they have come.
    var walked: Walked?
  }

  /// Commits that were gone through.
  private struct Walked {
    var order: [ObjectID]
    var log: CommitLog
    /// Whether git told all of them.
    var isWhole: Bool
  }

  package let repository: GitRepository
  /// The revisions whose files make a value old.
  package let bases: [[UInt8]]
  /// The revision whose suppressions may count, since what is judged cannot change it; `nil` where there is none.
  package let authority: [UInt8]?
  /// What commits findings are traced in; `nil` where they are not.
  private let tracing: GitTracing?
  /// What differs between what was there and what is judged: one for each ref of a push, none where there is no such
  /// pair, as of a history.
  package let differences: [GitDifference]
  private let memory: CommitMemory?
  /// Why what an earlier run left could not be used; one lower-case clause.
  package let complaint: String?
  /// Pieces there are at most; `nil` where that is not known beforehand.
  package let limit: Int?
  private let state: Mutex<State>

  /// What is known at once.
  init(
    _ repository: GitRepository, bases: [[UInt8]], authority: [UInt8]?, pieces: consuming GitPieces,
    differences: [GitDifference] = []
  ) {
    self.repository = repository
    self.bases = bases
    self.authority = authority
    self.differences = differences
    tracing = nil
    memory = nil
    complaint = nil
    pieces.flush()
    limit = pieces.count
    state = Mutex(State(pieces: pieces))
  }

  /// What commits bring, and then what else there is.
  ///
  /// - Parameters:
  ///   - list: the commits that are gone through, where they were asked for already.
  ///   - others: commits that are gone through behind those.
  ///   - memory: what an earlier run left, where that may be used.
  init(
    _ repository: GitRepository, bases: [[UInt8]], authority: [UInt8]?, tracing: GitTracing,
    pieces: consuming GitPieces, differences: [GitDifference] = [], list: sending GitCommitList? = nil,
    others: [ObjectID] = [],
    memory: CommitMemory? = nil
  ) throws(ArtifactError) {
    self.repository = repository
    self.bases = bases
    self.authority = authority
    self.differences = differences
    self.tracing = tracing
    self.memory = memory
    limit = nil
    var log = CommitLog()
    var complaint: String?
    do throws(ArtifactError) { if let memory { log = try memory.log() } } catch { complaint = error.reason }
    self.complaint = complaint
    var list = list
    if list == nil {
      list = try GitCommitList(repository.git, options: tracing.options, revisions: tracing.revisions)
    }
    let commits = GitCommits(repository, list, others: others, log: log)
    state = Mutex(State(pieces: pieces, commits: commits))
  }

  package static func == (left: GitArtifacts, right: GitArtifacts) -> Bool { left === right }
  package func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }

  /// Paths left out, by pattern.
  package var excluded: [String: Int] { state.withLock { $0.pieces.exclusions.byPattern } }

  /// The next piece, `nil` when there is none; may wait for git.
  package func next() -> GitPiece? {
    state.withLock { state in
      while true {
        if let piece = state.pieces.next() { return piece }
        guard state.commits != nil else { return nil }
        advance(&state)
      }
    }
  }

  /// Takes one step through the commits; at their end, takes in all that is left.
  private func advance(_ state: inout State) {
    do throws(ArtifactError) {
      switch try state.commits?.next() {
      case .commit(let id):
        state.commit = id
        state.pieces.add(GitObject(id: id, name: ArtifactName("commit \(id.text)")))
        if repository.shallowCommits.contains(id) {
          state.pieces.add(
            gap: ArtifactName("commit \(id.text)"),
            "the clone is shallow here, what came before is missing: git fetch --unshallow")
        }
      case .entry(let entry): state.pieces.add(entry)
      case nil: finish(&state, isWhole: true)
      }
    } catch {
      let last = state.commit.map { "history behind commit \($0.text)" } ?? "history"
      state.pieces.add(gap: ArtifactName(last), error.reason)
      finish(&state, isWhole: false)
    }
  }

  private func finish(_ state: inout State, isWhole: Bool) {
    state.walked = state.commits.take().map { Walked(order: $0.order, log: $0.log, isWhole: isWhole) }
    state.pieces.addRest()
    state.pieces.flush()
  }
}

extension GitArtifacts {
  /// Whether findings can be traced to the commits that brought them.
  package var areTraced: Bool { tracing != nil }

  /// The origin of each group of objects that hold the same value, once all pieces were handed out.
  ///
  /// - Complexity: one walk through what was told of the commits, whatever the number of groups.
  package func origins(of groups: [Set<ObjectID>]) throws(ArtifactError) -> [GitTrace.Origin] {
    let walked = state.withLock { $0.walked }
    var commits = try GitCommits(repository, order: walked?.order ?? [], log: walked?.log ?? CommitLog())
    return try GitTrace.origins(of: groups, in: repository, &commits, head: tracing?.head)
  }

  /// Leaves what git told of the commits for the next run, where that is all there is to be told.
  package func remember() {
    guard let memory, let walked = state.withLock({ $0.walked }), walked.isWhole else { return }
    memory.save(walked.log)
  }
}

/// Which commits are gone through: options and input of git-rev-list(1).
package struct GitTracing: Sendable {
  let options: [String]
  let revisions: [[UInt8]]
  /// The commit whose files count as being there still.
  let head: ObjectID?
}
