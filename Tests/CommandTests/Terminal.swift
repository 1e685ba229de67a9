import Foundation

#if canImport(Glibc)
  import Glibc
#endif

/// A pseudo-terminal (pty(7)) to run lines on.
final class Terminal {
  private let controller: Int32
  private let name: String

  init(columns: UInt16) throws {
    (controller, name) = try Self.open()
    var size = winsize(ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    // SAFETY: TIOCSWINSZ reads the one structure it is given.
    guard unsafe ioctl(controller, UInt(TIOCSWINSZ), &size) == 0 else { throw CocoaError(.fileReadUnknown) }
  }

  /// A new terminal: the descriptor that controls it and the name of its other side.
  private static func open() throws -> (Int32, String) {
    #if canImport(Darwin)
      let controller = posix_openpt(O_RDWR | O_NOCTTY)
      // SAFETY: ptsname's text is copied at once.
      guard controller >= 0, grantpt(controller) == 0, unlockpt(controller) == 0, let text = unsafe ptsname(controller)
      else {
        throw CocoaError(.fileReadUnknown)
      }
      return unsafe (controller, String(cString: text))
    #else
      // What posix_openpt and its like do on Linux (pty(7)); the module of the C library leaves them out.
      let (numberRequest, lockRequest) = (UInt(0x8004_5430), UInt(0x4004_5431))
      var number: Int32 = 0
      var lock: Int32 = 0
      // SAFETY: the path is a literal; each request reads or fills one number.
      let controller = unsafe Glibc.open("/dev/ptmx", O_RDWR | O_NOCTTY)
      guard controller >= 0, unsafe ioctl(controller, lockRequest, &lock) == 0,
        unsafe ioctl(controller, numberRequest, &number) == 0
      else { throw CocoaError(.fileReadUnknown) }
      return (controller, "/dev/pts/\(number)")
    #endif
  }

  deinit { close(controller) }

  /// Runs a line with standard output, or standard error too, on the terminal; gives what was shown.
  func run(
    _ line: String, in workspace: Workspace, environment: [String: String] = [:], withErrors: Bool = false
  ) throws -> (status: Int32, shown: String) {
    let process = try workspace.start(line, environment: environment)
    let handle = FileHandle(forUpdatingAtPath: name)
    process.standardOutput = handle
    process.standardError = withErrors ? handle : FileHandle.nullDevice
    let collected = Collected()
    let controller = controller
    let thread = Thread {
      var buffer = [UInt8](repeating: 0, count: 4096)
      while true {
        // SAFETY: the buffer is as long as said.
        let count = unsafe read(controller, &buffer, buffer.count)
        if count <= 0 { break }
        collected.append(buffer.prefix(count))
      }
      collected.done.signal()
    }
    try process.run()
    thread.start()
    process.waitUntilExit()
    try handle?.close()
    // With its last user gone, reading the terminal fails with EIO.
    collected.done.wait()
    return (process.terminationStatus, String(decoding: collected.bytes, as: UTF8.self))
  }

  private final class Collected: @unchecked Sendable {
    let done = DispatchSemaphore(value: 0)
    private let lock = NSLock()
    private var content: [UInt8] = []

    func append(_ bytes: ArraySlice<UInt8>) { lock.withLock { content += bytes } }
    var bytes: [UInt8] { lock.withLock { content } }
  }
}
