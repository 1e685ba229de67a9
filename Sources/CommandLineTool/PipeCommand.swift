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
    let redactor = Redactor(engine: engine, name: ArtifactName("-"), blocks: block, chunkSize: 1 << 18)
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
  /// Bytes read at a time: few enough to stay in the processor's cache, and to leave in time while more come.
  private static let pieceSize = 128 << 10
  /// Bytes of one read behind which others may be taken to wait.
  private static let manyBytes = 32 << 10

  /// Moves all there is.
  ///
  /// - Returns: what kept the input from being read to its end; what came until then has been passed on.
  func run() throws(CommandError) -> String? {
    // Fewer, larger reads.
    StandardInput.widen()
    let output = DescriptorSink(descriptor: STDOUT_FILENO, name: "standard output")
    var buffer = [UInt8](repeating: 0, count: Self.pieceSize)
    var oldest = ContinuousClock.now
    var isDue = false
    var failure: String?
    do throws(ReportError) {
      while !redactor.isBlocked {
        if isDue, !hasInput(within: Self.pause) || oldest.duration(to: .now) > Self.patience {
          try output.write(redactor.release().span)
          isDue = false
          continue
        }
        // SAFETY: the pointer and the count are those of the buffer.
        let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(STDIN_FILENO, $0.baseAddress, $0.count) }
        if count == 0 { break }
        if count < 0 {
          if errno == EINTR { continue }
          if errno == EAGAIN { _ = hasInput(within: -1); continue }
          failure = "cannot be read on: \(systemReason(errno))"
          break
        }
        if !isDue { oldest = .now }
        isDue = true
        redactor.take(buffer[..<count])
        if count >= Self.manyBytes {
          try output.write(redactor.releaseSearched().span)
          // Those left are of this piece, and leave with the next one.
          if redactor.waiting <= count { oldest = .now }
        }
      }
      try output.write(redactor.finish().span)
      try output.commit()
    } catch {
      throw .fault(error.message)
    }
    return failure
  }

  /// Whether a read would not block, waited for so many milliseconds; also at the end of the input.
  private func hasInput(within milliseconds: Int32) -> Bool {
    var request = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    // SAFETY: one structure is passed, as the count says.
    return unsafe poll(&request, 1, milliseconds) != 0
  }
}
