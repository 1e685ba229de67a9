package import Synchronization

#if canImport(Darwin)
  package import Darwin
#else
  package import Glibc
#endif

/// What a program is started with.
package struct ProgramStart {
  /// Absolute path.
  var program: [UInt8]
  /// Without the program's name.
  var arguments: [[UInt8]]
  /// `NAME=value`; nothing else is handed down.
  var environment: [[UInt8]]
  /// Descriptors; those that are `nil` are /dev/null.
  var input: Int32?
  var output: Int32?
  var errors: Int32?
  /// Whether it leads a process group of its own, in which no signal is blocked or ignored.
  var leadsGroup: Bool

  /// Held while a program is started, and while a descriptor is made that must not be handed down to one.
  package static let starting = Mutex(())

  package init(
    program: [UInt8], arguments: [[UInt8]], environment: [[UInt8]], input: Int32? = nil, output: Int32? = nil,
    errors: Int32? = nil, leadsGroup: Bool = false
  ) {
    self.program = program
    self.arguments = arguments
    self.environment = environment
    self.input = input
    self.output = output
    self.errors = errors
    self.leadsGroup = leadsGroup
  }

  /// The environment of this process.
  package static func inheritedEnvironment() -> [[UInt8]] {
    var variables: [[UInt8]] = []
    // SAFETY: environ(7) is a list of NUL-terminated texts that ends with NULL; nothing here changes it meanwhile.
    var next = unsafe environ
    while let text = unsafe next.pointee {
      variables.append((0..<(unsafe strlen(text))).map { unsafe UInt8(bitPattern: text[$0]) })
      unsafe next += 1
    }
    return variables
  }

  /// Starts it (posix_spawn(3)): its process, and 0 or the number of the error.
  package func spawn() -> (process: pid_t, code: Int32) { Self.starting.withLock { _ in spawnAlone() } }

  private func spawnAlone() -> (pid_t, Int32) {
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
    for (place, descriptor) in [input, output, errors].enumerated() {
      let place = Int32(place)
      if let descriptor {
        unsafe posix_spawn_file_actions_adddup2(&actions, descriptor, place)
      } else {
        unsafe posix_spawn_file_actions_addopen(&actions, place, "/dev/null", place == 0 ? O_RDONLY : O_WRONLY, 0)
      }
    }
    var signals = sigset_t()
    var flags = POSIX_SPAWN_SETSIGDEF
    if leadsGroup {
      unsafe sigemptyset(&signals)
      unsafe posix_spawnattr_setsigmask(&attributes, &signals)
      unsafe posix_spawnattr_setpgroup(&attributes, 0)
      unsafe sigfillset(&signals)
      flags |= POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP
    } else {
      // This process ignores them; the program is to end by them as usual.
      unsafe sigemptyset(&signals)
      for number in [SIGPIPE, SIGXFSZ] { unsafe sigaddset(&signals, number) }
    }
    unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
    unsafe posix_spawnattr_setflags(&attributes, Int16(flags))
    var process: pid_t = 0
    let code = unsafe CStringList([program] + arguments).call { arguments in
      unsafe CStringList(environment).call { environment in
        unsafe posix_spawn(&process, arguments[0].unsafelyUnwrapped, &actions, &attributes, arguments, environment)
      }
    }
    return (process, code)
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
