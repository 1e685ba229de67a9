import Reports

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Brings the process into a known state before anything is opened or written.
enum ProcessSetup {
  /// Takes the three standard descriptors' places where they are closed, and ignores SIGPIPE and SIGXFSZ.
  ///
  /// A closed standard descriptor would be given to the next file that is opened, and the report would be written into
  /// an artifact or an artifact read as standard input. What takes its place is open the wrong way round, so that
  /// using it still fails.
  static func prepare() {
    for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 {
      // SAFETY: the path is a literal. The lowest free number is handed out, which is this one (open(2)).
      _ = unsafe open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
    // A closed pipe is to be an error of write(2), with its own status, not a silent death.
    _ = signal(SIGPIPE, SIG_IGN)
    // So is a file that grows over the limit of setrlimit(2).
    _ = signal(SIGXFSZ, SIG_IGN)
  }

  /// The arguments without the program's name, as bytes.
  static func arguments() -> [[UInt8]] {
    // SAFETY: argc texts, each ending with a NUL, live as long as the process (execve(2)); nothing here changes them.
    let count = Int(CommandLine.argc)
    let texts = unsafe CommandLine.unsafeArgv
    return (min(1, count)..<count).compactMap { index in
      guard let text = unsafe texts[index] else { return nil }
      return (0..<(unsafe strlen(text))).map { unsafe UInt8(bitPattern: text[$0]) }
    }
  }
}

extension ProcessSetup {
  /// The absolute path of this program; `nil` where the system does not tell.
  static func program() -> [UInt8]? {
    #if canImport(Darwin)
      var size = UInt32(PATH_MAX)
      var buffer = [CChar](repeating: 0, count: Int(size))
      // SAFETY: the buffer is as long as `size` says, and ends with a NUL afterwards.
      guard unsafe _NSGetExecutablePath(&buffer, &size) == 0 else { return nil }
      return SystemPath(buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }).resolved()?.bytes
    #else
      return SystemPath(Array("/proc/self/exe".utf8)).resolved()?.bytes
    #endif
  }

  /// The absolute path of this program.
  ///
  /// - Throws: where the system does not tell.
  static func ownProgram() throws(CommandError) -> [UInt8] {
    guard let program = program() else { throw .fault("where this program lies cannot be told") }
    return program
  }

  /// What differs from one build of this program to another: its file's size and time; `nil` where that cannot be told.
  static func build() -> String? {
    guard let path = program() else { return nil }
    var status = stat()
    let text = path.map { CChar(bitPattern: $0) } + [0]
    // SAFETY: the path ends with a NUL, and stat(2) fills the one structure it is given.
    guard unsafe stat(text, &status) == 0 else { return nil }
    #if canImport(Darwin)
      let time = status.st_mtimespec
    #else
      let time = status.st_mtim
    #endif
    return "\(status.st_size)-\(time.tv_sec)-\(time.tv_nsec)"
  }
}
