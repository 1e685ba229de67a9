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

/// One pass over an artifact: its digest, its form, the paths it mentions, and what its lines tell.
struct ArtifactPass: Sendable {
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

  /// Bytes read at a time, and up to which a log may be one JSON text over many lines.
  private static let pieceSize = 1 << 20

  /// Reads an artifact to its end.
  func read(_ file: SystemPath, named name: String, _ entry: Manifest.Entry?) -> Outcome {
    var outcome = Outcome()
    guard let descriptor = file.open(O_RDONLY | O_NONBLOCK | O_NOFOLLOW) else {
      outcome.gap = "cannot be opened: \(systemReason(errno))"
      return outcome
    }
    defer { close(descriptor) }
    let status = Self.status(descriptor)
    let size = Int(status?.st_size ?? 0)
    let isLog = readsLogs && LogNames.isLog(name)
    var hash = SHA256()
    var form = FormCheck(entry?.format ?? .any, isTrace: readsLogs && name == Trace.name)
    var mentions = MentionSearch(paths)
    var lines = LineFeed()
    var plain = PlainText()
    // A small log, kept whole: it may be one JSON text over many lines.
    var text: [UInt8] = []
    var count = 0
    var buffer = [UInt8](repeating: 0, count: max(1 << 12, min(Self.pieceSize, size + 1)))
    while true {
      // SAFETY: the pointer and the count are those of the buffer, which does not change while a piece of it is looked at.
      let length = unsafe buffer.withUnsafeMutableBytes { whole in
        let length = unsafe SystemCall.read(descriptor, into: whole)
        guard length > 0 else { return length }
        let piece = unsafe UnsafeRawBufferPointer(rebasing: whole[..<length])
        unsafe hash.update(bufferPointer: piece)
        unsafe form.take(piece)
        unsafe mentions.take(piece)
        if isLog { unsafe plain.take(piece) }
        if isLog, size > Self.pieceSize {
          unsafe lines.feed(piece) { unsafe outcome.logs.observed.take($0) }
        } else if isLog {
          unsafe text.append(contentsOf: piece)
        }
        return length
      }
      if length == 0 { break }
      if length < 0 {
        if errno == EINTR { continue }
        outcome.gap = "cannot be read on: \(systemReason(errno))"
        return outcome
      }
      count += length
    }
    mentions.finish()
    if isLog {
      outcome.logs.observed.read(text)
      // SAFETY: the array does not change during the call.
      unsafe lines.rest.withUnsafeBytes { unsafe outcome.logs.observed.take($0) }
      if !plain.holds { outcome.gap = "no plain text: the pair it tells of is not known" }
    }
    outcome.artifact = SurveyedArtifact(name: name, bytes: count, digest: Digest.hex(hash.finalize()))
    func complain(_ kind: Evidence.Kind, _ detail: String) {
      outcome.evidence.append(Evidence(kind: kind, artifact: name, detail: detail))
    }
    if let place = mentions.first { complain(.foreignPath, "it names a path the run may not touch, at byte \(place)") }
    outcome.logs.trace = form.trace
    guard let entry else { return outcome }
    if count == 0 {
      if !entry.mayBeEmpty { complain(.empty, "it is empty") }
    } else if let problem = form.problem() {
      complain(.format, problem)
    }
    if !entry.mayBeOlder, let started, Self.modified(status) < started.seconds {
      complain(.stale, "it is older than the run")
    }
    return outcome
  }

  private static func status(_ descriptor: CInt) -> stat? {
    var status = stat()
    // SAFETY: fstat fills the one structure it is given.
    return unsafe fstat(descriptor, &status) == 0 ? status : nil
  }

  /// The second a file was last written in.
  private static func modified(_ status: stat?) -> Int {
    #if canImport(Darwin)
      status?.st_mtimespec.tv_sec ?? 0
    #else
      status?.st_mtim.tv_sec ?? 0
    #endif
  }
}

/// Which artifacts of a run tell which pair was used.
enum LogNames {
  /// The backend's two streams.
  static let output = ["backend/case-stdout.log", "backend/case-stderr.log"]

  /// All in the folder of the backend but what is in the form of a marker; its events under any further suffix, as of a packed one.
  static func isLog(_ name: String) -> Bool {
    let parts = name.lowercased().split(separator: "/")
    if name == Trace.name { return true }
    guard parts.count > 1, let last = parts.last, let first = parts.first else { return false }
    if first == "backend" { return !last.hasSuffix(".txt") }
    return last.contains(".jsonl") && (first == CaseConfig.folder || parts.dropLast().contains(".case"))
  }
}
