package import Artifacts
package import Findings

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// What to scan, and how.
package struct ScanRequest: Sendable {
  /// What to scan, in the order of the report.
  package var inputs: [ScanInput]
  /// Patterns of what is left out.
  package var exclusions: [Glob]
  /// Patterns of gaps the caller accepts by name.
  package var accepted: [Glob]
  /// Number of workers; 1 to 256, others are taken for the nearest of these.
  package var jobs: Int
  /// Whether nothing to scan is no problem.
  package var allowsEmpty: Bool
  /// Whether that is so, too, where something was there and all of it was excluded.
  package var allowsAllExcluded = true
  package var policy: Policy
  /// Bytes each worker takes in at a time.
  package var detectorChunkSize: Int
  /// Objects of repositories that need not be read again; `nil` to read all.
  package var clean: CleanBlobs?
  /// Gives each file somebody who looks on while it is searched, or nobody.
  package var onlooker: (@Sendable (ArtifactName) -> (any Onlooker)?)?

  package init(
    inputs: [ScanInput], exclusions: [Glob] = [], accepted: [Glob] = [], jobs: Int = Self.processors,
    allowsEmpty: Bool = false, policy: Policy = .code, detectorChunkSize: Int = 1 << 20
  ) {
    self.inputs = inputs
    self.exclusions = exclusions
    self.accepted = accepted
    self.jobs = jobs
    self.allowsEmpty = allowsEmpty
    self.policy = policy
    self.detectorChunkSize = detectorChunkSize
  }

  /// Processors this process may run on, at least 1.
  package static var processors: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }
}
