package import ByteText
import Detection

// SAFETY: bytes and automaton change only while no part is open, which the monitor tells; who begins keeps the bytes in place until the last
// part was asked for.
/// Looks for keywords on a thread of its own, ahead of the one that looks at what they stand for.
///
/// Both take parts in their order: whoever asks for one that nobody has begun searches it by itself.
@safe package final class KeywordsAhead: KeywordSearch, @unchecked Sendable {
  /// What the two tell each other.
  private struct State: Sendable {
    var parts: [Range<Int>] = []
    /// The part nobody has begun, and the one that is asked for next.
    var next = 0
    var asked = 0
    var hits: [[KeywordHit]?] = []
    /// Whether parts are to be expected.
    var isOpen = false
  }

  private let state = Monitor(State())
  private var automaton: KeywordAutomaton?
  private var bytes: UnsafeRawBufferPointer?

  package init() {}

  /// Parts may come from now on, until `close`.
  package func open() { state.run { $0 = State(isOpen: true) } }

  /// No more parts come.
  package func close() {
    state.run { $0.isOpen = false }
    state.wake(.workers)
  }

  /// Searches parts once they have come, until none is left or none will come.
  package func serve() {
    let part = { [state] in
      state.run(while: { $0.isOpen && $0.parts.isEmpty }, Self.begin)
    }
    while let index = part() {
      let hits = search(index)
      state.run { $0.hits[index] = hits }
      state.wake(.receiver)
    }
  }

  package func begin(_ automaton: KeywordAutomaton, _ bytes: UnsafeRawBufferPointer, parts: [Range<Int>]) {
    self.automaton = automaton
    unsafe self.bytes = bytes
    state.run {
      $0.parts = parts
      $0.next = 0
      $0.asked = 0
      $0.hits = Array(repeating: nil, count: parts.count)
    }
    state.wake(.workers)
  }

  package func next() -> [KeywordHit] {
    let own = state.run { $0.next == $0.asked ? Self.begin(&$0) : nil }
    let hits = own.map(search)
    return state.run(at: .receiver, while: { hits == nil && $0.hits[$0.asked] == nil }) { state in
      state.asked += 1
      return hits ?? state.hits[state.asked - 1] ?? []
    }
  }

  /// Takes the next part on, where there is one.
  private static func begin(_ state: inout State) -> Int? {
    guard state.next < state.parts.count else { return nil }
    state.next += 1
    return state.next - 1
  }

  private func search(_ index: Int) -> [KeywordHit] {
    let part = state.run { $0.parts[index] }
    var hits: [KeywordHit] = []
    // SAFETY: the part is open, so the bytes are in place.
    if let automaton, let bytes = unsafe bytes { unsafe automaton.search(bytes, starts: part, into: &hits) }
    return hits
  }
}
