extension Glob {
  /// Whether the pattern matches this path itself: its last component, or all of it where the pattern is anchored.
  ///
  /// `path` is relative to the pattern's root, without leading or trailing slash. A folder that matches covers what
  /// is in it; a walk that does not enter such folders need not ask again below.
  /// - Complexity: O(bytes × tokens) at worst, however the stars stand.
  package func matches(_ path: Span<UInt8>, isFolder: Bool) -> Bool {
    if isForFolders && !isFolder { return false }
    if isAnchored { return matchesWhole(path) }
    var start = path.count
    while start > 0, path[start - 1] != .slash { start -= 1 }
    return matchesWhole(path.extracting(start..<path.count))
  }

  /// Whether the pattern matches this path or one of the folders above it.
  package func covers(_ path: Span<UInt8>, isFolder: Bool = false) -> Bool {
    for index in path.indices where path[index] == .slash {
      if matches(path.extracting(0..<index), isFolder: true) { return true }
    }
    return matches(path, isFolder: isFolder)
  }

  /// Whether something below this path may match, where the pattern tells in which folders it looks.
  package func mayMatch(below path: [UInt8]) -> Bool {
    guard isAnchored, tokens.first != .components else { return false }
    let start = path + [UInt8.slash]
    return start.count < head.count ? head.starts(with: start) : places(behind: start.span) != nil
  }

  /// Runs the tokens over the bytes as a nondeterministic automaton: every place in the pattern that the bytes so far
  /// can have led to is kept, so nothing is ever tried twice.
  private func matchesWhole(_ bytes: Span<UInt8>) -> Bool {
    if head.count == tokens.count, bytes.count != head.count { return false }
    return places(behind: bytes)?.contains(tokens.count) ?? false
  }

  /// Where in the pattern the bytes can have led to, `nil` where they lead nowhere.
  private func places(behind bytes: Span<UInt8>) -> Places? {
    guard bytes.count >= head.count else { return nil }
    for index in head.indices where bytes[index] != head[index] { return nil }
    var now = Places(count: tokens.count + 1)
    var next = now
    enter(head.count, &now)
    for index in head.count..<bytes.count {
      let byte = bytes[index]
      next.removeAll()
      now.forEach { place in step(from: place, over: byte, into: &next) }
      if next.isEmpty { return nil }
      swap(&now, &next)
    }
    return now
  }

  private func step(from place: Int, over byte: UInt8, into next: inout Places) {
    guard place < tokens.count else { return }
    switch tokens[place] {
    case .byte(let wanted): if byte == wanted { enter(place + 1, &next) }
    case .set(let wanted): if wanted.contains(byte) { enter(place + 1, &next) }
    case .star: if byte != .slash { enter(place, &next) }
    case .rest: enter(place, &next)
    // Within a component there is no going on to what follows: only behind its slash.
    case .components: if byte == .slash { enter(place, &next) } else { next.insert(place) }
    }
  }

  /// Adds a place and those that are reached from it without a byte.
  private func enter(_ place: Int, _ places: inout Places) {
    var place = place
    while true {
      places.insert(place)
      guard place < tokens.count else { return }
      switch tokens[place] {
      case .star, .rest, .components: place += 1
      case .byte, .set: return
      }
    }
  }
}

/// A set of places in a pattern.
private struct Places {
  private var words: [UInt64]

  init(count: Int) { words = Array(repeating: 0, count: (count + 63) / 64) }

  var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

  func contains(_ place: Int) -> Bool { words[place >> 6] & (1 << UInt64(place & 63)) != 0 }

  mutating func insert(_ place: Int) { words[place >> 6] |= 1 << UInt64(place & 63) }

  mutating func removeAll() { for index in words.indices { words[index] = 0 } }

  func forEach(_ body: (Int) -> Void) {
    for (index, word) in words.enumerated() {
      var rest = word
      while rest != 0 {
        body((index << 6) + rest.trailingZeroBitCount)
        rest &= rest - 1
      }
    }
  }
}
