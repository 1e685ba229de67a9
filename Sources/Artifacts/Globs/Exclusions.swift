package import Findings

/// The patterns a caller leaves entries out by, each with the number of entries it has left out.
struct Exclusions: Sendable {
  private let globs: [Glob]
  private var counts: [Int]

  init(_ globs: [Glob]) {
    self.globs = globs
    counts = Array(repeating: 0, count: globs.count)
  }

  var isEmpty: Bool { globs.isEmpty }

  /// Entries left out, by pattern as written; patterns that matched nothing are there with 0.
  var byPattern: [String: Int] {
    Dictionary(zip(globs.map(\.text), counts), uniquingKeysWith: +)
  }

  /// Whether a pattern leaves out this entry below a root, counted for the first that does.
  mutating func exclude(_ path: Span<UInt8>, isFolder: Bool) -> Bool {
    for index in globs.indices where globs[index].matches(path, isFolder: isFolder) {
      counts[index] += 1
      return true
    }
    return false
  }

  /// Whether a pattern leaves out a path the caller named, counted for the first that does.
  ///
  /// A pattern with a slash is held against the path as written, one without against its last component; folders
  /// above it do not count, since the caller went below them on purpose.
  mutating func exclude(named path: ArtifactName, isFolder: Bool) -> Bool {
    if globs.isEmpty { return false }
    let path = path.withoutAnchor
    return exclude(path.span, isFolder: isFolder)
  }

  /// Whether a pattern leaves out a file by its whole path, or a folder above it, counted for the first that does.
  mutating func exclude(tracked path: ArtifactName) -> Bool {
    for index in globs.indices where globs[index].covers(path.bytes.span) {
      counts[index] += 1
      return true
    }
    return false
  }

  /// Whether an entry below a root, or a folder above it, is left out; not counted.
  func cover(_ path: Span<UInt8>, isFolder: Bool) -> Bool {
    for glob in globs where glob.covers(path, isFolder: isFolder) { return true }
    return false
  }
}

extension ArtifactName {
  /// The bytes without a leading `/` or `./` and without slashes at the end: what a pattern is held against.
  package var withoutAnchor: [UInt8] {
    var rest = bytes[...]
    while rest.count > 1, rest.last == .slash { rest.removeLast() }
    while true {
      if rest.first == .slash {
        rest.removeFirst()
      } else if rest.count > 1, rest[rest.startIndex] == .dot, rest[rest.startIndex + 1] == .slash {
        rest.removeFirst(2)
      } else {
        return Array(rest)
      }
    }
  }
}
