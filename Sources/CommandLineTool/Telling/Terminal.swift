import Reports

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// What the process knows of where its output goes.
struct Terminal {
  let isTerminal: Bool
  /// Columns of the terminal, `nil` where there is none.
  let columns: Int?

  static let output = Terminal(descriptor: STDOUT_FILENO)
  static let errors = Terminal(descriptor: STDERR_FILENO)

  init(descriptor: CInt) {
    isTerminal = isatty(descriptor) == 1
    guard isTerminal else {
      columns = nil
      return
    }
    var size = winsize()
    // SAFETY: TIOCGWINSZ fills the one structure it is given (ioctl_tty(2)).
    let result = unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size)
    let told = result == 0 && size.ws_col > 0 ? Int(size.ws_col) : Environment.value("COLUMNS").flatMap { Int($0) }
    columns = told ?? 80
  }

  /// Colours where a person sees them and has not asked for none (no-color.org).
  func palette(isPlain: Bool) -> Palette {
    let refuses = isPlain || Environment.value("NO_COLOR") != nil || Environment.value("TERM") == "dumb"
    return isTerminal && !refuses ? .ansi : .plain
  }
}

/// The variables of the process's environment.
enum Environment {
  /// The value of a variable, `nil` where it is not set or empty.
  static func value(_ name: String) -> String? {
    // SAFETY: getenv returns NULL or a NUL-terminated text that is copied at once; nothing here sets variables.
    guard let text = unsafe getenv(name), let value = unsafe String(validatingCString: text) else { return nil }
    return value.isEmpty ? nil : value
  }

  /// The bytes of a variable, which may be a path; `nil` where it is not set or empty.
  static func bytes(_ name: String) -> [UInt8]? {
    // SAFETY: as above; the text ends where strlen says.
    guard let text = unsafe getenv(name) else { return nil }
    let count = unsafe strlen(text)
    return count == 0 ? nil : (0..<count).map { unsafe UInt8(bitPattern: text[$0]) }
  }

  /// Whether a build service runs the process: CI is set, and not to say no.
  static var isBuildService: Bool { value("CI").map { !["false", "0", "no"].contains($0.lowercased()) } ?? false }
}
