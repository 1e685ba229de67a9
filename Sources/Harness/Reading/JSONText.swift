package import Reports

/// JSON made in memory.
package enum JSONText {
  /// The bytes of the value that `body` writes, with a line feed at the end.
  package static func bytes(_ body: (inout JSONWriter) -> Void) -> [UInt8] {
    let sink = MemorySink()
    var writer = JSONWriter(buffer: ReportBuffer(sink: sink))
    body(&writer)
    // A sink of memory does not fail.
    try? writer.endLine()
    try? writer.buffer.commit()
    return sink.bytes
  }

  private final class MemorySink: ReportSink {
    var bytes: [UInt8] = []
    var isInteractive: Bool { false }
    func write(_ more: Span<UInt8>) { for index in more.indices { bytes.append(more[index]) } }
    func commit() {}
  }
}
