package import Artifacts
package import Findings

/// One thing a caller wants scanned.
package enum ScanInput: Sendable, Hashable {
  /// A file or folder, as written.
  case path(ArtifactName)
  /// What comes in at descriptor 0.
  case standardInput
  /// What the caller has read already, and what it is called.
  case bytes(ArtifactName, [UInt8])
  /// What was chosen of a git repository.
  case git(GitArtifacts)
}
