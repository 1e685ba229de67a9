import Findings
import Synchronization

/// Blobs in which nothing was found before, by the same build, rules and policy, so that they need not be read again.
///
/// A remembered file: how many sets of dropped matches there are, the sets, and the blobs, each with its kind, size and set.
package final class CleanBlobs: Sendable {
  /// What is known of a blob.
  package struct Judgement: Sendable, Equatable {
    package var size: Int
    /// Matches that were dropped in it, by reason, so that they are counted in every run.
    package var dropped: [String: Int]

    package init(size: Int, dropped: [String: Int]) {
      self.size = size
      self.dropped = dropped
    }
  }

  /// A blob, judged under a name of some kind.
  private struct Key: Sendable, Hashable {
    var id: ObjectID
    var kind: ArtifactKind

    init(_ object: GitObject) { self.init(object.id, object.kind) }

    init(_ id: ObjectID, _ kind: ArtifactKind) {
      self.id = id
      self.kind = kind
    }
  }

  private struct Entry: Sendable {
    var size: Int
    /// Which of the sets.
    var set: Int
  }

  private struct State: Sendable {
    var known: [Key: Entry] = [:]
    /// Each set of dropped matches once: versions of a file have the same.
    var sets: [[String: Int]] = [[:]]
    var numbers: [[String: Int]: Int] = [[:]: 0]
    var hasNew = false

    mutating func number(of set: [String: Int]) -> Int {
      if let number = numbers[set] { return number }
      numbers[set] = sets.count
      sets.append(set)
      return sets.count - 1
    }
  }

  /// Bytes over which a file is none of ours: some thirty million blobs.
  private static let greatestSize = 1 << 30
  /// Bytes of a blob with an id of 20 bytes.
  private static let entryLength = 34

  private let file: RememberedFile
  private let state: Mutex<State>
  /// Why the file could not be used although it was there; one lower-case clause.
  package let complaint: String?

  /// Reads a file; one that is not there, or damaged, knows nothing.
  package init(path: [UInt8]) {
    file = RememberedFile(path: path, mark: "LGCLEAN3")
    var known: State? = State()
    var reason = "is damaged"
    switch file.read(limit: Self.greatestSize) {
    case .missing: break
    case .unusable(let why): (known, reason) = (nil, why)
    case .body(var cursor): known = Self.state(&cursor)
    }
    complaint =
      known == nil
      ? "the cache of clean blobs \(reason) and was not used: \(String(decoding: path, as: UTF8.self))" : nil
    state = Mutex(known ?? State())
  }

  /// What is known of a blob in which nothing was found under a name of the same kind, else `nil`.
  package func judgement(of object: GitObject) -> Judgement? {
    state.withLock { state in
      state.known[Key(object)].map { Judgement(size: $0.size, dropped: state.sets[$0.set]) }
    }
  }

  /// Enters a blob that was read to its end and in which nothing was found.
  package func enter(_ object: GitObject, _ judgement: Judgement) {
    state.withLock { state in
      let entry = Entry(size: judgement.size, set: state.number(of: judgement.dropped))
      state.hasNew = state.known.updateValue(entry, forKey: Key(object)) == nil || state.hasNew
    }
  }

  /// Writes what is known; what fails only costs time.
  package func save() {
    let state = state.withLock(\.self)
    guard state.hasNew else { return }
    var body: [UInt8] = []
    body.reserveCapacity(state.known.count * Self.entryLength)
    body.append(state.sets.count, bytes: 4)
    for set in state.sets {
      body.append(set.count, bytes: 1)
      for (reason, count) in set {
        body.append(short: reason.utf8)
        body.append(count, bytes: 8)
      }
    }
    for (key, entry) in state.known {
      body.append(key.id)
      body.append(Int(key.kind.rawValue), bytes: 1)
      body.append(entry.size, bytes: 8)
      body.append(entry.set, bytes: 4)
    }
    file.write(body)
  }

  private static func state(_ cursor: inout ByteCursor) -> State? {
    var state = State()
    guard let count = cursor.number(4), count <= cursor.bytes.count else { return nil }
    state.sets = []
    for _ in 0..<count {
      var set: [String: Int] = [:]
      guard let reasons = cursor.number(1) else { return nil }
      for _ in 0..<reasons {
        guard let reason = cursor.short(), let count = cursor.number(8), count >= 0 else { return nil }
        set[String(decoding: reason, as: UTF8.self)] = count
      }
      state.numbers[set] = state.sets.count
      state.sets.append(set)
    }
    state.known.reserveCapacity((cursor.bytes.count - cursor.position) / entryLength)
    while !cursor.isAtEnd {
      guard let id = cursor.id(), let kind = cursor.number(1).flatMap({ ArtifactKind(rawValue: UInt8($0)) }),
        let size = cursor.number(8), size >= 0,
        let set = cursor.number(4), state.sets.indices.contains(set)
      else { return nil }
      state.known[Key(id, kind)] = Entry(size: size, set: set)
    }
    return state
  }
}
