import Synchronization

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A thread that works beside the one that owns it, on one task at a time.
///
/// Each waits awake for the other for a while, because tasks are as short as it takes to wake a thread, and because a system
/// that sees two threads wake each other in turn runs both on one processor.
package final class SideThread {
  private typealias Task = @Sendable () -> Void

  /// What the two tell each other.
  private struct State: Sendable {
    var task: Task?
    var isOver = false
  }

  /// What one of them may look at without being alone.
  private final class Shared: Sendable {
    let state = Monitor(State())
    /// Whether there is a task, or none to come.
    let isBusy = Atomic(false)

    /// Waits awake until there is a task, or none.
    func watch(for busy: Bool) {
      let start = ContinuousClock.now
      while isBusy.load(ordering: .acquiring) != busy, start.duration(to: .now) < SideThread.patience { sched_yield() }
    }
  }

  /// How long one of them waits awake for the other before it sleeps.
  private static let patience = Duration.microseconds(100)
  private let shared = Shared()
  private var threads = WorkerThreads(0) {}
  private var isStarted = false

  /// The thread starts with the first task; where the system gives none, its owner does its work.
  package init() {}

  private func start() {
    isStarted = true
    threads = WorkerThreads(1) { [shared] in
      while true {
        shared.watch(for: true)
        let task = shared.state.run(while: { $0.task == nil && !$0.isOver }, { $0.task })
        guard let task else { return }
        task()
        shared.state.run { $0.task = nil }
        shared.isBusy.store(false, ordering: .releasing)
        shared.state.wake(.receiver)
      }
    }
  }

  deinit {
    shared.state.run { $0.isOver = true }
    shared.isBusy.store(true, ordering: .releasing)
    shared.state.wake(.workers)
    threads.join()
  }

  /// Runs a task here and another one beside it; returns when both have ended.
  package func run(_ other: @escaping @Sendable () -> Void, beside own: () -> Void) {
    if !isStarted { start() }
    guard threads.count > 0 else {
      other()
      return own()
    }
    shared.state.run { $0.task = other }
    shared.isBusy.store(true, ordering: .releasing)
    shared.state.wake(.workers)
    own()
    shared.watch(for: false)
    shared.state.run(at: .receiver, while: { $0.task != nil }, { _ in })
  }
}
