import Detection
import Findings

/// What a worker feeds the bytes of artifacts to: the detector, or what tests put in its place.
protocol Searcher: SendableMetatype {
  /// Starts with an artifact.
  func begin(_ artifact: ArtifactName)
  /// Lets the source write behind what is there and searches what became certain; gives what the source gave.
  func read<E: Error>(_ source: (UnsafeMutableRawBufferPointer) throws(E) -> Int) throws(E) -> Int
  /// Searches the rest.
  func finish()
  /// Findings that became final since the last call, sorted.
  func takeFindings() -> [Finding]
  /// Reasons why the artifact counts as not wholly searched.
  var failures: [String] { get }
  /// Matches dropped since the last call, by reason.
  func takeDropped() -> [String: Int]
}

extension Detector: Searcher {}
