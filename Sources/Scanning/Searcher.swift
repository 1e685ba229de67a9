import Detection
import Findings

/// What a worker feeds the bytes of artifacts to: the detector, or what tests put in its place.
protocol Searcher: AnyObject, SendableMetatype {
  /// Starts with an artifact.
  func begin(_ artifact: ArtifactName)
  /// Looks at parts of the artifact before the rest; `fetch` gives its bytes at an offset, `false` where they cannot be had.
  func foresee(_ fetch: (_ offset: Int, UnsafeMutableRawBufferPointer) -> Bool)
  /// Who helps it, where there is somebody.
  var assistant: Assistant? { get set }
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
  /// Dropped matches that are told one by one, since the last call.
  func takeDrops() -> [DroppedMatch]
  /// Whether others may have to wait for something that is held between two reads.
  var holdsUpOthers: Bool { get }
  /// Whether anybody waits for such a thing.
  static var isWaitedFor: Bool { get }
}

extension Searcher {
  func foresee(_ fetch: (_ offset: Int, UnsafeMutableRawBufferPointer) -> Bool) {}
  func takeDrops() -> [DroppedMatch] { [] }
  var holdsUpOthers: Bool { false }
  static var isWaitedFor: Bool { false }
}

extension Detector: Searcher {}
