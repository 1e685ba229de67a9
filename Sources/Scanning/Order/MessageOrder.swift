import Synchronization

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Brings what workers tell into the order of the walk.
///
/// Every artifact has a number. What is told about the first artifact not yet completed, the front, is handed on at
/// once; what is told about later ones is kept until they are at the front. So little is kept, and a worker that has
/// more waits: all but the front's may wait for the front, which itself waits only for the receiver. Hence no deadlock, unless
/// the front needs something that a worker holds which waits for it: who holds such a thing does not wait when it is needed.
final class MessageOrder: Sendable {
  private struct Slot: Sendable {
    var messages: [Message] = []
    var isComplete = false
  }

  private struct State: Sendable {
    var front = 0
    /// What is known of artifacts that are not done with; most never get an entry.
    var slots: [Int: Slot] = [:]
    /// Messages in `slots`.
    var held = 0
    var workers: Int

    /// Messages that may be handed on now.
    var isReady: Bool { slots[front].map { !$0.messages.isEmpty } ?? false }

    /// Moves the front over everything that is done with.
    mutating func advance() {
      while let slot = slots[front], slot.isComplete, slot.messages.isEmpty {
        slots[front] = nil
        front += 1
      }
    }
  }

  /// Messages kept in all for artifacts behind the front before their workers wait.
  static let capacity = 2048
  /// Messages of the front not yet received before its worker waits.
  static let frontCapacity = 256

  private let monitor: Monitor<State>
  private let stopped = Atomic(false)

  init(workers: Int) { monitor = Monitor(State(workers: workers)) }

  /// Whether nobody receives any more.
  var isStopped: Bool { stopped.load(ordering: .relaxed) }

  /// Microseconds between two looks whether somebody needs what a waiting worker holds.
  private static let patience: UInt32 = 2000

  /// Tells something about an artifact, waiting while too much is kept.
  ///
  /// - Parameter isWaitedFor: where the caller holds what others may need, whether one of them waits for it.
  func tell(_ messages: [Message], about number: Int, unless isWaitedFor: (() -> Bool)? = nil) {
    if messages.isEmpty { return }
    if let isWaitedFor {
      while !isWaitedFor(), monitor.run({ self.isFull(for: number, $0) }) { usleep(Self.patience) }
    }
    let isFront = monitor.run(while: { isWaitedFor == nil && self.isFull(for: number, $0) }) { state in
      state.slots[number, default: Slot()].messages += messages
      state.held += messages.count
      return state.front == number
    }
    if isFront { monitor.wake(.receiver) }
  }

  /// Whether no more is to be told about an artifact now.
  private func isFull(for number: Int, _ state: borrowing State) -> Bool {
    if isStopped { return false }
    if state.front != number { return state.held >= Self.capacity }
    return (state.slots[number]?.messages.count ?? 0) >= Self.frontCapacity
  }

  /// Ends an artifact: nothing more is told about it.
  func complete(_ number: Int) {
    let (hasMoved, isReady) = monitor.run { state in
      let before = state.front
      if before == number, state.slots[number] == nil {
        state.front += 1
      } else {
        state.slots[number, default: Slot()].isComplete = true
      }
      state.advance()
      return (state.front != before, state.isReady)
    }
    if hasMoved { monitor.wake(.workers) }
    if isReady { monitor.wake(.receiver) }
  }

  /// Ends a worker, which has completed all it began.
  func leave() {
    monitor.run { state in state.workers -= 1 }
    monitor.wake(.receiver)
  }

  /// The next messages in order, waiting for them; `nil` when all workers have ended and all is received.
  func receive() -> [Message]? {
    let messages: [Message]? = monitor.run(at: .receiver, while: { !$0.isReady && $0.workers > 0 }) { state in
      guard state.isReady, var slot = state.slots.removeValue(forKey: state.front) else { return nil }
      let messages = slot.messages
      state.held -= messages.count
      slot.messages = []
      state.slots[state.front] = slot
      state.advance()
      return messages
    }
    monitor.wake(.workers)
    return messages
  }

  /// Ends everything: nobody waits any more, and workers see `isStopped`.
  func stop() {
    // In the monitor, so that no worker goes to sleep between its look at the flag and this.
    monitor.run { _ in stopped.store(true, ordering: .relaxed) }
    monitor.wake(.workers)
  }
}
