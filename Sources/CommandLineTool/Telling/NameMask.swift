import Detection
import Findings

/// Takes secrets out of names and messages before they are shown.
///
/// A file can be called after a token, and every line about it would tell the token (docs/architecture.md, law 6).
final class NameMask {
  private let engine: Engine
  /// Made when the first name is shown: most scans show none.
  private lazy var detector = Detector(engine: engine, chunkSize: 4096)
  /// The last name and what is shown for it: findings of an artifact come in a row.
  private var last: (name: ArtifactName, shown: ArtifactName)?

  init(engine: Engine) { self.engine = engine }

  /// The name with each secret in it redacted.
  ///
  /// - Complexity: linear in the length of the name.
  func masked(_ name: ArtifactName) -> ArtifactName {
    if let last, last.name == name { return last.shown }
    let shown = ArtifactName(bytes: masked(name.bytes))
    last = (name, shown)
    return shown
  }

  /// The text with each secret in it redacted.
  func masked(_ text: String) -> String {
    let bytes = Array(text.utf8)
    let shown = masked(bytes)
    return shown == bytes ? text : String(decoding: shown, as: UTF8.self)
  }

  private func masked(_ bytes: [UInt8]) -> [UInt8] {
    detector.begin(ArtifactName(""))
    detector.feed(bytes)
    detector.finish()
    _ = detector.takeDropped()
    return detector.takeFindings().masked(bytes)
  }
}
