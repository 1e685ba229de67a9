package import Findings

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Writes a report to a file that appears whole or not at all.
///
/// The bytes are collected in a file of the same folder that has no name any more (so a scan of that folder does not
/// meet its own report, and nothing is left behind whatever happens) and are copied to a temporary file that is renamed
/// to the asked name when the report is finished. A device or FIFO is written to as it is.
package final class FileSink: ReportSink {
  package let isInteractive = false
  private let name: String
  private let target: SystemPath
  private let descriptor: CInt
  private let isCollected: Bool

  /// Prepares the file, so that a folder that is missing or closed is known before anything is scanned.
  ///
  /// - Throws: `ReportError` when the path is a folder or a dangling link, or no file can be made beside it.
  package init(path: ArtifactName) throws(ReportError) {
    name = path.text
    guard let last = path.bytes.last, last != UInt8(ascii: "/") else {
      throw ReportError(.create, name, reason: "it names no file")
    }
    var target = SystemPath(path.bytes)
    if target.kind(followingLinks: false) == .link {
      guard let resolved = target.resolved() else {
        throw ReportError(.create, name, reason: "it is a link to nothing")
      }
      target = resolved
    }
    self.target = target
    switch target.kind(followingLinks: true) {
    case .folder: throw ReportError(.create, name, reason: "it is a folder")
    case .other:
      guard let device = target.open(O_WRONLY) else { throw ReportError(.create, name, reason: systemReason(errno)) }
      descriptor = device
      isCollected = false
    default:
      guard let (spool, path) = target.makeTemporary() else {
        throw ReportError(.create, name, reason: systemReason(errno))
      }
      path.remove()
      descriptor = spool
      isCollected = true
    }
  }

  deinit { close(descriptor) }

  package func write(_ bytes: Span<UInt8>) throws(ReportError) {
    try DescriptorSink.write(bytes, to: descriptor, name: name)
  }

  package func commit() throws(ReportError) {
    guard isCollected else { return }
    guard let (copy, temporary) = target.makeTemporary() else {
      throw ReportError(.create, name, reason: systemReason(errno))
    }
    do throws(ReportError) {
      defer { close(copy) }
      try copyCollected(to: copy)
      guard fsync(copy) == 0 else { throw ReportError(.write, name, reason: systemReason(errno)) }
      guard temporary.rename(to: target) else { throw ReportError(.replace, name, reason: systemReason(errno)) }
    } catch {
      temporary.remove()
      throw error
    }
  }

  private func copyCollected(to copy: CInt) throws(ReportError) {
    guard lseek(descriptor, 0, SEEK_SET) == 0 else { throw ReportError(.write, name, reason: systemReason(errno)) }
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      // SAFETY: the pointer and the count are those of the buffer.
      let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
      if count == 0 { return }
      if count > 0 {
        try DescriptorSink.write(buffer.span.extracting(0..<count), to: copy, name: name)
      } else if errno != EINTR {
        throw ReportError(.write, name, reason: systemReason(errno))
      }
    }
  }
}
