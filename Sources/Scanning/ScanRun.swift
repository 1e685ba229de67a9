import Findings
import Synchronization

/// One run of a scan: workers search, this thread delivers.
struct ScanRun<Search: Searcher> {
  let request: ScanRequest
  let progress: ScanProgress?
  let cancellation: ScanCancellation
  let makeSearcher: @Sendable () -> Search
  /// The descriptor standard input is read from.
  var inputDescriptor: Int32 = 0

  /// Workers there may be at most.
  private static var mostWorkers: Int { 256 }

  /// Runs to the end, or until delivery fails; all threads have ended when it returns.
  func run<E: Error>(deliver: (ScanEvent) throws(E) -> Void) throws(E) -> ScanResult {
    let supply = Supply(request, inputDescriptor: inputDescriptor)
    // More workers than artifacts would only cost their start.
    let jobs = max(1, min(request.jobs, supply.limit ?? request.jobs, Self.mostWorkers))
    let order = MessageOrder(workers: jobs)
    let tally = TallyBox()
    var threads = start(jobs, supply, order, tally)

    var result = ScanResult()
    result.problems = supply.problems
    if threads.count == 0 { result.problems.append("cannot start a thread: nothing was read") }
    let accepted = AcceptedGaps(request.accepted, roots: supply.names)
    do throws(E) {
      while let messages = order.receive() {
        for message in messages {
          if let event = record(message, in: &result, accepted) { try deliver(event) }
        }
      }
    } catch {
      order.stop()
      threads.join()
      throw error
    }
    threads.join()

    let done = tally.value.withLock(\.self)
    result.ledger.artifacts = done.artifacts
    result.ledger.bytes = done.bytes
    result.dropped = done.dropped
    for gap in done.gaps {
      if let event = record(.event(.gap(gap)), in: &result, accepted) { try deliver(event) }
    }
    result.ledger.excluded = supply.excluded
    result.wasCancelled = cancellation.isRequested || result.wasCancelled
    if let problem = emptiness(of: result) { result.problems.append(problem) }
    return result
  }

  private final class TallyBox: Sendable {
    let value = Mutex(Worker<Search>.Tally())
  }

  /// Starts the workers; fewer where the system gives fewer threads.
  private func start(_ jobs: Int, _ supply: Supply, _ order: MessageOrder, _ tally: TallyBox) -> WorkerThreads {
    let (progress, cancellation, makeSearcher) = (progress, cancellation, makeSearcher)
    let (allowsEmpty, clean, inputDescriptor) = (request.allowsEmpty, request.clean, inputDescriptor)
    let onlooker = request.onlooker
    let crew = Crew(workers: jobs, jobs: request.jobs)
    let threads = WorkerThreads(jobs) {
      let worker = Worker(
        supply: supply, order: order, cancellation: cancellation, progress: progress, allowsEmpty: allowsEmpty,
        clean: clean, onlooker: onlooker, crew: crew, inputDescriptor: inputDescriptor, makeSearcher: makeSearcher)
      let done = worker.run()
      tally.value.withLock { $0.add(done) }
      order.leave()
    }
    for _ in threads.count..<jobs {
      order.leave()
      crew.leave()
    }
    return threads
  }

  /// Enters a message in the account and returns what is to be delivered.
  private func record(_ message: Message, in result: inout ScanResult, _ accepted: AcceptedGaps) -> ScanEvent? {
    switch message {
    case .problem(let problem):
      result.problems.append(problem)
      return nil
    case .unread(let artifact):
      // One gap stands for all that is left; every worker tells of one artifact.
      if result.wasCancelled { return nil }
      result.wasCancelled = true
      let gap = CoverageLedger.Gap(artifact: artifact, reason: "not read: cancelled, and so is what comes after it")
      result.ledger.gaps.append(gap)
      return .gap(gap)
    case .event(.gap(var gap)):
      gap.isAccepted = accepted.accept(gap.artifact)
      result.ledger.gaps.append(gap)
      return .gap(gap)
    case .event(.note(let note)):
      result.ledger.notes.append(note)
      return .note(note)
    case .event(.finding(let finding)):
      result.findings += 1
      return .finding(finding)
    case .event(.dropped(let match)): return .dropped(match)
    }
  }

  /// Says that nothing was scanned, unless that is allowed or something else already says why.
  private func emptiness(of result: ScanResult) -> String? {
    let excluded = result.ledger.excluded.values.reduce(0, +)
    let isAllowed = request.allowsEmpty && (request.allowsAllExcluded || excluded == 0)
    if isAllowed || result.ledger.artifacts > 0 || !result.problems.isEmpty || result.wasCancelled { return nil }
    guard result.ledger.isComplete else { return nil }
    if request.inputs.isEmpty { return "nothing was scanned: no path was given" }
    if excluded > 0 {
      let entries = "\(excluded) \(excluded == 1 ? "entry" : "entries")"
      return "nothing was scanned: what is there was excluded (\(entries)); --allow-empty lets that pass"
    }
    let isOfGit = request.inputs.allSatisfy { if case .git = $0 { true } else { false } }
    let missing = isOfGit ? "no commit or other object of git's" : "no file to read"
    return "nothing was scanned: there is \(missing) in what was given; --allow-empty lets that pass"
  }
}
