import Artifacts
import Crypto
import Findings
import Reports

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// What the logs of a run tell.
struct LogFacts: Sendable {
  var observed = ObservedPairs()
  var trace = TraceFacts()
  /// Bytes in the logs of the backend's two streams.
  var outputBytes = 0
}

/// What is to be learnt of each artifact.
struct ArtifactPass: Sendable {
  /// An artifact that is a file, and what the manifest says of it.
  struct File: Sendable {
    /// Its path in the run directory.
    let name: String
    let path: SystemPath
    let entry: Manifest.Entry?
    /// As it was listed.
    let state: FileState?
  }

  /// What came of it.
  struct Outcome: Sendable {
    /// `nil` where it could not be read.
    var artifact: SurveyedArtifact?
    var evidence: [Evidence] = []
    /// Why it could not be read, a clause.
    var gap: String?
    var logs = LogFacts()
  }

  let paths: PathRule
  /// Second from which the run's own artifacts have to be, `nil` where it is not known.
  let started: Timestamp?
  /// Whether logs are looked through for what the rules of evidence need.
  let readsLogs: Bool

  /// Bytes read at a time.
  private static let pieceSize = 1 << 20

  /// Reads an artifact to its end.
  func read(_ file: File) -> Outcome {
    guard let descriptor = file.path.open(O_RDONLY | O_NONBLOCK | O_NOFOLLOW) else {
      return Outcome(gap: "cannot be opened: \(systemReason(errno))")
    }
    defer { close(descriptor) }
    var reading = ArtifactReading(file, self)
    var buffer = [UInt8](repeating: 0, count: max(1 << 12, min(Self.pieceSize, (file.state?.size ?? 0) + 1)))
    while true {
      // SAFETY: the pointer and the count are those of the buffer, which does not change while a piece of it is looked at.
      let length = unsafe buffer.withUnsafeMutableBytes { whole in
        let length = unsafe SystemCall.read(descriptor, into: whole)
        if length > 0 { unsafe reading.take(UnsafeRawBufferPointer(rebasing: whole[..<length])) }
        return length
      }
      if length == 0 { return reading.outcome() }
      if length < 0, errno != EINTR { return Outcome(gap: "cannot be read on: \(systemReason(errno))") }
    }
  }
}
