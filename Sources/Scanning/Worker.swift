import Artifacts
import Containers
import Detection
import Findings

/// Takes one artifact after the other from the supply and has it searched.
struct Worker<Search: Searcher> {
  /// What one worker, or all of them, did.
  struct Tally: Sendable {
    var artifacts = 0
    var bytes = 0
    var dropped: [String: Int] = [:]
    /// What is known only once a worker has ended.
    var gaps: [CoverageLedger.Gap] = []

    mutating func add(_ other: Tally) {
      artifacts += other.artifacts
      bytes += other.bytes
      dropped.merge(other.dropped, uniquingKeysWith: +)
      gaps += other.gaps
    }
  }

  let supply: Supply
  let order: MessageOrder
  let cancellation: ScanCancellation
  let progress: ScanProgress?
  let allowsEmpty: Bool
  let inputDescriptor: Int32
  let makeSearcher: @Sendable () -> Search
  /// Made for the first artifact, so that a worker that gets none costs no memory.
  private var searcher: Search?
  private var tally = Tally()
  /// Made for the first object of a repository.
  private var reader: GitObjectReader?
  private let clean: CleanBlobs?
  private let onlooker: (@Sendable (ArtifactName) -> (any Onlooker)?)?
  private let crew: Crew
  /// Its assistant's, for big artifacts while others have nothing to do.
  private let side = SideThread()
  /// Bytes of an artifact from which on help is worth it.
  private static var bigSize: Int { 1 << 20 }
  /// Grows with everything told: what leaves it as it is was clean.
  private var marks = 0

  init(
    supply: Supply, order: MessageOrder, cancellation: ScanCancellation, progress: ScanProgress?, allowsEmpty: Bool,
    clean: CleanBlobs?, onlooker: (@Sendable (ArtifactName) -> (any Onlooker)?)?, crew: Crew, inputDescriptor: Int32,
    makeSearcher: @escaping @Sendable () -> Search
  ) {
    self.supply = supply
    self.order = order
    self.cancellation = cancellation
    self.progress = progress
    self.allowsEmpty = allowsEmpty
    self.clean = clean
    self.onlooker = onlooker
    self.crew = crew
    self.inputDescriptor = inputDescriptor
    self.makeSearcher = makeSearcher
  }

  /// Works until there is nothing left or the scan is stopped.
  consuming func run() -> Tally {
    while !order.isStopped, let (number, item) = supply.next() {
      let wasCancelled = work(on: item, number)
      order.complete(number)
      if wasCancelled { break }
    }
    crew.leave()
    _ = takeDropped()
    do throws(ArtifactError) {
      try reader?.end()
    } catch {
      tally.gaps.append(CoverageLedger.Gap(artifact: ArtifactName("git"), reason: error.reason))
    }
    return tally
  }

  /// Whether the artifact was left unread because the scan was cancelled.
  private mutating func work(on item: Supply.Item, _ number: Int) -> Bool {
    switch item {
    case .message(let message):
      order.tell([message], about: number)
      return false
    case .file(let entry):
      if cancellation.isRequested { return end(entry.name, with: .cancelled, number) }
      do throws(ArtifactError) {
        var file = try OpenFile(entry)
        return search(&file, named: entry.name, number, under: onlooker?(entry.name))
      } catch {
        return end(entry.name, with: error, number)
      }
    case .image(let folder):
      let gaps = ImageInventory.gaps(
        holds: folder.holds,
        document: { folder.contents(of: $0, atMost: ImageInventory.greatestDocument) })
      for reason in gaps {
        order.tell([.event(.gap(CoverageLedger.Gap(artifact: folder.name, reason: reason)))], about: number)
      }
      return false
    case .standardInput(let condition):
      let name = ArtifactName("-")
      do throws(ArtifactError) {
        guard case .readable = condition else { throw .closed }
        let (cancellation, order) = (cancellation, order)
        var input = try StandardInput(
          descriptor: inputDescriptor, shouldStop: { cancellation.isRequested || order.isStopped })
        let before = tally
        let wasCancelled = search(&input, named: name, number)
        if tally.artifacts > before.artifacts, tally.bytes == before.bytes, !allowsEmpty {
          order.tell([.problem("standard input is empty, so nothing of it was scanned")], about: number)
        }
        return wasCancelled
      } catch {
        return end(name, with: error, number)
      }
    case .objects(let objects, let repository): return work(on: objects, of: repository, number)
    case .names(let names): return work(on: names, number)
    case .bytes(let name, let bytes):
      var source = MemorySource(bytes)
      return search(&source, named: name, number)
    }
  }

  /// Has objects of a repository searched, all asked for at once.
  private mutating func work(on objects: [GitObject], of repository: GitRepository, _ number: Int) -> Bool {
    let reader = self.reader ?? GitObjectReader(repository, provesIDs: clean != nil, readsPacks: true)
    self.reader = reader
    var rest = objects.filter { !isKnown($0) }[...]
    var isAsked = false
    while let object = rest.first {
      if cancellation.isRequested { return end(object.name, with: .cancelled, number) }
      do throws(ArtifactError) {
        // A reader that failed over one object is asked anew for those behind it.
        if !isAsked || !reader.isReady { try reader.request(rest) }
        isAsked = true
        rest.removeFirst()
        var source = try reader.next(object)
        let (size, before) = (source.size, marks)
        // What others dropped is not this object's.
        if clean != nil { _ = takeDropped() }
        if source.isLargeFilePointer {
          marks += 1
          let text = "its content is kept by git LFS and was not read here"
          let note = CoverageLedger.Note(artifact: object.name, text: text)
          order.tell([.event(supply.event(leavingOut: note))], about: number)
        }
        if search(&source, named: object.name, number, { $0.git = GitOrigin(object: object.id.text) }) { return true }
        if let size { enter(object, size: size, unless: before) }
      } catch {
        if rest.first == object { rest.removeFirst() }
        if end(object.name, with: error, number) { return true }
      }
    }
    return false
  }

  /// Whether an object was found clean before; it then counts as read.
  private mutating func isKnown(_ object: GitObject) -> Bool {
    guard let judgement = clean?.judgement(of: object) else { return false }
    tally.artifacts += 1
    tally.bytes += judgement.size
    tally.dropped.merge(judgement.dropped, uniquingKeysWith: +)
    progress?.begin(object.name)
    progress?.read(judgement.size)
    return true
  }

  /// Remembers an object as clean where nothing was told of it.
  private mutating func enter(_ object: GitObject, size: Int, unless before: Int) {
    guard let clean else { return }
    let dropped = takeDropped()
    if marks == before { clean.enter(object, CleanBlobs.Judgement(size: size, dropped: dropped)) }
  }

  /// The matches dropped since the last call, now counted.
  private mutating func takeDropped() -> [String: Int] {
    let dropped = searcher?.takeDropped() ?? [:]
    tally.dropped.merge(dropped, uniquingKeysWith: +)
    return dropped
  }

  /// Has names searched; each finding is then one in its name.
  private mutating func work(on names: [ArtifactName], _ number: Int) -> Bool {
    let list = NameList(names)
    var source = MemorySource(list.bytes)
    return search(&source, named: ArtifactName("names of files and refs"), number) { list.move(&$0) }
  }

  /// Has others look for keywords where they may.
  private var assistant: Assistant {
    Assistant { [crew, side] other, own in
      if crew.maySpare { return side.run(other, beside: own) }
      own()
      other()
    }
  }

  /// Has all bytes of a source searched.
  private mutating func search<Source: ByteSource & ~Copyable>(
    _ source: inout Source, named name: ArtifactName, _ number: Int, under onlooker: (any Onlooker)? = nil,
    _ complete: (inout Finding) -> Void = { _ in }
  ) -> Bool {
    let searcher = self.searcher ?? makeSearcher()
    self.searcher = searcher
    let isBig = source.size.map { $0 >= Self.bigSize } ?? true
    searcher.assistant = isBig && crew.isMany ? assistant : nil
    progress?.begin(name)
    searcher.begin(name)
    if let size = source.size, size > SevenZipReader.greatestHeld {
      // SAFETY: the source writes no more than the buffer holds.
      unsafe searcher.foresee { unsafe source.copy(from: $0, into: $1) }
    }
    var failure: ArtifactError?
    do throws(ArtifactError) {
      while !source.isExhausted {
        if cancellation.isRequested || order.isStopped { throw .cancelled }
        // SAFETY: the searcher's buffer is writable for its count during the call, which is all the source needs.
        let count = try unsafe searcher.read { buffer throws(ArtifactError) in
          let count = try unsafe source.read(into: buffer)
          if count > 0, let onlooker { unsafe onlooker.look(at: UnsafeRawBufferPointer(rebasing: buffer[..<count])) }
          return count
        }
        if count == 0 { break }
        tally.bytes += count
        progress?.read(count)
        tell(searcher.takeFindings(), number, complete)
        tell(searcher.takeDrops(), number)
      }
      try source.finish()
      tally.artifacts += 1
    } catch {
      failure = error
    }
    onlooker?.end(isWhole: failure == nil)
    // Also where reading failed: what was read is searched, and the searcher wipes it.
    searcher.finish()
    tell(searcher.takeFindings(), number, complete)
    tell(searcher.takeDrops(), number)
    marks += searcher.failures.count + (failure == nil ? 0 : 1)
    for reason in searcher.failures {
      order.tell([.event(.gap(CoverageLedger.Gap(artifact: name, reason: reason)))], about: number)
    }
    guard let failure else { return false }
    return end(name, with: failure, number)
  }

  private mutating func tell(_ findings: [Finding], _ number: Int, _ complete: (inout Finding) -> Void) {
    if findings.isEmpty { return }
    marks += 1
    tell(
      findings.map { finding in
        var finding = finding
        complete(&finding)
        return .event(.finding(finding))
      }, number)
  }

  private func tell(_ drops: [DroppedMatch], _ number: Int) {
    if !drops.isEmpty { tell(drops.map { .event(.dropped($0)) }, number) }
  }

  /// Tells what an artifact holds while others may have to wait for what the searcher takes.
  private func tell(_ messages: [Message], _ number: Int) {
    let holdsUpOthers = searcher?.holdsUpOthers ?? false
    order.tell(messages, about: number, unless: holdsUpOthers ? { Search.isWaitedFor } : nil)
  }

  private func end(_ name: ArtifactName, with error: ArtifactError, _ number: Int) -> Bool {
    if case .cancelled = error {
      order.tell([.unread(name)], about: number)
      return true
    }
    order.tell([.event(.gap(CoverageLedger.Gap(artifact: name, reason: error.reason)))], about: number)
    return false
  }
}
