package import Findings
import Synchronization

/// How far a scan is, for a display that looks now and then from another thread.
package final class ScanProgress: Sendable {
  private let artifactCount = Atomic(0)
  private let byteCount = Atomic(0)
  private let name = Mutex<ArtifactName?>(nil)

  package init() {}

  /// Artifacts begun.
  package var artifacts: Int { artifactCount.load(ordering: .relaxed) }
  /// Bytes read.
  package var bytes: Int { byteCount.load(ordering: .relaxed) }
  /// The artifact begun last.
  package var current: ArtifactName? { name.withLock { $0 } }

  func begin(_ artifact: ArtifactName) {
    artifactCount.add(1, ordering: .relaxed)
    name.withLock { $0 = artifact }
  }

  func read(_ count: Int) { byteCount.add(count, ordering: .relaxed) }
}
