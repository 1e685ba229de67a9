import Reports

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Answers of commands that do not scan, on standard output.
enum Answer {
  /// One JSON value that `body` writes.
  ///
  /// - Throws: `CommandError` with verdict `fault` when it cannot be written whole.
  static func json(_ body: (inout JSONWriter) -> Void) throws(CommandError) {
    let sink = DescriptorSink(descriptor: STDOUT_FILENO, name: "standard output")
    var writer = JSONWriter(buffer: ReportBuffer(sink: sink))
    body(&writer)
    do throws(ReportError) {
      try writer.endLine()
      try writer.buffer.commit()
    } catch {
      throw .fault(error.message)
    }
  }
}
