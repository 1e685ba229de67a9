import Synchronization

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

  /// What a program is started with; descriptors that are `nil` are /dev/null.
  struct Start {
    /// Absolute path.
    var program: [UInt8]
    /// Without the program's name.
    var arguments: [[UInt8]]
    /// `NAME=value`; nothing else is handed down.
    var environment: [[UInt8]]
    var input: Int32?
    var output: Int32?
    var errors: Int32?
  }

  /// Held while a program is started, and while a descriptor is made that must not be handed down to one.
  static let starting = Mutex(())

  private let identifier: pid_t

  private init(identifier: pid_t) { self.identifier = identifier }

  /// Starts a program (posix_spawn(3)).
  ///
  /// - Throws: `repository`, since the caller has to mend what keeps a program from starting.
  static func started(_ start: Start) throws(ArtifactError) -> ChildProcess {
    let (identifier, code) = starting.withLock { _ in spawn(start) }
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

  private static func spawn(_ start: Start) -> (pid_t, Int32) {
    // SAFETY: actions and attributes are initialized before and destroyed after their one use. The texts live until
    // posix_spawn returns, which copies them.
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #else
      var actions = unsafe posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #endif
    unsafe posix_spawn_file_actions_init(&actions)
    unsafe posix_spawnattr_init(&attributes)
    defer {
      unsafe posix_spawn_file_actions_destroy(&actions)
      unsafe posix_spawnattr_destroy(&attributes)
    }
    for (place, descriptor) in [start.input, start.output, start.errors].enumerated() {
      let place = Int32(place)
      if let descriptor {
        unsafe posix_spawn_file_actions_adddup2(&actions, descriptor, place)
      } else {
        unsafe posix_spawn_file_actions_addopen(&actions, place, "/dev/null", place == 0 ? O_RDONLY : O_WRONLY, 0)
      }
    }
    // This process ignores them; the program is to end by them as usual.
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    for number in [SIGPIPE, SIGXFSZ] { unsafe sigaddset(&signals, number) }
    unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
    unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
    var identifier: pid_t = 0
    let code = unsafe CStringList([start.program] + start.arguments).call { arguments in
      unsafe CStringList(start.environment).call { environment in
        unsafe posix_spawn(&identifier, arguments[0].unsafelyUnwrapped, &actions, &attributes, arguments, environment)
      }
    }
    return (identifier, code)
  }
}

/// Texts as C takes a list of them: each ends with a NUL, the list with NULL.
private struct CStringList {
  private var bytes: [CChar] = []
  private var starts: [Int] = []

  init(_ texts: [[UInt8]]) {
    for text in texts {
      starts.append(bytes.count)
      bytes += text.map { CChar(bitPattern: $0) }
      bytes.append(0)
    }
  }

  /// Calls `body` with the list, which must not outlive the call.
  func call<Result>(_ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result) -> Result {
    var bytes = bytes
    // SAFETY: the pointers lead into `bytes`, which stays where it is during the call.
    return unsafe bytes.withUnsafeMutableBufferPointer { buffer in
      var list = unsafe [UnsafeMutablePointer<CChar>?](repeating: nil, count: starts.count + 1)
      for (index, start) in starts.enumerated() { unsafe list[index] = buffer.baseAddress.unsafelyUnwrapped + start }
      return unsafe body(list)
    }
  }
}
