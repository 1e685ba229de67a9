import Rules

// SAFETY: the window does not move while a secret is followed; indices are below the number of bytes at hand.
extension Detector {
  /// Last line of a PEM block: a secret that runs on to it ends with it (RFC 7468).
  private static let pemEnd = Array("-----END ".utf8)
  private static let pemDashes = Array("-----".utf8)
  private static let pemEndReach = 80

  /// Lets a secret that stopped only because its pattern's bound was reached run on while bytes stay in its alphabet.
  func runOn(_ match: inout Match, _ alphabet: ByteSet, isEnd: Bool) {
    let end = match.secret.upperBound
    guard end == match.whole.upperBound, end > match.secret.lowerBound, end <= window.end else { return }
    let last = unsafe window.bytes[end - 1 - window.base]
    guard alphabet.contains(last) else { return }
    extend(&match, alphabet, isEnd: isEnd)
  }

  /// Goes on with the secrets whose end was not at hand.
  func extendOpen(isEnd: Bool) {
    guard !open.isEmpty else { return }
    let waiting = open
    open.removeAll(keepingCapacity: true)
    if nextKey == Int.max { nextKey = 0 }
    for var match in waiting {
      guard let alphabet = engine.rules[match.rule].runOn else { continue }
      extend(&match, alphabet, isEnd: isEnd)
      if !match.isOpen { states[match.rule].next = match.secret.upperBound }
      if match.holdsKeys { nextKey = match.isOpen ? Int.max : max(nextKey, match.secret.upperBound) }
      close(match)
    }
  }

  /// Moves the end of the secret on; leaves the match open where the bytes at hand end first.
  private func extend(_ match: inout Match, _ alphabet: ByteSet, isEnd: Bool) {
    let bytes = unsafe window.bytes
    var index = match.secret.upperBound - window.base
    while index < bytes.count, unsafe alphabet.contains(bytes[index]) { index += 1 }
    let hasRunOn = index + window.base > match.whole.upperBound
    // Whether an END line follows can only be told with as many bytes as it may have.
    let isOpen = !isEnd && (index == bytes.count || hasRunOn && index + Self.pemEndReach > bytes.count)
    if !isOpen, hasRunOn, unsafe bytes[index...].starts(with: Self.pemEnd) {
      var place = index + Self.pemEnd.count
      let last = min(bytes.count, index + Self.pemEndReach) - Self.pemDashes.count
      while place <= last, unsafe !bytes[place...].starts(with: Self.pemDashes) { place += 1 }
      if place <= last { index = place + Self.pemDashes.count }
    }
    match.isOpen = isOpen
    match.secret = match.secret.lowerBound..<(index + window.base)
    if isOpen { open.append(match) }
  }
}
