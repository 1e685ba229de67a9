#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The repository these tests were built from.
enum Repository {
  /// A file that ought to be there is not, or is no UTF-8.
  struct Missing: Error { var path: String }

  private static var root: String {
    #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")
  }

  /// The text of a file.
  static func text(_ path: String) throws -> String {
    guard let data = FileManager.default.contents(atPath: root + "/" + path),
      let text = String(validating: data, as: UTF8.self)
    else { throw Missing(path: path) }
    return text
  }

  /// Whether there is a file or folder of that name.
  static func holds(_ path: String) -> Bool { FileManager.default.fileExists(atPath: root + "/" + path) }

  /// All Swift files below a folder, at least one.
  static func swiftFiles(in folder: String) throws -> [SourceFile] {
    let paths = try FileManager.default.subpathsOfDirectory(atPath: root + "/" + folder).sorted()
      .filter { $0.hasSuffix(".swift") }
    guard !paths.isEmpty else { throw Missing(path: folder) }
    return try paths.map { path in
      let path = folder + "/" + path
      return SourceFile(path: path, text: try text(path))
    }
  }
}
