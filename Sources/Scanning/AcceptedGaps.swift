import Artifacts
import Findings

/// The gaps a caller accepts by name.
struct AcceptedGaps: Sendable {
  private let globs: [Glob]
  private let roots: [[UInt8]]

  /// - Parameter roots: the scanned paths as written, since patterns may also be held against what lies below them.
  init(_ globs: [Glob], roots: [ArtifactName]) {
    self.globs = globs
    self.roots = roots.map(\.withoutAnchor)
  }

  /// Whether a pattern matches the artifact, or a folder it lies in.
  func accept(_ artifact: ArtifactName) -> Bool {
    if globs.isEmpty { return false }
    let shown = artifact.withoutAnchor
    var paths = [shown]
    for root in roots where shown.count > root.count && shown.starts(with: root) {
      if root.isEmpty || shown[root.count] == UInt8(ascii: "/") {
        paths.append(ArtifactName(bytes: Array(shown[root.count...])).withoutAnchor)
      }
    }
    return globs.contains { glob in
      paths.contains { glob.covers($0.span, isFolder: false) || glob.covers($0.span, isFolder: true) }
    }
  }
}
