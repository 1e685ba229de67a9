import Synchronization

/// The workers of a scan: whether one of them may have help depends on how many have nothing left to do.
final class Crew: Sendable {
  private let busy: Atomic<Int>
  private let jobs: Int

  /// - Parameter jobs: threads that may work at a time.
  init(workers: Int, jobs: Int) {
    busy = Atomic(workers)
    self.jobs = jobs
  }

  /// Whether there is ever more than one thread.
  var isMany: Bool { jobs > 1 }

  /// Whether every worker that is left may have a thread beside its own.
  var maySpare: Bool { 2 * busy.load(ordering: .relaxed) <= jobs }

  /// Says that a worker has nothing left to do.
  func leave() { busy.subtract(1, ordering: .relaxed) }
}
