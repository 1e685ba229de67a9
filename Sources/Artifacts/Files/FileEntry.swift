package import Findings

/// A file met while walking or named by the caller, not opened yet.
package struct FileEntry: Sendable {
  /// The folder it was listed in; `nil` for a path of the caller's, which is opened as written.
  let directory: Directory?
  /// Its path as it is shown: what the caller wrote, then the names below it.
  package let name: ArtifactName
  /// Where in `name` the part begins that is opened.
  let start: Int
}
