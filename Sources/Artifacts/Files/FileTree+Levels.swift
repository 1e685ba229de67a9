extension FileTree {
  /// Closes the outermost folders where more are open than may be.
  ///
  /// So a tree of any depth needs a fixed number of descriptors. What is being read in a folder keeps it open.
  mutating func closeOuterLevels() {
    while levels.count - closedLevels > Self.openLevels {
      // Without its state the folder could not be known again, so it stays open; running out is told where it happens.
      guard let state = try? levels[closedLevels].directory?.state() else { return }
      levels[closedLevels].state = state
      levels[closedLevels].directory = nil
      closedLevels += 1
    }
  }

  /// Leaves the innermost folder and opens the one around it again where it was closed.
  mutating func ascend() {
    guard let inner = levels.popLast() else { return }
    guard closedLevels > 0, closedLevels == levels.count else { return }
    do throws(ArtifactError) {
      guard let outer = try inner.directory?.parent(), let before = levels[closedLevels - 1].state,
        try outer.state().isSame(as: before)
      else { throw ArtifactError.changed("the folder was moved while what is in it was read") }
      closedLevels -= 1
      levels[closedLevels].directory = outer
    } catch {
      // There is no way back to the folders further out either.
      while let level = levels.popLast() { lose(level, because: error) }
      closedLevels = 0
    }
  }
}
