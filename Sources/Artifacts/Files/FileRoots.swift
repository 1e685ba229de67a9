package import Findings

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The files and folders a caller named, known by where they really lie, so that each is walked once.
package struct FileRoots: Sendable {
  /// One path of the caller's.
  package struct Root: Sendable {
    /// The path as written.
    package let name: ArtifactName
    /// Whether a folder stands there, symbolic links followed.
    package let isFolder: Bool
    /// Where it lies; `nil` where the kernel cannot tell, and then nothing is known to lie in it.
    let realPath: [UInt8]?
    /// Whether the caller's own patterns leave it out.
    let isExcluded: Bool
  }

  package private(set) var roots: [Root] = []
  private var indexByPath: [[UInt8]: Int] = [:]

  package init() {}

  /// Resolves a path as written, following symbolic links, and returns its root; `nil` where it was named before.
  ///
  /// The error says why the path cannot be scanned. Nothing is opened that opening could change or block on.
  mutating func add(_ name: ArtifactName, exclusions: inout Exclusions) throws(ArtifactError) -> Int? {
    if name.bytes.contains(0) { throw .cannotResolve(code: EINVAL) }
    let state: FileState
    let realPath: [UInt8]?
    do {
      let descriptor = try Descriptor.open(path: name.bytes, for: .looking)
      state = try FileState(descriptor: descriptor.raw)
      realPath = descriptor.realPath
    } catch {
      if case .cannotOpen(let code) = error { throw .cannotResolve(code: code) }
      throw error
    }
    // What another spelling of the same path excludes is still scanned under this one.
    if let realPath, let index = indexByPath[realPath], !roots[index].isExcluded { return nil }
    let isFolder = state.kind == .directory
    let isExcluded = exclusions.exclude(named: name, isFolder: isFolder)
    guard isFolder || state.kind == .regular || isExcluded else { throw .special(state.kind) }
    if let realPath { indexByPath[realPath] = roots.count }
    roots.append(Root(name: name, isFolder: isFolder, realPath: realPath, isExcluded: isExcluded))
    return roots.count - 1
  }

  /// Whether a root other than this one lies below it.
  ///
  /// - Complexity: linear in the number of roots.
  func hasRoots(below index: Int) -> Bool {
    guard roots.count > 1, let path = roots[index].realPath else { return false }
    return roots.contains { $0.realPath.map { path.isParent(of: $0) } ?? false }
  }

  /// Whether a real path is one the caller named himself.
  func isRoot(_ realPath: [UInt8]) -> Bool { indexByPath[realPath] != nil }

  /// The innermost root that holds a real path, and where in the path the part below it begins.
  ///
  /// - Complexity: one look-up per component.
  func root(holding realPath: [UInt8]) -> (index: Int, start: Int)? {
    if let index = indexByPath[realPath] { return (index, realPath.count) }
    for slash in realPath.indices.reversed() where realPath[slash] == .slash {
      let folder = slash == 0 ? [.slash] : Array(realPath[..<slash])
      if let index = indexByPath[folder], roots[index].isFolder { return (index, slash + 1) }
    }
    return nil
  }
}

extension [UInt8] {
  /// Whether this path is a folder above the other.
  fileprivate func isParent(of other: [UInt8]) -> Bool {
    if self == [.slash] { return other.count > 1 }
    return other.count > count && other[count] == .slash && other.starts(with: self)
  }
}
