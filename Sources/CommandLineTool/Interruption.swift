import Scanning

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Ends a scan early but truthfully on SIGINT and SIGTERM.
enum Interruption {
  /// Asks the process's one scan to stop; made before a handler can run, as a handler may set an atomic but make
  /// nothing (signal-safety(7)).
  static let cancellation = ScanCancellation()

  /// Lets the first SIGINT or SIGTERM cancel the scan, which then ends with status 3. The second one kills the process; a
  /// backend's keeper then ends the backend.
  static func watch() {
    _ = cancellation
    // Whoever started the process may have left them blocked.
    var signals = sigset_t()
    // SAFETY: the set is emptied before it is added to and read.
    unsafe sigemptyset(&signals)
    for number in [SIGINT, SIGTERM] { unsafe sigaddset(&signals, number) }
    unsafe pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    for number in [SIGINT, SIGTERM] {
      // The handler captures nothing and calls only what signal-safety(7) allows.
      _ = signal(number) { number in
        guard Interruption.cancellation.isRequested else { return Interruption.cancellation.request() }
        _ = signal(number, SIG_DFL)
        raise(number)
      }
    }
  }
}
