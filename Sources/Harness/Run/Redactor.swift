package import Detection
package import Findings
import Scanning

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Takes the secrets out of a stream that passes.
///
/// A byte leaves as soon as nothing that may still come can make it part of a secret, and never before, so what comes out
/// does not depend on how the stream is cut into pieces.
package final class Redactor {
  private let detector: Detector
  /// Looks for what is encoded.
  private let encoded: EncodedSearch
  /// Does so beside the other search where many bytes come at once.
  private let side = SideThread()
  /// Bytes that are worth waking a thread for.
  private static let worthThread = 96 << 10
  /// Whether keywords are looked for ahead in the bytes taken in last.
  private var isAhead = false
  /// Bytes not let out yet.
  private var held: [UInt8] = []
  /// Offset in the stream of the first of them.
  private var base = 0
  /// How far into them the output has come.
  private var passed = 0
  /// Everything before this offset of the stream that is a secret has its label out.
  private var coveredEnd = 0

  /// Secrets redacted so far, each label counted once.
  package private(set) var redacted = 0
  /// Rules that found them as they are, with their numbers.
  private var found: [String: Int] = [:]
  /// Rules that found them, with their numbers.
  package var rules: [String: Int] { found.merging(encoded.rules, uniquingKeysWith: +) }
  /// Whether a secret was found in bytes that had left: a fault of LeakGate's own.
  package private(set) var hasFailed = false
  /// Reasons why the stream counts as not wholly searched; whole after `finish`.
  package var failures: [String] {
    encoded.failures.reduce(into: detector.failures) { all, failure in
      if !all.contains(failure) { all.append(failure) }
    }
  }
  /// Whether the stream ended at its first secret.
  package private(set) var isBlocked = false
  /// Bytes taken in.
  package private(set) var count = 0
  /// Bytes of them that have not left.
  package var waiting: Int { count - base - passed }
  private let blocks: Bool

  /// - Parameters:
  ///   - blocks: whether nothing leaves from the first secret on.
  ///   - chunkSize: bytes taken in at a time; decides about memory alone.
  package init(engine: Engine, name: ArtifactName, blocks: Bool = false, chunkSize: Int = 1 << 18) {
    self.blocks = blocks
    detector = Detector(engine: engine, chunkSize: chunkSize)
    encoded = EncodedSearch(engine: engine)
    detector.keepsRedactions = true
    detector.begin(name)
  }

  deinit { wipe(0..<held.count) }

  /// Takes in the next bytes of the stream.
  ///
  /// - Parameter meanwhile: what this thread does while another one searches; left out where there is none.
  package func take(_ bytes: ArraySlice<UInt8>, meanwhile: () -> Void = {}) {
    count += bytes.count
    isAhead = bytes.count >= Self.worthThread
    if !isAhead {
      held += bytes
      detector.feed(bytes)
      encoded.take(bytes)
    } else {
      let lookout = detector.lookout
      lookout.close()
      side.run { [encoded] in
        encoded.take(bytes)
        lookout.look()
      } beside: {
        held += bytes
        detector.feedAhead(bytes)
        detector.followUp()
        meanwhile()
        lookout.look()
      }
    }
    tally()
  }

  /// What may leave now.
  ///
  /// - Complexity: linear in the bytes not let out yet and the greatest reach of the rules.
  package func release() -> [UInt8] { release(encoded.outlook(detector.outlook())) }

  /// What may leave now, but for the last bytes, as many as rules reach over: for a stream of many bytes, as it costs next to
  /// nothing.
  ///
  /// - Parameter keepsComing: whether the next bytes are at hand; those taken in last then leave with them.
  package func releaseSearched(keepsComing: Bool) -> [UInt8] {
    if !isAhead || !keepsComing { detector.catchUp() }
    return release(encoded.outlook(detector.searchedOutlook()))
  }

  /// The rest, where the stream has ended.
  package func finish() -> [UInt8] {
    detector.finish()
    encoded.finish()
    tally()
    return release(encoded.outlook(detector.lastOutlook()))
  }

  private func tally() {
    for finding in detector.takeFindings() { found[finding.rule, default: 0] += 1 }
    _ = detector.takeDropped()
  }

  private func release(_ outlook: Outlook) -> [UInt8] {
    var output: [UInt8] = []
    var at = base + passed
    if isBlocked { return [] }
    for redaction in outlook.redactions where redaction.range.lowerBound < outlook.certain {
      let range = redaction.range
      if range.lowerBound >= coveredEnd {
        if range.lowerBound < at { hasFailed = true }
        let start = max(at, range.lowerBound)
        output += held[(at - base)..<(start - base)]
        redacted += 1
        if blocks {
          isBlocked = true
          return output
        }
        output += Array(redaction.label.utf8)
        at = start
      }
      coveredEnd = max(coveredEnd, range.upperBound)
      at = max(at, min(coveredEnd, outlook.certain))
    }
    if at < outlook.certain {
      output += held[(at - base)..<(outlook.certain - base)]
      at = outlook.certain
    }
    passed = at - base
    detector.forgetRedactions(before: at)
    encoded.forgetRedactions(before: at)
    discard()
    return output
  }

  /// Forgets what has left, once that is worth the move.
  private func discard() {
    guard passed > 0, passed == held.count || passed >= 64 << 10 else { return }
    let rest = held.count - passed
    // SAFETY: both ranges lie within the array; memmove(3) takes overlapping ones.
    unsafe held.withUnsafeMutableBytes { bytes in
      let start = unsafe bytes.baseAddress.unsafelyUnwrapped
      unsafe memmove(start, start + passed, rest)
    }
    wipe(rest..<held.count)
    held.removeLast(passed)
    base += passed
    passed = 0
  }

  private func wipe(_ range: Range<Int>) {
    guard !range.isEmpty else { return }
    // SAFETY: the range lies within the array.
    unsafe held.withUnsafeMutableBytes { bytes in
      let start = unsafe bytes.baseAddress.unsafelyUnwrapped + range.lowerBound
      #if canImport(Darwin)
        _ = unsafe memset_s(start, range.count, 0, range.count)
      #else
        unsafe explicit_bzero(start, range.count)
      #endif
    }
  }
}
