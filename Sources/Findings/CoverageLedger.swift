/// The account of what was and was not read.
package struct CoverageLedger: Sendable, Equatable {
  /// Something that was asked for and not read, or not to its end.
  package struct Gap: Sendable, Hashable {
    package var artifact: ArtifactName
    /// One lower-case clause: why, and what to do where something can be done.
    package var reason: String
    /// Whether the caller accepted this gap by name (`--accept-incomplete`).
    package var isAccepted: Bool

    package init(artifact: ArtifactName, reason: String, isAccepted: Bool = false) {
      self.artifact = artifact
      self.reason = reason
      self.isAccepted = isAccepted
    }
  }

  /// Something the reader should know that is no gap: a link not followed, a nested object store.
  package struct Note: Sendable, Hashable {
    package var artifact: ArtifactName
    package var text: String

    package init(artifact: ArtifactName, text: String) {
      self.artifact = artifact
      self.text = text
    }
  }

  /// Artifacts read to their end.
  package var artifacts = 0
  /// Bytes read.
  package var bytes = 0
  /// Entries left out because the caller excluded them, by pattern as given.
  package var excluded: [String: Int] = [:]
  /// What was not read.
  package var gaps: [Gap] = []
  package var notes: [Note] = []

  package init() {}

  /// Whether everything asked for was read, or its absence accepted by name.
  package var isComplete: Bool { gaps.allSatisfy(\.isAccepted) }

  /// Adds another account to this one.
  package mutating func merge(_ other: CoverageLedger) {
    artifacts += other.artifacts
    bytes += other.bytes
    excluded.merge(other.excluded, uniquingKeysWith: +)
    gaps += other.gaps
    notes += other.notes
  }
}
