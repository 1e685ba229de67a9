package import Findings

/// A folder that is laid out as a container image (OCI Image Format, image-layout.md).
package struct ImageFolder: Sendable {
  let directory: Directory
  /// Its path as it is shown.
  package let name: ArtifactName

  /// Whether a folder with these names says that it is one.
  static func isLaidOut(_ listing: DirectoryListing) -> Bool {
    listing.contains("oci-layout") && listing.contains("index.json")
  }

  /// Whether a name in it stands for a file, or a link, which is judged where it is met.
  package func holds(_ name: String) -> Bool {
    let bytes = Array(name.utf8)
    guard !bytes.contains(0), let kind = try? directory.kind(of: bytes.span) else { return false }
    return kind == .regular || kind == .link
  }

  /// The contents of a file in it that has at most so many bytes; `nil` where it cannot be read.
  package func contents(of name: String, atMost limit: Int) -> [UInt8]? {
    let prefix = self.name.bytes + [.slash]
    let entry = FileEntry(
      directory: directory, name: ArtifactName(bytes: prefix + Array(name.utf8)), start: prefix.count)
    do {
      var file = try OpenFile(entry)
      var bytes = [UInt8](repeating: 0, count: limit + 1)
      var count = 0
      while count <= limit, !file.isExhausted {
        // SAFETY: the file writes into the rest of the array only.
        let got = try unsafe bytes.withUnsafeMutableBytes { buffer in
          try unsafe file.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[count...]))
        }
        if got == 0 { break }
        count += got
      }
      return count <= limit ? Array(bytes[..<count]) : nil
    } catch {
      return nil
    }
  }
}
