import Detection
import Findings
import Synchronization

@testable import Scanning

/// Stands in for the detector: finds the marker `LEAK`, wherever it lies over the borders of reads.
@safe final class MarkerSearcher: Searcher {
  static let marker = Array("LEAK".utf8)

  /// Told of every read, with the bytes read of the artifact so far.
  typealias Observer = @Sendable (ArtifactName, Int) -> Void

  var assistant: Assistant?
  private let observer: Observer?
  private let window: UnsafeMutableRawBufferPointer
  private var artifact = ArtifactName("")
  private var matched = 0
  private var offset = 0
  private var findings: [Finding] = []
  private(set) var failures: [String] = []
  private var dropped: [String: Int] = [:]

  init(window size: Int = 1 << 16, observer: Observer? = nil) {
    self.observer = observer
    unsafe window = .allocate(byteCount: size, alignment: 1)
  }

  // SAFETY: allocated in init, freed once.
  deinit { unsafe window.deallocate() }

  func begin(_ artifact: ArtifactName) {
    self.artifact = artifact
    matched = 0
    offset = 0
    failures = []
    if artifact.text.hasSuffix("hard") { failures.append("match limit reached in rule 'x'") }
  }

  func read<E: Error>(_ source: (UnsafeMutableRawBufferPointer) throws(E) -> Int) throws(E) -> Int {
    // SAFETY: the window is as long as its count says; the source says how much of it is written.
    let count = try unsafe source(window)
    for index in 0..<count { unsafe take(window[index]) }
    observer?(artifact, offset)
    return count
  }

  private func take(_ byte: UInt8) {
    offset += 1
    matched = byte == Self.marker[matched] ? matched + 1 : byte == Self.marker[0] ? 1 : 0
    guard matched == Self.marker.count else { return }
    matched = 0
    dropped["seen", default: 0] += 1
    findings.append(Finding(marker: offset - Self.marker.count, in: artifact))
  }

  func finish() {}

  func takeFindings() -> [Finding] {
    defer { findings = [] }
    return findings
  }

  func takeDropped() -> [String: Int] {
    defer { dropped = [:] }
    return dropped
  }
}

extension Finding {
  /// A marker found at an offset.
  init(marker offset: Int, in artifact: ArtifactName) {
    self.init(
      rule: "marker", summary: "a marker", artifact: artifact,
      location: Location(start: offset, end: offset + 4, line: 1, column: 1, endLine: 1, endColumn: 5),
      confidence: .high, severity: .high, fingerprint: nil, redacted: "…", excerpt: Excerpt())
  }
}

extension ScanRun where Search == MarkerSearcher {
  init(
    _ request: ScanRequest, cancellation: ScanCancellation = ScanCancellation(), progress: ScanProgress? = nil,
    window: Int = 1 << 16, input: Int32 = 0, observer: MarkerSearcher.Observer? = nil
  ) {
    self.init(
      request: request, progress: progress, cancellation: cancellation,
      makeSearcher: { MarkerSearcher(window: window, observer: observer) }, inputDescriptor: input)
  }

  /// Runs to the end and gives all events with the result.
  func collect() -> (events: [ScanEvent], result: ScanResult) {
    var events: [ScanEvent] = []
    let result = run { event in events.append(event) }
    return (events, result)
  }
}

extension ScanRequest {
  /// A request for paths.
  init(_ paths: [ArtifactName], jobs: Int = 2) { self.init(inputs: paths.map { .path($0) }, jobs: jobs) }
}

extension ScanEvent {
  /// The event in a few words.
  var line: String {
    switch self {
    case .finding(let finding): "\(finding.artifact.text)@\(finding.location.start)"
    case .gap(let gap): "\(gap.artifact.text): \(gap.reason)\(gap.isAccepted ? " (accepted)" : "")"
    case .note(let note): "\(note.artifact.text): \(note.text)"
    case .dropped(let match): "\(match.artifact.text)@\(match.location.start): \(match.reason)"
    }
  }
}
