import Glibc

/// The `leakgate` that was built with the tests.
package enum BuiltProgram {
  /// The folder it lies in: the first above the tests' own that has it. `nil` where none does.
  package static let folder: String? = {
    var folder = CommandLine.arguments[0][...]
    while let slash = folder.lastIndex(of: "/") {
      folder = folder[..<slash]
      // SAFETY: a Swift string passed for a path is NUL-terminated for the call, which does not keep it.
      if unsafe access("\(folder)/leakgate", X_OK) == 0, !isFolder("\(folder)/leakgate") { return String(folder) }
    }
    return nil
  }()

  /// Its path; empty where there is none.
  package static var path: String { folder.map { "\($0)/leakgate" } ?? "" }

  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    // SAFETY: as above; stat fills the one structure it is given.
    return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
