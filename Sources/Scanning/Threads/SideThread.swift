/// A thread that works beside the one that owns it, on one task at a time.
package final class SideThread {
  private typealias Task = @Sendable () -> Void

  /// What the two tell each other.
  private struct State: Sendable {
    var task: Task?
    var isOver = false
  }

  private let state = Monitor(State())
  private var threads = WorkerThreads(0) {}

  /// Starts the thread; where the system gives none, its owner does its work.
  package init() {
    threads = WorkerThreads(1) { [state] in
      while let task = state.run(while: { $0.task == nil && !$0.isOver }, { $0.task }) {
        task()
        state.run { $0.task = nil }
        state.wake(.receiver)
      }
    }
  }

  deinit {
    state.run { $0.isOver = true }
    state.wake(.workers)
    threads.join()
  }

  /// Runs a task here and another one beside it; returns when both have ended.
  package func run(_ other: @escaping @Sendable () -> Void, beside own: () -> Void) {
    guard threads.count > 0 else {
      other()
      return own()
    }
    state.run { $0.task = other }
    state.wake(.workers)
    own()
    state.run(at: .receiver, while: { $0.task != nil }, { _ in })
  }
}
