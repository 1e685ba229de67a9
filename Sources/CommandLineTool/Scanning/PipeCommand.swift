import ArgumentParser
import Artifacts
import Findings
import Harness
import Reports

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// `leakgate pipe`: standard input to standard output, without its secrets.
struct PipeCommand: JudgingCommand {
  static let configuration = CommandConfiguration(
    commandName: "pipe",
    abstract: "Pass standard input on to standard output with every secret redacted.",
    discussion: """
      For logs on their way to a disk or a service. A byte leaves as soon as nothing that may still come can make it \
      part of a secret; no time limit ever lets one go. Encoded secrets are redacted too, and so are those in \
      UTF-16. Compressed content is passed on but not read: status 3.

      The exit status is 0 where nothing was found, 1 where something was redacted or the stream was blocked.

      Examples:
        make test 2>&1 | leakgate pipe > build.log
        agent run | leakgate pipe --policy code | tee agent.log
        generate | leakgate pipe --block > publish.txt
      """
  )

  @Option(help: "How strict to be: code, artifact or sot.")
  var policy: Policy = .artifact

  @Flag(help: "Write what may be shown in place of each secret (the default).")
  var redact = false

  @Flag(help: "Stop at the first secret: nothing of it or behind it is passed on.")
  var block = false

  func judge() throws(CommandError) -> Verdict {
    if redact && block { throw .invalid("--redact and --block are given; choose one") }
    let engine = try EngineSource.engine(policy)
    let redactor = Redactor(engine: engine, name: ArtifactName("-"), blocks: block, chunkSize: 1 << 19)
    let stream = PipeStream(redactor: redactor)
    let failures = [try stream.run()].compactMap(\.self) + redactor.failures
    let findings = redactor.redacted
    if redactor.hasFailed { throw .fault("a secret was found in bytes that had left; report this as a fault") }
    for failure in failures { Messages.complain("incomplete: -: \(failure)") }
    if findings > 0 {
      let rules = redactor.rules.keys.sorted().joined(separator: ", ")
      Messages.complain("\(block ? "blocked" : "redacted"): \(Quantity.count(findings, "secret")) (\(rules))")
    }
    return .worst([findings > 0 ? .leaking : .clean, failures.isEmpty ? .clean : .incomplete])
  }
}

/// Moves the bytes of `leakgate pipe`.
private struct PipeStream {
  let redactor: Redactor

  /// Milliseconds without input after which what may leave does; bytes of one write arrive together.
  private static let pause: Int32 = 1
  /// Longest time that input which keeps coming may keep bytes from leaving that could.
  private static let patience = Duration.milliseconds(3)
  /// Bytes of one read behind which others may be taken to wait.
  private static let manyBytes = 32 << 10

  /// Moves all there is.
  ///
  /// - Returns: what kept the input from being read to its end; what came until then has been passed on.
  func run() throws(CommandError) -> String? {
    let output = DescriptorSink(descriptor: STDOUT_FILENO, name: "standard output")
    let input = PipeInput()
    // When bytes came that may leave, and how many came at once before.
    var oldest: ContinuousClock.Instant?
    var before = 0
    do throws(ReportError) {
      while !redactor.isBlocked {
        if let came = oldest, !input.hasBytes(within: Self.pause) || came.duration(to: .now) > Self.patience {
          try output.write(redactor.release().span)
          oldest = nil
          continue
        }
        let (bytes, came) = input.next()
        if bytes.isEmpty { break }
        if oldest == nil { oldest = came }
        redactor.take(bytes) { input.readAhead() }
        if bytes.count >= Self.manyBytes {
          try output.write(redactor.releaseSearched(keepsComing: input.hasBytes(within: 0)).span)
          // Those left are of these and the ones before, which leave with the next ones.
          if redactor.waiting <= bytes.count + before { oldest = .now }
        }
        before = bytes.count
      }
      try output.write(redactor.finish().span)
      try output.commit()
    } catch {
      throw .fault(
        "cannot pass on to standard output: \(error.reason); make room or keep the reader open, then run again")
    }
    return input.failure
  }
}

/// Standard input of `leakgate pipe`, read ahead where there is time for it.
private final class PipeInput {
  /// Bytes read at a time: few enough to stay in the processor's cache, and to leave in time while more come.
  private static let pieceSize = 128 << 10

  /// What was read, and when.
  typealias Piece = (bytes: ArraySlice<UInt8>, came: ContinuousClock.Instant)

  private var buffers = [[UInt8]](repeating: [UInt8](repeating: 0, count: pieceSize), count: 2)
  /// Which of them is written next.
  private var free = 0
  private var ahead: Piece?
  /// What kept it from being read to its end.
  private(set) var failure: String?

  // Fewer, larger reads.
  init() { StandardInput.widen() }

  /// The next bytes, none at the end; they are at hand until the next but one are read.
  func next() -> Piece {
    defer { ahead = nil }
    return ahead ?? read()
  }

  /// Reads the bytes behind those that were given last, if they have come.
  func readAhead() {
    if ahead == nil, hasBytes(within: 0) { ahead = read() }
  }

  /// Whether a read would not block, waited for so many milliseconds; also at the end of the input.
  func hasBytes(within milliseconds: Int32) -> Bool {
    if ahead != nil { return true }
    var request = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    // SAFETY: one structure is passed, as the count says.
    return unsafe poll(&request, 1, milliseconds) != 0
  }

  private func read() -> Piece {
    while true {
      // SAFETY: the pointer and the count are those of the buffer.
      let count = unsafe buffers[free].withUnsafeMutableBytes { unsafe Self.read(into: $0) }
      let came = ContinuousClock.now
      if count < 0, errno == EINTR { continue }
      if count < 0, errno == EAGAIN {
        _ = hasBytes(within: -1)
        continue
      }
      if count < 0 { failure = "cannot be read on: \(systemReason(errno))" }
      defer { free = 1 - free }
      return (buffers[free][..<max(0, count)], came)
    }
  }

  private static func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    // SAFETY: read(2) writes at most as many bytes as the buffer holds.
    #if canImport(Darwin)
      unsafe Darwin.read(STDIN_FILENO, buffer.baseAddress, buffer.count)
    #else
      unsafe Glibc.read(STDIN_FILENO, buffer.baseAddress, buffer.count)
    #endif
  }
}
