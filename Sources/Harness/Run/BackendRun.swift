import Detection

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// How the backend ran.
struct BackendOutcome {
  /// What ended it before it ended itself.
  enum Stop: Equatable {
    case timeLimit
    case outputLimit
    case interrupted
  }
  var stop: Stop?
  /// Its exit status, or the number of the signal that ended it, negated.
  var status: Int32 = 0
  var output: [UInt8] = []
  var errors: [UInt8] = []
  /// Bytes of both streams.
  var bytes = 0
  var redacted = 0
  var failures: [String] = []
}

/// Limits of a run.
package struct RunLimits: Sendable {
  /// Longest time the backend may take.
  package var time: Duration
  /// Bytes it may write to both streams.
  package var output: Int

  package init(time: Duration = .seconds(3600), output: Int = 1 << 30) {
    self.time = time
    self.output = output
  }
}

/// Watches one backend process from its start to the end of its whole group.
struct BackendRun {
  let run: RunDirectory
  let engine: Engine
  let limits: RunLimits
  /// Whether somebody asked for the end.
  let shouldStop: () -> Bool

  /// Milliseconds between looks at the clock while nothing comes.
  private static let patience: Int32 = 50
  /// How long a group may take to end by itself after it was asked to.
  private static let grace = Duration.seconds(2)
  /// How long the system may take to end a group that was killed.
  private static let death = Duration.seconds(1)

  /// Runs to the end.
  func watch(_ process: borrowing BackendProcess) throws(HarnessError) -> BackendOutcome {
    let streams = [
      (try BackendOutput("backend/case-stdout.log", in: run, engine: engine), process.output),
      (try BackendOutput("backend/case-stderr.log", in: run, engine: engine), process.errors),
    ]
    var outcome = BackendOutcome()
    let start = ContinuousClock.now
    var asked: ContinuousClock.Instant?
    var status: Int32?
    do throws(HarnessError) {
      while status == nil || streams.contains(where: { $0.0.isOpen }) {
        try pass(streams)
        if status == nil { status = process.ended() }
        if outcome.stop == nil { outcome.stop = stop(streams.map(\.0), since: start) }
        // What its end leaves behind in the group may hold the pipes open.
        if outcome.stop != nil || status != nil, asked == nil {
          asked = .now
          if outcome.stop != nil { process.signalGroup(SIGTERM) }
        }
        if let asked, asked.duration(to: .now) > Self.grace {
          process.signalGroup(SIGKILL)
          try drain(streams, &outcome)
          if status == nil { status = process.ended(waiting: true) }
          break
        }
      }
    } catch {
      process.signalGroup(SIGKILL)
      _ = process.ended(waiting: true)
      throw error
    }
    process.signalGroup(SIGKILL)
    let code = status ?? 0
    // The low seven bits are the signal, the next eight the exit status (wait(2)).
    outcome.status = code & 0x7F == 0 ? code >> 8 & 0xFF : -(code & 0x7F)
    outcome.output = streams[0].0.tail
    outcome.errors = streams[1].0.tail
    outcome.bytes = streams.reduce(0) { $0 + $1.0.count }
    outcome.redacted = streams.reduce(0) { $0 + $1.0.redacted }
    outcome.failures += streams.flatMap { stream, _ in stream.failures.map { "\(stream.name): \($0)" } }
    return outcome
  }

  /// Reads what a killed group has left in its pipes; who still holds one has left the group, and may print what nobody reads.
  private func drain(_ streams: [(BackendOutput, CInt)], _ outcome: inout BackendOutcome) throws(HarnessError) {
    let start = ContinuousClock.now
    while streams.contains(where: { $0.0.isOpen }), start.duration(to: .now) < Self.death { try pass(streams) }
    for (stream, _) in streams where stream.isOpen {
      try stream.cut()
      outcome.failures.append("\(stream.name): a process that left the backend's group still held it open")
    }
  }

  /// Reads what comes; what may leave leaves when nothing does.
  private func pass(_ streams: [(BackendOutput, CInt)]) throws(HarnessError) {
    var requests = streams.map { pollfd(fd: $0.0.isOpen ? $0.1 : -1, events: Int16(POLLIN), revents: 0) }
    // SAFETY: as many structures are passed as the count says; negative descriptors are passed over (poll(2)).
    let ready = unsafe poll(&requests, nfds_t(requests.count), 1)
    if ready > 0 {
      for (index, request) in requests.enumerated() where request.revents != 0 {
        try streams[index].0.read(streams[index].1)
      }
      return
    }
    for (stream, _) in streams { try stream.pass() }
    // SAFETY: as above.
    unsafe poll(&requests, nfds_t(requests.count), Self.patience)
  }

  private func stop(_ streams: [BackendOutput], since start: ContinuousClock.Instant) -> BackendOutcome.Stop? {
    if shouldStop() { return .interrupted }
    if start.duration(to: .now) > limits.time { return .timeLimit }
    return streams.reduce(0) { $0 + $1.count } > limits.output ? .outputLimit : nil
  }
}
