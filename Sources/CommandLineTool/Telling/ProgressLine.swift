import Reports
import Scanning
import Synchronization

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// One line on standard error that tells how far a scan is, while a person watches and it takes over a second.
///
/// A thread of its own looks at the scan's counters a few times a second; the scan itself never waits for it.
final class ProgressLine: Sendable {
  private struct State {
    var isShown = false
    var isFinished = false
  }

  private let state = Mutex(State())
  private let progress: ScanProgress
  private let columns: Int

  /// Starts the line unless it is not wanted or nobody could see it.
  init(progress: ScanProgress, isWanted: Bool) {
    self.progress = progress
    columns = Terminal.errors.columns ?? 80
    guard isWanted, Terminal.errors.isTerminal else { return }
    start()
  }

  /// Takes the line away until it is drawn again; called before anything else is written to the terminal.
  func erase() {
    state.withLock { state in
      guard state.isShown else { return }
      state.isShown = false
      write("\r\u{1B}[K")
    }
  }

  /// Takes the line away for good.
  func finish() {
    erase()
    state.withLock { $0.isFinished = true }
  }

  private func start() {
    // SAFETY: retained here for the thread, which takes the retain over.
    let context = unsafe Unmanaged.passRetained(self)
    #if canImport(Darwin)
      var thread: pthread_t?
    #else
      var thread = pthread_t()
    #endif
    // SAFETY: as above; where no thread starts, the retain is given back.
    let result = unsafe pthread_create(&thread, nil, { unsafe ProgressLine.watch($0) }, context.toOpaque())
    guard result == 0 else { return unsafe context.release() }
    pthread_detach(thread)
  }
}

extension ProgressLine {
  /// Waits a second, then draws five times a second until the scan is done.
  private static func watch(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    // SAFETY: the context is the line that was retained when the thread was made.
    guard let context = unsafe context else { return nil }
    let line = unsafe Unmanaged<ProgressLine>.fromOpaque(context).takeRetainedValue()
    pause(milliseconds: 1000)
    while line.draw() { pause(milliseconds: 200) }
    return nil
  }

  private static func pause(milliseconds: Int) {
    var time = timespec(tv_sec: milliseconds / 1000, tv_nsec: milliseconds % 1000 * 1_000_000)
    // SAFETY: nanosleep reads one structure and is told of no place for the rest.
    _ = unsafe nanosleep(&time, nil)
  }

  /// Draws the line; `false` once the scan is done.
  private func draw() -> Bool {
    state.withLock { state in
      guard !state.isFinished else { return false }
      let artifacts = Quantity.count(progress.artifacts, "artifact")
      let bytes = Quantity.bytes(progress.bytes)
      let text = TerminalText.shortened("scanning: \(artifacts), \(bytes)", columns: columns - 1)
      write("\r\u{1B}[K" + text)
      state.isShown = true
      return true
    }
  }

  private func write(_ text: String) {
    let sink = DescriptorSink(descriptor: STDERR_FILENO, name: "standard error")
    try? sink.write(Array(text.utf8).span)
  }
}
