import ByteText
import Containers
package import Findings
import PCRE2
import Rules

/// Searches one artifact after the other, chunk by chunk; one per worker.
///
/// A source writes straight into the detector's window (`read`). A place is searched once all the bytes that can decide about
/// it are at hand, so that findings do not depend on how the artifact was cut (docs/architecture.md, the chunk law).
package final class Detector {
  let engine: Engine
  let scratch: MatchScratch
  var window: Window
  var artifact = ArtifactName("")
  /// Offset up to which anchors have been searched for.
  var searched = 0
  /// State of each rule in this artifact; reset by way of `touched`.
  var states: [RuleState]
  var touched: [Int] = []
  /// Patterns this detector has taken from the engine, so that later uses take no lock.
  var patterns: [Pattern?]
  var uses: [UInt8]
  var hits: [KeywordHit] = []
  /// Where others look for hits ahead, and up to which offset those at hand go.
  package let lookout: Lookout
  var sighted = 0
  /// A cursor that moves among the bytes at hand.
  var cursor = LineCursor()
  /// Matches whose secret runs on behind the bytes at hand.
  var open: [Match] = []
  var pending: [PendingFinding] = []
  var companions = CompanionTracker()
  /// Findings settled before that reach into what is to come.
  var neighbours: [Neighbour] = []
  /// Findings that are final but for their place among those to come; then those told next.
  var settled: [Finding] = []
  var findings: [Finding] = []
  var dropped: [DropReason: Int] = [:]
  /// Dropped matches to be told next, and how many of this artifact were told.
  var drops: [DroppedMatch] = []
  var told = 0
  var hasMatched = false
  /// Secrets accepted in this artifact that `outlook` has not forgotten; kept where `keepsRedactions` says so.
  var redactions: [Redaction] = []
  /// What anchors may begin with; made where a stream is redacted.
  lazy var beginnings = AnchorBeginnings(engine)
  /// Whether secrets are kept for a stream that is redacted as it passes.
  package var keepsRedactions = false { didSet { opensContainers = !keepsRedactions } }
  /// Who looks for keywords ahead, where there is somebody.
  package var assistant: Assistant?
  /// Whether containers are opened; otherwise they are told.
  var opensContainers = true
  /// Whether it is a line of a stream, of which the layers alone are searched: the rest is searched as it passes.
  var isOfLine = false
  /// Whether the artifact as a whole is a container.
  var isContainer = false
  /// Whether the artifact's first bytes were looked at.
  var hasSeenStart = false
  /// In a layer, where its bytes come from; the escapes it is written in, where it is; and how many of those around it count.
  private(set) var map: LayerMap?
  private(set) var family: EscapeFamily?
  private(set) var depth = 0
  let live: LiveLayers
  /// Looks for what is encoded.
  private(set) var scanner: LayerScanner?
  /// The container that the artifact is.
  var container: OpenContainer?
  /// The directory of the artifact where that is a 7z archive, and was read before the rest.
  private(set) var directory: Result<SevenZipDirectory, SevenZipRefusal>?
  /// Where parts of the artifact stand that are searched by themselves, as they are.
  var held: [Range<Int>] = []
  /// Containers within the artifact may start here or behind.
  var nextContainer = 0
  /// End of what was taken for a container and gave nothing: what was passed over before may be one.
  var doubtfulEnd = 0
  /// Where containers within the artifact stand that gave something: nothing else begins there, however its bytes are read.
  var readContainers: [Range<Int>] = []
  /// Among escapes, whether what stands at an offset stands in such a container around this layer.
  var isReadAround: ((_ offset: Int) -> Bool)?
  /// What was passed over in a container that has given nothing yet.
  var passedOver: [(ContainerSignature, start: Int)] = []
  /// Detectors for layers that are not in use.
  var spareDetectors: [Detector] = []
  /// What was found in layers and is not settled.
  var layered: [Finding] = []
  var claims: [Claim] = []
  /// Key words before this offset have been looked at, or stand in a value that runs on.
  var nextKey = 0
  /// Tables of separated values under way.
  var sheets: [Sheet] = []
  /// Lists of secrets under way.
  var lists: [SecretList] = []
  /// The list whose values are judged, where it may turn out to hold no secrets.
  var awaited: Int?
  /// What the names of keys met so far say.
  var names = KeyNames()
  /// The engine's, at hand without a lock.
  private(set) lazy var anchorSigns = engine.anchorSigns.signs()
  var kind = ArtifactKind.other
  /// Whether findings that others cover are told too: only to see which rules overlap.
  var tellsCovered = false
  /// Whether findings of the canaries are reported.
  var hearsCanaries = false

  /// Reasons why the artifact counts as not wholly searched.
  package internal(set) var failures: [String] = []

  /// What a rule has done in this artifact.
  struct RuleState {
    /// The next match starts here or behind.
    var next = 0
    var isTouched = false
    var hasFailed = false
  }

  /// - Parameter chunkSize: bytes taken in at a time beyond what matches reach; decides about memory, not about findings.
  package convenience init(engine: Engine, chunkSize: Int = 1 << 20) {
    self.init(engine: engine, chunkSize: chunkSize, live: LiveLayers(engine.options.limits))
  }

  /// A detector for an artifact, or a layer of one, of which others are open.
  init(engine: Engine, chunkSize: Int, live: LiveLayers) {
    self.live = live
    self.engine = engine
    scratch = MatchScratch()
    lookout = Lookout(engine.automaton)
    window = Window(capacity: engine.reachBefore + engine.reachBehind + max(chunkSize, 1))
    states = Array(repeating: RuleState(), count: engine.rules.count)
    patterns = Array(repeating: nil, count: engine.rules.count)
    uses = Array(repeating: 0, count: engine.rules.count)
    if engine.options.depth > 0 { scanner = LayerScanner(self) }
  }

  deinit { if hasMatched { window.wipe() } }

  /// Starts with an artifact.
  package func begin(_ artifact: ArtifactName) {
    begin(artifact, of: nil)
    judgePath()
  }

  /// Starts with what a layer of an artifact holds.
  func begin(_ artifact: ArtifactName, of session: LayerSession?) {
    self.artifact = artifact
    map = session?.map
    family = session?.family
    depth = session?.depth ?? 0
    // An artifact that was given up half-way leaves its bytes behind.
    if hasMatched { window.wipe() }
    window.reset()
    searched = 0
    lookout.begin()
    for rule in touched { states[rule] = RuleState() }
    touched.removeAll(keepingCapacity: true)
    cursor = LineCursor()
    open.removeAll(keepingCapacity: true)
    pending.removeAll(keepingCapacity: true)
    companions = CompanionTracker()
    neighbours.removeAll(keepingCapacity: true)
    settled.removeAll(keepingCapacity: true)
    findings.removeAll(keepingCapacity: true)
    redactions.removeAll(keepingCapacity: true)
    drops.removeAll()
    told = 0
    failures.removeAll()
    hasMatched = false
    hasSeenStart = false
    isContainer = false
    layered.removeAll()
    claims.removeAll(keepingCapacity: true)
    scanner?.begin()
    leaveContainer()
    directory = nil
    held.removeAll(keepingCapacity: true)
    nextContainer = 0
    doubtfulEnd = 0
    passedOver.removeAll()
    readContainers.removeAll(keepingCapacity: true)
    isReadAround = nil
    if session == nil { live.begin() }
    nextKey = 0
    sheets.removeAll(keepingCapacity: true)
    lists.removeAll(keepingCapacity: true)
    kind = ArtifactKind(artifact.bytes)
  }

  /// Reads what an archive tells at its end, so that it need not be held until then.
  ///
  /// - Parameter fetch: gives the artifact's bytes at an offset; `false` where they cannot be had.
  package func foresee(_ fetch: (_ offset: Int, UnsafeMutableRawBufferPointer) -> Bool) {
    guard opensContainers, engine.options.depth > 0 else { return }
    // SAFETY: what is fetched into is held for the time of each call.
    directory = unsafe SevenZipDirectory.of(live.memory, fetch)
  }

  /// Takes in the next bytes of the artifact and searches what became certain.
  ///
  /// - Parameter source: writes at the start of the buffer it is given and returns how many bytes it wrote, 0 at the end.
  /// - Returns: what the source returned.
  /// - Throws: what the source throws.
  package func read<E: Error>(_ source: (UnsafeMutableRawBufferPointer) throws(E) -> Int) throws(E) -> Int {
    makeSpace(for: assistant?.pieceLength ?? 1)
    // SAFETY: the source writes into the part of the window that is free.
    let written: Int
    do throws(E) {
      written = try unsafe window.append(atMost: assistant?.pieceLength ?? .max, source)
    } catch {
      // Others may be waiting for the memory its decoders hold.
      leaveContainer()
      throw error
    }
    // Searching little by little costs more than it saves; what is left is searched when the window is full or ends.
    if let assistant {
      assist(assistant)
    } else if window.space == 0 {
      search(isEnd: false)
    }
    return written
  }

  /// Takes in bytes that are at hand elsewhere.
  package func feed(_ bytes: [UInt8]) { feed(bytes[...]) }

  /// Takes in a part of bytes that are at hand elsewhere.
  package func feed(_ bytes: ArraySlice<UInt8>) {
    var rest = bytes
    while !rest.isEmpty {
      // SAFETY: the buffer is written within the closure only.
      _ = unsafe read { buffer in
        let count = min(buffer.count, rest.count)
        // SAFETY: copies no more than the buffer holds.
        unsafe buffer.copyBytes(from: rest.prefix(count))
        rest = rest.dropFirst(count)
        return count
      }
    }
  }

  /// Searches the rest: the artifact ends where the last bytes ended.
  package func finish() {
    search(isEnd: true)
    leaveContainer()
    if hasMatched { window.wipe() }
  }

  /// Findings that are final, in ascending order of their start; each is told once.
  package func takeFindings() -> [Finding] {
    defer { findings.removeAll(keepingCapacity: true) }
    return findings
  }

  /// Matches that were dropped since the last call, by reason.
  package func takeDropped() -> [String: Int] {
    defer { dropped.removeAll(keepingCapacity: true) }
    return Dictionary(uniqueKeysWithValues: dropped.map { ($0.key.rawValue, $0.value) })
  }

  /// Moves the window on where it cannot take in so many bytes: what is searched is forgotten but for what matches to come may look back at.
  func makeSpace(for count: Int) {
    if window.space < count { forget() }
    // What others look at ahead is not searched yet.
    if window.space == 0 {
      search(isEnd: false)
      forget()
    }
  }

  private func forget() {
    let keep = max(window.base, searched - engine.reachBefore)
    // A cursor before the new start could not move any more.
    // SAFETY: all bytes between the cursor and there are still at hand.
    if cursor.offset < keep { unsafe cursor.move(to: keep, in: window.bytes, at: window.base, earliest: window.start) }
    // What is looked at ahead is looked at where it stands.
    lookout.close()
    window.discard(before: keep)
  }

  /// Whether others may have to wait for memory that is held here.
  package var holdsUpOthers: Bool { live.memory.isInTurn }
  /// Whether anybody waits for such memory.
  package static var isWaitedFor: Bool { DecoderMemory.isAwaited }
}
