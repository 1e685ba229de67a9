#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A program this process started; ended and waited for when it goes away, so that none is left behind.
struct ChildProcess: ~Copyable {
  /// How a program ended.
  enum End: Equatable, Sendable {
    case status(Int32)
    case signal(Int32)
  }

  private let identifier: pid_t

  private init(identifier: pid_t) { self.identifier = identifier }

  /// Starts a program.
  ///
  /// - Throws: `repository`, since the caller has to mend what keeps a program from starting.
  static func started(_ start: ProgramStart) throws(ArtifactError) -> ChildProcess {
    let (identifier, code) = start.spawn()
    guard code == 0 else {
      throw .repository("\(String(decoding: start.program, as: UTF8.self)) cannot be started: error \(code)")
    }
    return ChildProcess(identifier: identifier)
  }

  deinit {
    kill(identifier, SIGTERM)
    _ = Self.end(of: identifier)
  }

  /// Waits for its end.
  consuming func wait() -> End {
    let end = Self.end(of: identifier)
    discard self
    return end
  }

  private static func end(of identifier: pid_t) -> End {
    var status: Int32 = 0
    // SAFETY: waitpid fills the one number it is given.
    while unsafe waitpid(identifier, &status, 0) < 0, errno == EINTR {}
    // The low seven bits are the signal, the next byte the exit status (wait(2)).
    return status & 0x7F == 0 ? .status(status >> 8 & 0xFF) : .signal(status & 0x7F)
  }
}
