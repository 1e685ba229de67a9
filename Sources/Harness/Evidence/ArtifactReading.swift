import Artifacts
import Crypto
import Findings

/// One pass over the bytes of an artifact: its digest, its form, the paths it mentions, and what its lines tell.
struct ArtifactReading {
  private let file: ArtifactPass.File
  private let pass: ArtifactPass
  private let isLog: Bool
  /// Whether it is a small log, kept whole: it may be one JSON text over many lines.
  private let isKept: Bool
  private var hash = SHA256()
  private var form: FormCheck
  private var mentions: MentionSearch
  private var lines = LineFeed()
  private var plain = PlainText()
  private var observed = ObservedPairs()
  private var text: [UInt8] = []
  private var count = 0

  /// Bytes up to which a log may be one JSON text over many lines.
  private static let greatestText = 1 << 20

  init(_ file: ArtifactPass.File, _ pass: ArtifactPass) {
    self.file = file
    self.pass = pass
    isLog = pass.readsLogs && LogNames.isLog(file.name)
    isKept = isLog && (file.state?.size ?? 0) <= Self.greatestText
    form = FormCheck(file.entry?.format ?? .any, isTrace: pass.readsLogs && file.name == Trace.name)
    mentions = MentionSearch(pass.paths)
  }

  /// Takes in the next bytes, of which there are some.
  mutating func take(_ piece: UnsafeRawBufferPointer) {
    // SAFETY: the piece is good for the call, and nothing here keeps it.
    unsafe hash.update(bufferPointer: piece)
    unsafe form.take(piece)
    unsafe mentions.take(piece)
    count += piece.count
    guard isLog else { return }
    unsafe plain.take(piece)
    if isKept {
      unsafe text.append(contentsOf: piece)
    } else {
      unsafe lines.feed(piece) { unsafe observed.take($0) }
    }
  }

  /// What the artifact comes to, behind its last byte.
  consuming func outcome() -> ArtifactPass.Outcome {
    var outcome = ArtifactPass.Outcome()
    mentions.finish()
    if isLog {
      observed.read(text)
      // SAFETY: the array does not change during the call.
      unsafe lines.rest.withUnsafeBytes { unsafe observed.take($0) }
      outcome.logs.observed = observed
      if !plain.holds { outcome.gap = "no plain text: the pair it tells of is not known" }
    }
    outcome.artifact = SurveyedArtifact(name: file.name, bytes: count, digest: Digest.hex(hash.finalize()))
    outcome.logs.trace = form.trace
    func complain(_ kind: Evidence.Kind, _ detail: String) {
      outcome.evidence.append(Evidence(kind: kind, artifact: file.name, detail: detail))
    }
    if let place = mentions.first { complain(.foreignPath, "it names a path the run may not touch, at byte \(place)") }
    guard let entry = file.entry else { return outcome }
    if count == 0 {
      if !entry.mayBeEmpty { complain(.empty, "it is empty") }
    } else if let problem = form.problem() {
      complain(.format, problem)
    }
    if !entry.mayBeOlder, let started = pass.started, file.state?.seconds ?? 0 < started.seconds {
      complain(.stale, "it is older than the run")
    }
    return outcome
  }
}
