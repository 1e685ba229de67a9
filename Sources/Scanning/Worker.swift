import Artifacts
import Findings

/// Takes one artifact after the other from the supply and has it searched.
struct Worker<Search: Searcher> {
  /// What one worker, or all of them, did.
  struct Tally: Sendable {
    var artifacts = 0
    var bytes = 0
    var dropped: [String: Int] = [:]

    mutating func add(_ other: Tally) {
      artifacts += other.artifacts
      bytes += other.bytes
      dropped.merge(other.dropped, uniquingKeysWith: +)
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

  init(
    supply: Supply, order: MessageOrder, cancellation: ScanCancellation, progress: ScanProgress?, allowsEmpty: Bool,
    inputDescriptor: Int32, makeSearcher: @escaping @Sendable () -> Search
  ) {
    self.supply = supply
    self.order = order
    self.cancellation = cancellation
    self.progress = progress
    self.allowsEmpty = allowsEmpty
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
    if let searcher { tally.dropped = searcher.takeDropped() }
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
        return search(&file, named: entry.name, number)
      } catch {
        return end(entry.name, with: error, number)
      }
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
    }
  }

  /// Has all bytes of a source searched.
  private mutating func search<Source: ByteSource & ~Copyable>(
    _ source: inout Source, named name: ArtifactName, _ number: Int
  ) -> Bool {
    let searcher = self.searcher ?? makeSearcher()
    self.searcher = searcher
    progress?.begin(name)
    searcher.begin(name)
    var failure: ArtifactError?
    do throws(ArtifactError) {
      while !source.isExhausted {
        if cancellation.isRequested || order.isStopped { throw .cancelled }
        // SAFETY: the searcher's buffer is writable for its count during the call, which is all the source needs.
        let count = try unsafe searcher.read { buffer throws(ArtifactError) in try unsafe source.read(into: buffer) }
        if count == 0 { break }
        tally.bytes += count
        progress?.read(count)
        tell(searcher.takeFindings(), number)
      }
      try source.finish()
      tally.artifacts += 1
    } catch {
      failure = error
    }
    // Also where reading failed: what was read is searched, and the searcher wipes it.
    searcher.finish()
    tell(searcher.takeFindings(), number)
    for reason in searcher.failures {
      order.tell([.event(.gap(CoverageLedger.Gap(artifact: name, reason: reason)))], about: number)
    }
    guard let failure else { return false }
    return end(name, with: failure, number)
  }

  private func tell(_ findings: [Finding], _ number: Int) {
    if findings.isEmpty { return }
    order.tell(findings.map { .event(.finding($0)) }, about: number)
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
