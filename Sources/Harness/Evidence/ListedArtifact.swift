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
    let entries = try FolderListing.entries(of: run.path, skipping: Set(Verification.ownNames.map { Array($0.utf8) }))
    return entries.filter { $0.kind != .folder }.map { entry in
      let path = run.path + [UInt8(ascii: "/")] + entry.name
      return ListedArtifact(
        name: entry.name, kind: entry.kind, state: entry.kind == .file ? FileState(path: path) : nil)
    }
  }
}
