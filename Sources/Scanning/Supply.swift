import Artifacts
import Findings
import Synchronization

/// Gives workers one piece of work after the other, numbered in the order of the report.
///
/// The walk runs in whichever worker asks, one at a time and a few pieces ahead: so folders are read while other workers
/// search, without a thread of its own, and a worker waits for a folder only where nothing was walked ahead.
final class Supply: Sendable {
  /// One piece of work.
  enum Item: Sendable {
    case file(FileEntry)
    case image(ImageFolder)
    case standardInput(StandardInput.Condition)
    case message(Message)
    case objects([GitObject], GitRepository)
    /// Names that are judged themselves.
    case names([ArtifactName])
    case bytes(ArtifactName, [UInt8])
  }

  /// What the inputs come to, in their order.
  private enum Step: Sendable {
    case root(Int)
    case standardInput(StandardInput.Condition)
    case bytes(ArtifactName, [UInt8])
    case git(GitArtifacts)
  }

  private struct State: Sendable {
    var tree: FileTree
    var steps: ArraySlice<Step>
    var isWalking = false
    /// The repository that is being handed out.
    var git: GitArtifacts?
    var number = 0
  }

  /// What the walk has met and nobody has taken.
  private struct Ahead: Sendable {
    var items: [(number: Int, item: Item)] = []
    /// Whether a folder is walked, so that there may be more without waiting for anything but the disk.
    var mayGrow = false
  }

  /// Files walked at a time: a walk of fewer is too short to be worth a lock, and each keeps its folder open.
  private static let mostAhead = 16

  private let state: Mutex<State>
  /// Taken for moments only, with the lock of the walk held or without it.
  private let ahead = Mutex(Ahead())
  private let policy: Policy
  private let repositories: [GitArtifacts]
  /// What is wrong with the inputs themselves.
  let problems: [String]
  /// Artifacts there are at most; `nil` where folders must be walked to tell.
  let limit: Int?

  /// Resolves the inputs, before anything is read.
  init(_ request: ScanRequest, inputDescriptor: Int32) {
    // Asked first: a closed descriptor would be given to the first thing opened.
    let condition = StandardInput.condition(of: inputDescriptor)
    var tree = FileTree(exclusions: request.exclusions)
    var steps: [Step] = []
    var problems: [String] = []
    var takesInput = false
    var repositories: [GitArtifacts] = []
    for input in request.inputs {
      switch input {
      case .standardInput:
        if takesInput { continue }
        takesInput = true
        if condition == .terminal {
          problems.append("standard input is a terminal: pipe something into it, or name a file or folder")
        } else {
          steps.append(.standardInput(condition))
        }
      case .path(let name):
        do {
          if let root = try tree.add(name) { steps.append(.root(root)) }
        } catch {
          problems.append("cannot scan '\(name.text)': \(error.reason)")
        }
      case .bytes(let name, let bytes): steps.append(.bytes(name, bytes))
      case .git(let artifacts):
        steps.append(.git(artifacts))
        repositories.append(artifacts)
      }
    }
    let hasFolders = tree.roots.roots.contains(where: \.isFolder)
    limit =
      hasFolders || repositories.contains { $0.limit == nil }
      ? nil : steps.count + repositories.reduce(0) { $0 + ($1.limit ?? 0) } - repositories.count
    state = Mutex(State(tree: tree, steps: steps[...]))
    self.problems = problems
    policy = request.policy
    self.repositories = repositories
  }

  /// Names of the inputs as written.
  var names: [ArtifactName] { state.withLock { $0.tree.roots.roots.map(\.name) } }

  /// Entries left out, by pattern.
  var excluded: [String: Int] {
    repositories.reduce(into: state.withLock { $0.tree.excluded }) { $0.merge($1.excluded, uniquingKeysWith: +) }
  }

  /// The next piece of work with its number, `nil` when there is none.
  func next() -> (number: Int, item: Item)? {
    let (taken, isLow) = take()
    if let taken {
      // Whoever walks already walks for all.
      if isLow { _ = state.withLockIfAvailable { walkAhead(&$0) } }
      return taken
    }
    return state.withLock { state in
      // Somebody may have walked while this worker waited.
      if let taken = take().item { return taken }
      // Its own: what is put with the rest may be taken by another worker, and this one would think there is no more.
      guard let own = walk(&state) else { return nil }
      walkAhead(&state)
      return own
    }
  }

  /// Takes what was walked ahead, and tells whether more should be.
  private func take() -> (item: (number: Int, item: Item)?, isLow: Bool) {
    ahead.withLock { ahead in
      let item = ahead.items.isEmpty ? nil : ahead.items.removeFirst()
      return (item, ahead.mayGrow && ahead.items.count < Self.mostAhead / 2)
    }
  }

  /// Walks to pieces that are not asked for yet, for all.
  ///
  /// Only folders are walked ahead: a piece of a repository is many objects, and may be long in coming.
  private func walkAhead(_ state: inout State) {
    while mayWalkAhead(state), let next = walk(&state) { ahead.withLock { $0.items.append(next) } }
  }

  /// Whether there is a folder to walk, and room for what is met in it.
  private func mayWalkAhead(_ state: State) -> Bool {
    ahead.withLock { ahead in
      ahead.mayGrow = state.isWalking
      return state.isWalking && ahead.items.count < Self.mostAhead
    }
  }

  /// Walks to the next piece, `nil` at the end of all inputs.
  private func walk(_ state: inout State) -> (number: Int, item: Item)? {
    while true {
      if state.isWalking {
        if let entry = state.tree.next() { return numbered(item(for: entry), &state) }
        state.isWalking = false
      }
      if let git = state.git {
        if let piece = git.next() { return numbered(item(for: piece, of: git.repository), &state) }
        state.git = nil
      }
      switch state.steps.popFirst() {
      case nil: return nil
      case .bytes(let name, let bytes): return numbered(.bytes(name, bytes), &state)
      case .git(let artifacts): state.git = artifacts
      case .root(let root):
        state.tree.enter(root)
        state.isWalking = true
      case .standardInput(let condition): return numbered(.standardInput(condition), &state)
      }
    }
  }

  private func numbered(_ item: Item, _ state: inout State) -> (number: Int, item: Item) {
    defer { state.number += 1 }
    return (state.number, item)
  }

  private func item(for entry: FileTree.Entry) -> Item {
    switch entry {
    case .file(let file): .file(file)
    case .image(let folder): .image(folder)
    case .gap(let gap): .message(.event(.gap(gap)))
    case .note(let note): .message(.event(.note(note)))
    case .leftOut(let note): .message(.event(event(leavingOut: note)))
    }
  }

  /// What is not read because it is kept elsewhere: noted under `code`, a gap where all there is has to be judged.
  func event(leavingOut note: CoverageLedger.Note) -> ScanEvent {
    switch policy {
    case .code: .note(note)
    case .artifact, .sot: .gap(CoverageLedger.Gap(artifact: note.artifact, reason: note.text))
    }
  }

  private func item(for piece: GitPiece, of repository: GitRepository) -> Item {
    switch piece {
    case .objects(let objects): .objects(objects, repository)
    case .file(let file): .file(file)
    case .names(let names): .names(names)
    case .gap(let gap): .message(.event(.gap(gap)))
    case .note(let note): .message(.event(event(leavingOut: note)))
    }
  }
}
