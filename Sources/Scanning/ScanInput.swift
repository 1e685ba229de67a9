package import Findings

/// One thing a caller wants scanned.
package enum ScanInput: Sendable, Hashable {
  /// A file or folder, as written.
  case path(ArtifactName)
  /// What comes in at descriptor 0.
  case standardInput
}
