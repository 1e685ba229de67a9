import Findings

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

extension FileTree {
  /// Judges a symbolic link met while walking: `nil` where its target is read by its real path.
  func link(in directory: Directory, name: Span<UInt8>) -> Entry? {
    let artifact = ArtifactName(bytes: path)
    func leftOut(_ text: String) -> Entry { .leftOut(CoverageLedger.Note(artifact: artifact, text: text)) }
    do {
      let target = try directory.open(name, for: .looking, following: true)
      guard let realPath = target.realPath else {
        return .gap(
          CoverageLedger.Gap(artifact: artifact, reason: "symbolic link not followed: where it leads cannot be told"))
      }
      guard let (index, start) = roots.root(holding: realPath) else {
        return leftOut("symbolic link not followed: it leads out of what is scanned")
      }
      if roots.roots[index].isExcluded {
        return .note(CoverageLedger.Note(artifact: artifact, text: "symbolic link to what is excluded: not read"))
      }
      if !exclusions.isEmpty, start < realPath.count {
        let isFolder = try FileState(descriptor: target.raw).kind == .directory
        if exclusions.cover(realPath.span.extracting(start..<realPath.count), isFolder: isFolder) {
          return .note(CoverageLedger.Note(artifact: artifact, text: "symbolic link to what is excluded: not read"))
        }
      }
      return nil
    } catch {
      switch error {
      case .cannotOpen(ENOENT), .cannotOpen(ENOTDIR): return leftOut("symbolic link leads nowhere")
      case .cannotOpen(ELOOP): return leftOut("symbolic link leads back to itself")
      case .cannotOpen(let code):
        let reason = "symbolic link not followed: \(ArtifactError.cannotResolve(code: code).reason)"
        return .gap(CoverageLedger.Gap(artifact: artifact, reason: reason))
      default: return .gap(CoverageLedger.Gap(artifact: artifact, reason: error.reason))
      }
    }
  }
}
