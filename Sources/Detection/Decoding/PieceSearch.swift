import Findings

/// Searches pieces of a stream for what is encoded in them, each by itself, and keeps what was found.
struct PieceSearch {
  let detector: Detector
  /// Secrets found that were not forgotten.
  private(set) var redactions: [Redaction] = []
  /// How many were ever found of each rule.
  private(set) var rules: [String: Int] = [:]
  /// Why a piece counts as not wholly searched, each reason once.
  private(set) var failures: [String] = []

  /// - Parameter pieceLength: bytes of a piece at most.
  init(engine: Engine, pieceLength: Int) {
    detector = Detector(engine: engine, chunkSize: pieceLength)
    detector.isOfLine = true
    detector.opensContainers = false
  }

  /// Searches a piece.
  ///
  /// - Parameter label: what is to stand for a finding at a place of the stream; `nil` where it does not count.
  // SAFETY: the bytes are copied before the calls return.
  mutating func search(_ range: Range<Int>, _ view: BytesAtHand, _ label: (Finding, _ place: Range<Int>) -> String?) {
    detector.begin(ArtifactName(""), of: nil)
    var rest = unsafe view.pointer(range)
    while rest.count > 0 {
      let count = unsafe detector.read { buffer in
        let count = min(buffer.count, rest.count)
        unsafe buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: rest[..<count]))
        return count
      }
      unsafe rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
    detector.finish()
    for finding in detector.takeFindings() {
      let place = range.lowerBound + finding.location.start..<range.lowerBound + finding.location.end
      guard let label = label(finding, place) else { continue }
      rules[finding.rule, default: 0] += 1
      redactions.append(Redaction(range: place, label: label, rule: Int.max))
    }
    _ = detector.takeDropped()
    for failure in detector.failures where !failures.contains(failure) { failures.append(failure) }
  }

  /// Lets go of secrets that end before an offset.
  mutating func forgetRedactions(before offset: Int) { redactions.removeAll { $0.range.upperBound < offset } }
}
