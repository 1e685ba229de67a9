import Artifacts
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

/// Watches one backend process from its start to the end of all it started.
struct BackendRun {
  let run: RunDirectory
  let engine: Engine
  let limits: RunLimits
  /// Whether somebody asked for the end.
  let shouldStop: () -> Bool

  /// Milliseconds between looks at the clock while nothing comes.
  private static let patience: Int32 = 50
  /// How long a backend may take to end by itself after it was asked to, and what it left behind after it.
  private static let grace = Duration.seconds(2)
  /// How long the system may take to end what was killed.
  private static let death = Duration.seconds(5)

  /// Runs to the end.
  func watch(_ process: inout BackendProcess) throws(HarnessError) -> BackendOutcome {
    let streams = [
      (try BackendOutput("backend/case-stdout.log", in: run, engine: engine), process.output.raw),
      (try BackendOutput("backend/case-stderr.log", in: run, engine: engine), process.errors.raw),
    ]
    var outcome = BackendOutcome()
    let start = ContinuousClock.now
    var asked: ContinuousClock.Instant?
    do throws(HarnessError) {
      while !process.hasEnded() || streams.contains(where: { $0.0.isOpen }) {
        try pass(streams, process.channel.raw)
        if outcome.stop == nil { outcome.stop = stop(streams.map(\.0), since: start) }
        // What its end leaves behind may hold the pipes open.
        if outcome.stop != nil || process.hasEnded(), asked == nil {
          asked = .now
          if outcome.stop != nil { process.ask() }
        }
        if let asked, asked.duration(to: .now) > Self.grace { break }
      }
      if !process.end(within: Self.death) { outcome.failures.append("processes of the backend may be left") }
      try drain(streams, &outcome)
    } catch {
      _ = process.end(within: Self.death)
      throw error
    }
    let code = process.status ?? SIGKILL
    // The low seven bits are the signal, the next eight the exit status (wait(2)).
    outcome.status = code & 0x7F == 0 ? code >> 8 & 0xFF : -(code & 0x7F)
    outcome.output = streams[0].0.tail
    outcome.errors = streams[1].0.tail
    outcome.bytes = streams.reduce(0) { $0 + $1.0.count }
    outcome.redacted = streams.reduce(0) { $0 + $1.0.redacted }
    outcome.failures += streams.flatMap { stream, _ in stream.failures.map { "\(stream.name): \($0)" } }
    return outcome
  }

  /// Reads what those that were ended have left in the pipes; who still holds one may print what nobody reads.
  private func drain(_ streams: [(BackendOutput, CInt)], _ outcome: inout BackendOutcome) throws(HarnessError) {
    let start = ContinuousClock.now
    while streams.contains(where: { $0.0.isOpen }), start.duration(to: .now) < Self.grace { try pass(streams, -1) }
    for (stream, _) in streams where stream.isOpen {
      try stream.cut()
      outcome.failures.append("\(stream.name): a process that could not be ended still held it open")
    }
  }

  /// Reads what comes; what may leave leaves when nothing does. What the keeper tells ends the waiting.
  private func pass(_ streams: [(BackendOutput, CInt)], _ channel: CInt) throws(HarnessError) {
    var requests = streams.map { pollfd(fd: $0.0.isOpen ? $0.1 : -1, events: Int16(POLLIN), revents: 0) }
    requests.append(pollfd(fd: channel, events: Int16(POLLIN), revents: 0))
    // SAFETY: as many structures are passed as the count says; negative descriptors are passed over (poll(2)).
    let ready = unsafe poll(&requests, nfds_t(requests.count), 1)
    if ready > 0 {
      for (request, stream) in zip(requests, streams) where request.revents != 0 { try stream.0.read(stream.1) }
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
