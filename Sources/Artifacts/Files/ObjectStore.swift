/// Tells git's object stores from other folders (gitrepository-layout(5)).
///
/// Their files are compressed, so reading them as they lie proves nothing; `leakgate git history` reads them.
enum ObjectStore {
  /// What is said of a store that was not opened.
  static let notice = "git object store not opened: run `leakgate git history` in it"

  /// Whether the `objects` folder in a folder of these names is an object store.
  ///
  /// By its content, so that bare repositories and submodules under any name are known; a folder called `.git` counts
  /// even where parts of it are missing.
  static func isRepository(_ listing: DirectoryListing, name: ArraySlice<UInt8>) -> Bool {
    name.elementsEqual(".git".utf8) || (listing.contains("HEAD") && listing.contains("refs"))
  }

  /// Whether a real path is an object store or lies in one.
  static func holds(_ realPath: [UInt8]) -> Bool {
    let objects = Array("/objects".utf8)
    for end in realPath.indices.map({ $0 + 1 }) where end == realPath.count || realPath[end] == .slash {
      guard realPath[..<end].suffix(objects.count) == objects[...] else { continue }
      let repository = Array(realPath[..<(end - objects.count)])
      if repository.suffix(5).elementsEqual("/.git".utf8) { return true }
      if exists(repository + "/HEAD".utf8), exists(repository + "/refs".utf8) { return true }
    }
    return false
  }

  private static func exists(_ path: [UInt8]) -> Bool {
    guard let _ = try? Descriptor.open(path: path, for: .looking) else { return false }
    return true
  }
}
