#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Standard input, read once to its end.
package struct StandardInput: ByteSource, ~Copyable {
  /// What stands behind the descriptor.
  package enum Condition: Sendable {
    case readable
    case closed
    /// A terminal: nobody would know that something waits for him to type.
    case terminal
  }

  /// What stands behind the descriptor now; to be asked before anything is opened, since a closed one is given out anew.
  package static func condition(of descriptor: Int32 = STDIN_FILENO) -> Condition {
    if fcntl(descriptor, F_GETFD) < 0 { return .closed }
    return isatty(descriptor) == 1 ? .terminal : .readable
  }

  private let descriptor: Int32
  private let before: FileState
  private var count = 0
  private let shouldStop: @Sendable () -> Bool

  /// Milliseconds between two looks at whether to go on while nothing comes.
  private static let patience: Int32 = 100

  /// Takes the stream on; `shouldStop` is asked while nothing comes. The descriptor stays the caller's.
  package init(
    descriptor: Int32 = STDIN_FILENO, shouldStop: @escaping @Sendable () -> Bool = { false }
  ) throws(ArtifactError) {
    guard let state = try? FileState(descriptor: descriptor) else { throw .closed }
    self.descriptor = descriptor
    before = state
    self.shouldStop = shouldStop
    Self.widen(descriptor)
  }

  /// Lets whoever writes to it write more before he waits, where it is a pipe.
  package static func widen(_ descriptor: Int32 = STDIN_FILENO) { Pipe.widen(descriptor) }

  package var size: Int? { nil }

  package var isExhausted: Bool { false }

  package mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(ArtifactError) -> Int {
    while true {
      if before.kind != .regular { try waitForBytes() }
      // SAFETY: the caller's buffer is writable for its whole count; read writes at most that much and keeps nothing.
      #if canImport(Darwin)
        let got = unsafe Darwin.read(descriptor, buffer.baseAddress, buffer.count)
      #else
        let got = unsafe Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      #endif
      if got >= 0 {
        count += got
        return got
      }
      // EAGAIN: whoever shares the stream made it non-blocking (fcntl(2)).
      guard errno == EINTR || errno == EAGAIN else { throw .cannotRead(code: errno, offset: count) }
    }
  }

  /// Waits until a read would not block, for at most as long as the scan is to go on.
  private func waitForBytes() throws(ArtifactError) {
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    while true {
      // SAFETY: `request` is one pollfd, as the count says; poll keeps nothing.
      let ready = unsafe poll(&request, 1, Self.patience)
      // Errors and hang-ups count as ready: the read tells them.
      if ready > 0 || (ready < 0 && errno != EINTR && errno != EAGAIN) { return }
      if shouldStop() { throw .cancelled }
    }
  }

  package mutating func finish() throws(ArtifactError) {
    guard before.kind == .regular else { return }
    if let change = try FileState(descriptor: descriptor).change(since: before) { throw .changed(change) }
  }
}
