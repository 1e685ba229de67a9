#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A value that threads change one at a time and can wait on (pthread_mutex_lock(3), pthread_cond_wait(3)).
///
/// `Synchronization.Mutex` has no waiting; this has no other use.
@safe final class Monitor<Value: Sendable>: @unchecked Sendable {
  /// Who waits; each is woken apart from the other.
  enum Queue { case workers, receiver }

  private var value: Value
  // SAFETY: both are allocated at their final address, which POSIX asks for, and freed in deinit, when nobody waits.
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let conditions = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 2)

  init(_ value: Value) {
    self.value = value
    // SAFETY: allocated above, not initialized before, not yet seen by another thread.
    unsafe pthread_mutex_init(mutex, nil)
    unsafe pthread_cond_init(conditions, nil)
    unsafe pthread_cond_init(conditions + 1, nil)
  }

  deinit {
    // SAFETY: the last reference is gone, so no thread holds the mutex or waits.
    unsafe pthread_cond_destroy(conditions)
    unsafe pthread_cond_destroy(conditions + 1)
    unsafe pthread_mutex_destroy(mutex)
    unsafe conditions.deallocate()
    unsafe mutex.deallocate()
  }

  /// Runs `body` alone, first waiting while `condition` holds.
  ///
  /// `condition` is asked anew after every wake-up of this queue.
  func run<Result>(
    at queue: Queue = .workers, while condition: (Value) -> Bool = { _ in false }, _ body: (inout Value) -> Result
  ) -> Result {
    // SAFETY: mutex and conditions live as long as self; `value` is only touched while the mutex is held.
    unsafe pthread_mutex_lock(mutex)
    defer { unsafe pthread_mutex_unlock(mutex) }
    while condition(value) { unsafe pthread_cond_wait(address(of: queue), mutex) }
    return body(&value)
  }

  /// Lets all who wait in a queue ask their condition again.
  func wake(_ queue: Queue) {
    // SAFETY: the condition lives as long as self.
    unsafe pthread_cond_broadcast(address(of: queue))
  }

  private func address(of queue: Queue) -> UnsafeMutablePointer<pthread_cond_t> {
    // SAFETY: two conditions were allocated.
    unsafe queue == .workers ? conditions : conditions + 1
  }
}
