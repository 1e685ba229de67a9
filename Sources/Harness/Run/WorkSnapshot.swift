import Findings
import Reports

/// What stands in a folder at one moment: every file with the digest of its bytes.
package struct WorkSnapshot: Sendable, Equatable {
  /// Digest, or the target of a link, by path below the folder.
  package private(set) var files: [String: String] = [:]

  /// Most bytes a file may have.
  package static let greatestSize = 256 << 20

  /// - Parameter skipped: a folder below that is left out.
  /// - Throws: where something in the folder cannot be read, or two names would be taken for one.
  package init(of folder: [UInt8], skipping skipped: [UInt8]? = nil) throws(HarnessError) {
    for entry in try FolderListing.entries(of: folder, skipping: skipped.map { [$0] } ?? []) {
      let path = SystemPath(folder + [UInt8(ascii: "/")] + entry.name)
      let name = String(decoding: entry.name, as: UTF8.self)
      // Texts are equal where only their composition differs; names of files are not.
      guard files[name] == nil else {
        throw HarnessError(.incomplete, "two names cannot be told apart: \(name)")
      }
      switch entry.kind {
      case .file:
        do throws(HarnessError) {
          files[name] = Digest.text(try path.contents(limit: Self.greatestSize))
        } catch {
          throw HarnessError(.incomplete, "cannot read \(name): \(error.message)")
        }
      case .link: files[name] = "link"
      case .folder: break
      case .other: files[name] = "other"
      }
    }
  }

  /// The files below a folder of a run directory, as a survey found them.
  init(_ survey: ArtifactSurvey, below folder: String) {
    let contents = survey.artifacts.map { ($0.name, "sha256:" + $0.digest) } + survey.links.map { ($0, "link") }
    for (name, content) in contents where name.hasPrefix(folder + "/") {
      files[String(name.dropFirst(folder.count + 1))] = content
    }
  }

  /// Paths that were added, removed or changed, in ascending order; `.git` and `.case` are not part of the work.
  package func changes(since before: WorkSnapshot) -> [String] {
    differences(since: before) { ![".git", ".case"].contains($0) }
  }

  /// Paths of the backend's event logs that were added, removed or changed.
  func events(since before: WorkSnapshot) -> [String] {
    differences(since: before) { $0 == ".case" }.filter(LogNames.isLog)
  }

  private func differences(since before: WorkSnapshot, in isLookedAt: (Substring) -> Bool) -> [String] {
    Set(files.keys).union(before.files.keys).filter { name in
      files[name] != before.files[name] && isLookedAt(name.prefix { $0 != "/" })
    }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// One digest over the changed files and what they hold now.
  package func digest(of changes: [String]) -> String {
    Digest.text(Array(changes.map { "\(files[$0] ?? "removed") \($0)\n" }.joined().utf8))
  }
}
