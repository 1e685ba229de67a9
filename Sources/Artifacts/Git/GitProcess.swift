/// A git that runs: what it is told, what it says, and how it ended.
final class GitProcess {
  private var child: ChildProcess?
  private var input: Descriptor?
  private var output: Descriptor?
  private let complaints: Descriptor
  /// The git command, for messages.
  private let name: String

  init(start: ProgramStart, input: Git.Input, name: String) throws(ArtifactError) {
    self.name = name
    complaints = try Descriptor.nameless()
    var start = start
    start.errors = complaints.raw
    let printed = try Pipe()
    printed.widen()
    start.output = printed.writing.raw
    switch input {
    case .nothing: child = try ChildProcess.started(start)
    case .descriptor(let descriptor):
      start.input = descriptor
      child = try ChildProcess.started(start)
    case .pipe:
      let told = try Pipe()
      start.input = told.reading.raw
      child = try ChildProcess.started(start)
      self.input = .some(told.writing)
    }
    output = .some(printed.reading)
  }

  /// Tells it something; where it has gone away, its end says why.
  func write(_ bytes: Span<UInt8>) { _ = input?.write(all: bytes) }

  /// Tells it that nothing more comes.
  func closeInput() { input = nil }

  /// Reads the next bytes it prints; 0 at the end.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(ArtifactError) -> Int {
    // SAFETY: the descriptor writes no more than the buffer holds.
    let count = unsafe output?.read(into: buffer) ?? 0
    guard count >= 0 else { throw .cannotRead(code: -Int32(count), offset: 0) }
    return count
  }

  /// Reads into an array, from a place in it to its end; 0 at the end of what git prints.
  func read(into buffer: inout [UInt8], from: Int) throws(ArtifactError) -> Int {
    var failure: ArtifactError?
    // SAFETY: the buffer is writable from `from` to its end during the call.
    let count = unsafe buffer.withUnsafeMutableBytes { buffer in
      do throws(ArtifactError) {
        return try unsafe read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[from...]))
      } catch {
        failure = error
        return 0
      }
    }
    if let failure { throw failure }
    return count
  }

  /// All that is left of what it prints.
  func readAll() throws(ArtifactError) -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 16 << 10)
    while true {
      let count = try read(into: &buffer, from: 0)
      if count == 0 { return bytes }
      bytes += buffer[..<count]
    }
  }

  /// Waits for its end and looks at its status and at what it complained about.
  ///
  /// - Parameter allowing: statuses besides 0 that are answers, not failures.
  /// - Returns: what it complained about although it did not fail, line by line.
  /// - Throws: `git` where it failed.
  func end(allowing: Set<Int32> = []) throws(ArtifactError) -> [String] {
    input = nil
    guard let child = child.take() else { return [] }
    // What is left of its output is not wanted, but it waits for somebody to read it.
    var rest = [UInt8](repeating: 0, count: 16 << 10)
    while (try? read(into: &rest, from: 0)) ?? 0 > 0 {}
    let end = child.wait()
    let lines = String(decoding: complaints.contents(limit: 16 << 10), as: UTF8.self)
      .split(whereSeparator: \.isNewline).map(String.init)
    switch end {
    case .status(0): return lines
    case .status(let status) where allowing.contains(status): return lines
    case .status(let status): throw .git(failure("status \(status)", lines))
    case .signal(let signal): throw .git(failure("signal \(signal)", lines))
    }
  }

  /// One clause: the last thing it said is why it gave up.
  private func failure(_ how: String, _ lines: [String]) -> String {
    let reason = lines.last { $0.hasPrefix("fatal:") } ?? lines.last ?? "it said nothing"
    return "git \(name) ended with \(how): \(reason)"
  }
}
