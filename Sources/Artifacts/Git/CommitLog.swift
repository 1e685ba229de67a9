import Findings

/// What commits brought, as git told it once: findings are traced in it, and a history that is judged again is read from
/// it. An id covers all that a commit holds, so what is entered stays true.
///
/// Each record is an id, the length of what follows, and what it brought:
///
///     1 byte          the mode in bits 0 and 1, 4 where the path is new in its commit, 8 where the path follows
///     id              how long it is, and the id
///     4 bytes         the number of the path, counted as they come
///     2 bytes, path   where it follows: its length, and the path
struct CommitLog: Sendable {
  private static let modes: [GitMode] = [.file, .link, .submodule, .tree]
  private static let isNew = 4
  private static let hasPath = 8
  /// Bytes kept at most, some two million paths; what commits beyond brought is asked of git each time.
  static let greatestSize = 64 << 20

  private(set) var bytes: [UInt8] = []
  /// Where stands what a commit brought.
  private var places: [ObjectID: Range<Int>] = [:]
  private var paths: [ArtifactName] = []
  private var numbers: [ArtifactName: Int] = [:]
  private(set) var hasNew = false
  private var isFull = false
  /// The record that is being made: its commit, where it begins, where its entries do, and the paths there were.
  private var open: (commit: ObjectID, start: Int, entries: Int, paths: Int)?

  init() {}

  /// Reads what `bytes` held; `nil` where these are not the records of a log.
  init?(_ cursor: inout ByteCursor) {
    let start = cursor.position
    while !cursor.isAtEnd {
      guard let commit = cursor.id(), let length = cursor.number(4), length <= cursor.bytes.count - cursor.position
      else { return nil }
      let end = cursor.position + length
      places[commit] = (cursor.position - start)..<(end - start)
      while cursor.position < end {
        guard let flags = cursor.number(1), cursor.id() != nil, let number = cursor.number(4) else { return nil }
        guard flags & Self.hasPath != 0 else {
          guard number < paths.count else { return nil }
          continue
        }
        guard number == paths.count, let length = cursor.number(2), let path = cursor.take(length) else { return nil }
        let name = ArtifactName(bytes: Array(path))
        numbers[name] = paths.count
        paths.append(name)
      }
      guard cursor.position == end else { return nil }
    }
    bytes = Array(cursor.bytes[start...])
  }

  /// Where stands what a commit brought, `nil` where that is not known.
  func entries(of commit: ObjectID) -> Range<Int>? { places[commit] }

  /// What stands at a place, which then is that of the next one.
  func entry(at place: inout Int) -> GitEntry {
    var cursor = ByteCursor(bytes, from: place)
    guard let flags = cursor.number(1), let id = cursor.id(), let number = cursor.number(4) else {
      preconditionFailure("a place that is none")
    }
    if flags & Self.hasPath != 0, let length = cursor.number(2) { _ = cursor.take(length) }
    place = cursor.position
    let side = GitChange.Side(id: id, mode: Self.modes[flags & 3])
    return GitEntry(path: paths[number], side: side, isNew: flags & Self.isNew != 0)
  }

  // MARK: Entering

  /// Begins the record of a commit.
  mutating func begin(_ commit: ObjectID) {
    if isFull { return }
    let start = bytes.count
    bytes.append(commit)
    bytes.append(0, bytes: 4)
    open = (commit, start, bytes.count, paths.count)
  }

  /// Adds what the commit begun last brought.
  mutating func add(_ entry: GitEntry) {
    guard open != nil, let mode = Self.modes.firstIndex(of: entry.side.mode) else { return }
    let known = numbers[entry.path]
    bytes.append(UInt8(mode | (entry.isNew ? Self.isNew : 0) | (known == nil ? Self.hasPath : 0)))
    bytes.append(entry.side.id)
    bytes.append(known ?? paths.count, bytes: 4)
    guard known == nil else { return }
    let path = entry.path.bytes
    numbers[entry.path] = paths.count
    paths.append(entry.path)
    bytes.append(path.count, bytes: 2)
    bytes += path
    // Longer ones than two bytes can tell are left to git, and so are all behind a log that is full.
    if bytes.count > Self.greatestSize || path.count > 0xFFFF { giveUp() }
  }

  /// Ends the record: the commit is known from now on.
  mutating func end() {
    guard let record = open else { return }
    open = nil
    let length = bytes.count - record.entries
    for place in 0..<4 { bytes[record.entries - 1 - place] = UInt8(truncatingIfNeeded: length >> (8 * place)) }
    places[record.commit] = record.entries..<bytes.count
    hasNew = true
  }

  /// Takes back the record that was begun, and takes no more.
  mutating func giveUp() {
    guard let record = open else { return }
    open = nil
    isFull = true
    bytes.removeSubrange(record.start...)
    for path in paths[record.paths...] { numbers[path] = nil }
    paths.removeSubrange(record.paths...)
  }
}
