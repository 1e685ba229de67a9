import ByteText
import Synchronization

// SAFETY: the detector sets it up and takes what was found; in between threads only look, while the window stays as it is.
/// Looks for the keywords in the bytes a detector took in last, on as many threads as have time, while it judges those before.
@safe package final class Lookout: @unchecked Sendable {
  /// Bytes that a thread looks at before it asks what is left; more than a text for which the automaton makes no tables.
  private static let blockLength = 32 << 10

  private let automaton: KeywordAutomaton
  private var bytes = unsafe UnsafeRawBufferPointer(start: nil, count: 0)
  /// Offset in the artifact of the first of the bytes.
  private var base = 0
  /// Offsets in the artifact between which hits start that are looked for.
  private var range = 0..<0
  /// The next block nobody looks at, and the hits of the others.
  private let next = Atomic(closed)
  /// Blocks there never are so many of: nothing was sent.
  private static let closed = Int.max / 2
  private let found = Mutex<[[KeywordHit]]>([])

  /// Offset in the artifact up to which hits may start that were looked for.
  var end: Int { range.upperBound }

  init(_ automaton: KeywordAutomaton) { self.automaton = automaton }

  /// Sets it up for the hits that start in a range of the artifact.
  func send(to range: Range<Int>, of window: borrowing Window) {
    unsafe bytes = window.bytes
    base = window.base
    self.range = range
    found.withLock { $0 = Array(repeating: [], count: (range.count + Self.blockLength - 1) / Self.blockLength) }
    next.store(0, ordering: .releasing)
  }

  /// Has nothing looked for until more is sent: called where others may look before that.
  ///
  /// What nobody has looked at is looked at first, so that no keyword is missed, whoever forgot to.
  package func close() {
    look()
    next.store(Self.closed, ordering: .relaxed)
  }

  /// Looks for the keywords of what others do not look at; for none where nothing was sent yet.
  package func look() {
    while case let block = next.wrappingAdd(1, ordering: .acquiring).oldValue, block < Self.closed {
      let starts = (range.lowerBound - base)..<(range.upperBound - base)
      let from = starts.lowerBound + block * Self.blockLength
      guard from < starts.upperBound else { return }
      var hits: [KeywordHit] = []
      unsafe automaton.search(bytes, starts: from..<min(from + Self.blockLength, starts.upperBound), into: &hits)
      found.withLock { $0[block] = hits }
    }
  }

  /// Hands over the hits, their positions counted from an offset of the artifact.
  ///
  /// - Returns: the offset up to which hits may start that were looked for.
  func handOver(to hits: inout [KeywordHit], from base: Int) -> Int {
    close()
    let moved = self.base - base
    found.withLock { found in
      for block in found {
        hits += moved == 0 ? block : block.map { KeywordHit(position: $0.position + moved, keyword: $0.keyword) }
      }
      found.removeAll()
    }
    range = range.upperBound..<range.upperBound
    return range.upperBound
  }

  /// Forgets what it found.
  func begin() {
    next.store(Self.closed, ordering: .relaxed)
    range = 0..<0
    found.withLock { $0.removeAll() }
  }
}
