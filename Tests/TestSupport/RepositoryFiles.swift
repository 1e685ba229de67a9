#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Files of the repository the tests were built from.
package enum RepositoryFiles {
  /// A file or folder that ought to be there is not.
  package struct Missing: Error { package var path: String }

  private static var root: String {
    #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")
  }

  /// The bytes of a file.
  package static func bytes(_ path: String) throws -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: root + "/" + path) else { throw Missing(path: path) }
    return Array(data)
  }

  /// Where a folder of the repository lies.
  package static func folder(_ path: String) -> String { root + "/" + path }

  /// The UTF-8 text of a file.
  package static func text(_ path: String) throws -> String {
    guard let text = String(validating: try bytes(path), as: UTF8.self) else { throw Missing(path: path) }
    return text
  }

  /// All files below a folder whose names end so, in ascending order; at least one.
  package static func paths(below folder: String, ending: String = "") throws -> [String] {
    let names = try FileManager.default.subpathsOfDirectory(atPath: root + "/" + folder).sorted()
    let paths = names.map { folder + "/" + $0 }.filter { $0.hasSuffix(ending) && isFile($0) }
    guard !paths.isEmpty else { throw Missing(path: folder) }
    return paths
  }

  private static func isFile(_ path: String) -> Bool {
    var isFolder = false
    return FileManager.default.fileExists(atPath: root + "/" + path, isDirectory: &isFolder) && !isFolder
  }

  /// Replaces a file.
  package static func write(_ text: String, to path: String) throws {
    try Data(text.utf8).write(to: URL(filePath: root + "/" + path))
  }
}
