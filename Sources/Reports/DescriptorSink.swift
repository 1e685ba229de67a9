#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Writes a report to an open file descriptor, standard output above all.
///
/// A closed pipe is an error like any other here, so SIGPIPE has to be ignored by the process.
package final class DescriptorSink: ReportSink {
  package let isInteractive: Bool
  private let descriptor: CInt
  private let name: String
  private let beforeWriting: () -> Void

  /// A sink that does not own the descriptor; `beforeWriting` runs before each piece, say to clear a progress line.
  package init(
    descriptor: CInt, name: String, isInteractive: Bool = false, beforeWriting: @escaping () -> Void = {}
  ) {
    self.descriptor = descriptor
    self.name = name
    self.isInteractive = isInteractive
    self.beforeWriting = beforeWriting
  }

  package func write(_ bytes: Span<UInt8>) throws(ReportError) {
    beforeWriting()
    try Self.write(bytes, to: descriptor, name: name)
  }

  package func commit() throws(ReportError) {
    // close(2): some file systems tell of a full disk only when a descriptor is closed; a copy will do.
    let copy = dup(descriptor)
    guard copy < 0 || close(copy) != 0 else { return }
    throw ReportError(.write, name, reason: systemReason(errno))
  }

  /// Writes all the bytes to a descriptor, however many calls of write(2) that takes.
  static func write(_ bytes: Span<UInt8>, to descriptor: CInt, name: String) throws(ReportError) {
    var written = 0
    while written < bytes.count {
      let rest = bytes.extracting(written...)
      // SAFETY: the pointer and the count are those of the span, which outlives the call.
      let count = unsafe rest.withUnsafeBytes { unsafe SystemCall.write(descriptor, $0) }
      if count > 0 {
        written += count
      } else if count < 0, errno == EAGAIN {
        waitUntilWritable(descriptor)
      } else if count == 0 || errno != EINTR {
        throw ReportError(.write, name, reason: systemReason(count == 0 ? EIO : errno))
      }
    }
  }

  /// Waits until a descriptor that somebody else set to non-blocking takes bytes again.
  private static func waitUntilWritable(_ descriptor: CInt) {
    var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    // SAFETY: one structure is passed, as the count says.
    _ = unsafe poll(&request, 1, -1)
  }
}
