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
  private(set) var isContainer = false
  /// Whether the artifact's first bytes were looked at.
  private var hasSeenStart = false
  /// In a layer, where its bytes come from; the escapes it is written in, where it is; and how many of those around it count.
  private(set) var map: LayerMap?
  private(set) var family: EscapeFamily?
  private(set) var depth = 0
  let live: LiveLayers
  /// Looks for what is encoded.
  private(set) var scanner: LayerScanner?
  /// The container that the artifact is.
  private(set) var container: OpenContainer?
  /// The directory of the artifact where that is a 7z archive, and was read before the rest.
  private(set) var directory: Result<SevenZipDirectory, SevenZipRefusal>?
  /// Where parts of the artifact stand that are searched by themselves, as they are.
  var held: [Range<Int>] = []
  /// Containers within the artifact may start here or behind.
  private var nextContainer = 0
  /// End of what was taken for a container and gave nothing: what was passed over before may be one.
  private var doubtfulEnd = 0
  /// Where containers within the artifact stand that gave something: nothing else begins there, however its bytes are read.
  private var readContainers: [Range<Int>] = []
  /// Among escapes, whether what stands at an offset stands in such a container around this layer.
  var isReadAround: ((_ offset: Int) -> Bool)?
  /// What was passed over in a container that has given nothing yet.
  private var passedOver: [(ContainerSignature, start: Int)] = []
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
    window.discard(before: keep)
  }

  /// Tells containers by how they begin, and opens them; one that cannot be opened would go by unread.
  func lookAtStart() {
    guard !hasSeenStart, !isOfLine else { return }
    hasSeenStart = true
    // SAFETY: the window does not move meanwhile; it is filled well beyond a signature, or holds the whole artifact.
    if let signature = unsafe ContainerSignature(window.bytes.prefix(ContainerSignature.greatestLength)) {
      if depth < engine.options.depth, opensContainers { container = OpenContainer(signature, in: self) }
      isContainer = container != nil
      nextContainer = 1
      if !isContainer { failures.append(refusal(of: signature)) }
    }
  }

  /// Whether others may have to wait for memory that is held here.
  package var holdsUpOthers: Bool { live.memory.isInTurn }
  /// Whether anybody waits for such memory.
  package static var isWaitedFor: Bool { DecoderMemory.isAwaited }

  /// Lets go of a container, read to its end or not.
  func leaveContainer() {
    container?.abandon()
    container = nil
  }

  /// Whether a range stands within one member of a container that is searched by itself, as it is.
  func isHeld(_ range: Range<Int>) -> Bool {
    held.contains { $0.lowerBound <= range.lowerBound && range.upperBound <= $0.upperBound }
  }

  /// Reads on in a container; one that stands within the artifact is left where it ends.
  func readContainer(isEnd: Bool) {
    guard let container else { return }
    container.read(window)
    if isEnd { container.finish() }
    nextContainer = max(nextContainer, container.position)
    if container.isCertain { passedOver.removeAll() }
    if container.isCertain, container.isEmbedded { note(container.start..<container.position) }
    guard container.isOver, container.isEmbedded else { return }
    if !container.isCertain { doubtfulEnd = container.position }
    for (signature, start) in passedOver { tellUnread(signature, at: start) }
    passedOver.removeAll()
    self.container = nil
  }

  /// Notes how far a container was read.
  private func note(_ range: Range<Int>) {
    if readContainers.last?.lowerBound == range.lowerBound {
      readContainers.removeLast()
    } else if readContainers.count >= 1024 {
      let passed = unknown
      readContainers.removeAll { $0.upperBound < passed }
    }
    readContainers.append(range)
  }

  /// Whether an offset lies in a container that was read, here or around this layer.
  func isInContainer(_ offset: Int) -> Bool {
    readContainers.contains { $0.contains(offset) } || isReadAround?(offset) == true
  }

  private func tellUnread(_ signature: ContainerSignature, at start: Int) { tell(refusal(of: signature, at: start)) }

  /// Takes the signatures of containers out of the hits, and opens those that stand there.
  func openContainers(isEnd: Bool) {
    // They are the last of all keywords.
    guard hits.contains(where: { $0.keyword >= engine.firstSignature }) else { return }
    let found = hits.filter { $0.keyword >= engine.firstSignature }
    hits.removeAll { $0.keyword >= engine.firstSignature }
    for hit in found where !isOfLine {
      let offset = window.base + hit.position
      let isWithin = container?.isOver == false
      // What has given something is what it seemed to be, so nothing else begins in it.
      if isWithin ? container?.isCertain != false : offset < nextContainer && offset >= doubtfulEnd { continue }
      guard
        let (signature, start) = EmbeddedSignature.container(
          hit.keyword - engine.firstSignature, at: offset, BytesAtHand(window)),
        isReadAround?(start) != true
      else { continue }
      if isWithin {
        if passedOver.count <= Self.mostFailures { passedOver.append((signature, start)) }
      } else if offset >= nextContainer, depth < engine.options.depth, opensContainers,
        let opened = OpenContainer(signature, at: start, isEmbedded: true, in: self)
      {
        nextContainer = start + 1
        container = opened
        readContainer(isEnd: isEnd)
      } else {
        tellUnread(signature, at: start)
      }
    }
  }
}
