import Detection
import Findings
import Reports

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// One stream of the backend on its way to disk: what is written has passed the redactor.
final class BackendOutput {
  let name: String
  private let redactor: Redactor
  private let file: CInt
  private let sink: DescriptorSink
  /// The end of what was written: enough for the answer of an agent.
  private(set) var tail: [UInt8] = []
  static let tailLimit = 8 << 20
  private(set) var isOpen = true
  private var isDue = false
  /// Bytes held back from which on what may leave does, though more keep coming.
  private var patience = leastPatience
  private static let leastPatience = 1 << 20

  /// Bytes the stream gave.
  var count: Int { redactor.count }
  /// Secrets that were redacted.
  var redacted: Int { redactor.redacted }
  /// Why the stream counts as not wholly searched.
  var failures: [String] { redactor.hasFailed ? ["a secret was found too late"] : redactor.failures }

  /// Makes the file in the run directory; it must not be there yet.
  init(_ name: String, in run: RunDirectory, engine: Engine) throws(HarnessError) {
    self.name = name
    try run.makeFolder("backend")
    guard let file = SystemPath(run.path(of: name)).open(O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: 0o600) else {
      throw HarnessError(.invalid, "cannot make \(name) of the run: \(systemReason(errno)); use a new run directory")
    }
    self.file = file
    sink = DescriptorSink(descriptor: file, name: name)
    redactor = Redactor(engine: engine, name: ArtifactName(name), chunkSize: 1 << 16)
  }

  deinit { close(file) }

  /// Reads what is there; notes the end.
  func read(_ descriptor: CInt) throws(HarnessError) {
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    // SAFETY: the pointer and the count are those of the buffer.
    let count = unsafe buffer.withUnsafeMutableBytes { unsafe SystemCall.read(descriptor, into: $0) }
    if count > 0 {
      redactor.take(buffer[..<count])
      isDue = true
      for index in buffer.indices { buffer[index] = 0 }
      if redactor.waiting >= patience {
        try write(redactor.releaseSearched(keepsComing: true))
        // What has to stay is not gone through again with every read.
        patience = 2 * redactor.waiting + Self.leastPatience
      }
    } else if count == 0 || (errno != EINTR && errno != EAGAIN) {
      isOpen = false
      try write(redactor.finish())
    }
  }

  /// Writes what may leave by now.
  func pass() throws(HarnessError) {
    guard isOpen, isDue else { return }
    isDue = false
    try write(redactor.release())
  }

  /// Ends the stream, though its writer has not.
  func cut() throws(HarnessError) {
    guard isOpen else { return }
    isOpen = false
    try write(redactor.finish())
  }

  private func write(_ bytes: [UInt8]) throws(HarnessError) {
    do throws(ReportError) {
      try sink.write(bytes.span)
    } catch {
      throw HarnessError(.fault, "cannot write \(name) of the run: \(error.reason)")
    }
    tail += bytes
    if tail.count > 2 * Self.tailLimit { tail.removeFirst(tail.count - Self.tailLimit) }
  }
}
