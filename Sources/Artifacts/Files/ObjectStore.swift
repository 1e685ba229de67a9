/// Tells git's object stores from other folders (gitrepository-layout(5)).
///
/// Objects are compressed, so reading them as they lie proves nothing; `leakgate git history` reads them. What else
/// lies in a store is walked like any file: a folder that only looks like a repository hides nothing but what has
/// the name of an object.
enum ObjectStore {
  /// What is said of a store whose objects were not read.
  static let notice = "git object store not opened: run `leakgate git history` in it"

  /// What a folder is to a repository.
  enum Place: Sendable {
    case elsewhere
    /// Holds `HEAD`, `refs` and `objects`.
    case repository
    /// `objects`.
    case store
    /// One of the 256 folders of loose objects.
    case loose
    /// `pack`.
    case packs
  }

  /// What a folder is by its names.
  ///
  /// By its content, so that bare repositories and submodules under any name are known; a folder called `.git` counts
  /// even where parts of it are missing.
  static func place(of listing: DirectoryListing, name: ArraySlice<UInt8>) -> Place {
    guard listing.contains("objects") else { return .elsewhere }
    if name.elementsEqual(".git".utf8) || (listing.contains("HEAD") && listing.contains("refs")) { return .repository }
    return .elsewhere
  }

  /// What a folder is by the one it lies in; `elsewhere` where that says nothing.
  static func place(of name: ArraySlice<UInt8>, in outer: Place) -> Place {
    switch outer {
    case .repository where name.elementsEqual("objects".utf8): .store
    case .store where name.count == 2 && name.allSatisfy(\.isHexDigit): .loose
    case .store where name.elementsEqual("pack".utf8): .packs
    default: .elsewhere
    }
  }

  /// Whether a file of this name holds objects, or an index of them.
  static func holdsObjects(_ name: ArraySlice<UInt8>, in place: Place) -> Bool {
    switch place {
    case .elsewhere, .repository, .store: false
    // The rest of a SHA-1 or SHA-256.
    case .loose: isHash(name, lengths: 38, 62)
    case .packs: isPack(name)
    }
  }

  /// Whether a name is `pack-HASH.pack` or one of the files beside it (gitformat-pack(5)).
  private static func isPack(_ name: ArraySlice<UInt8>) -> Bool {
    let parts = name.split(separator: .dot, omittingEmptySubsequences: false)
    if parts[0].elementsEqual("multi-pack-index".utf8) { return parts.count == 1 }
    guard parts.count == 2,
      ["pack", "idx", "rev", "bitmap", "mtimes"].contains(where: { parts[1].elementsEqual($0.utf8) })
    else { return false }
    for prefix in ["pack-", "multi-pack-index-"] where parts[0].starts(with: prefix.utf8) {
      return isHash(parts[0].dropFirst(prefix.utf8.count), lengths: 40, 64)
    }
    return false
  }

  private static func isHash(_ name: ArraySlice<UInt8>, lengths: Int...) -> Bool {
    lengths.contains(name.count) && name.allSatisfy(\.isHexDigit)
  }

  /// What a folder is by its real path, where that lies in a store.
  static func place(of realPath: [UInt8]) -> Place {
    let parts = realPath.split(separator: .slash)
    for index in parts.indices.dropFirst() where parts[index].elementsEqual("objects".utf8) {
      let repository = Array(realPath[..<(parts[index].startIndex - 1)])
      guard
        parts[index - 1].elementsEqual(".git".utf8)
          || exists(repository + "/HEAD".utf8) && exists(repository + "/refs".utf8)
      else { continue }
      return parts[(index + 1)...].reduce(.store) { place, name in Self.place(of: name, in: place) }
    }
    return .elsewhere
  }

  private static func exists(_ path: [UInt8]) -> Bool {
    guard let _ = try? Descriptor.open(path: path, for: .looking) else { return false }
    return true
  }
}

extension UInt8 {
  fileprivate var isHexDigit: Bool {
    UInt8(ascii: "0")...UInt8(ascii: "9") ~= self || UInt8(ascii: "a")...UInt8(ascii: "f") ~= self
  }
}
