import Synchronization

/// Asks a scan to stop as soon as it can.
package final class ScanCancellation: Sendable {
  private let flag = Atomic(false)

  package init() {}

  /// Asks for the stop; one atomic store, so a signal handler may call it (signal-safety(7)).
  package func request() { flag.store(true, ordering: .relaxed) }

  package var isRequested: Bool { flag.load(ordering: .relaxed) }
}
