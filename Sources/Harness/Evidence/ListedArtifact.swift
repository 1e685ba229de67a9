import Artifacts
import Reports

/// An artifact as a listing of the run directory shows it.
struct ListedArtifact: Hashable {
  /// Its path in the run directory.
  let name: [UInt8]
  let kind: SystemPath.Kind
  /// What a change of a file does not leave as it is; `nil` of what is no file.
  let state: FileState?

  var shownName: String { String(decoding: name, as: UTF8.self) }

  /// Everything in a run directory but folders and what an audit leaves.
  ///
  /// - Throws: where a folder cannot be listed.
  static func all(in run: RunDirectory) throws(HarnessError) -> [ListedArtifact] {
    all(among: try FolderListing.entries(of: run.path, withStates: true))
  }

  /// The same of a run directory that was listed, with states.
  static func all(among entries: [FolderListing.Entry]) -> [ListedArtifact] {
    let own = Set(Verification.ownNames.map { Array($0.utf8) })
    return entries.filter { $0.kind != .folder && !own.contains($0.name) }.map {
      ListedArtifact(name: $0.name, kind: $0.kind, state: $0.state)
    }
  }
}
