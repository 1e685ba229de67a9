/// A thread that has nothing else to do, and looks for keywords ahead of a detector.
package struct Assistant {
  /// Bytes taken in at a time: few enough to stay in the processor's cache, enough to be worth a thread's while.
  let pieceLength: Int
  /// Runs two tasks side by side, the other one on its thread; returns when both have ended.
  let run: (_ other: @escaping @Sendable () -> Void, _ own: () -> Void) -> Void

  package init(
    pieceLength: Int = 256 << 10, run: @escaping (_ other: @escaping @Sendable () -> Void, _ own: () -> Void) -> Void
  ) {
    self.pieceLength = pieceLength
    self.run = run
  }
}
