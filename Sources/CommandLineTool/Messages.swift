import Reports

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The lines of the process on standard error, and its short answers on standard output.
enum Messages {
  /// Writes one line `leakgate: …`, with everything in it that a terminal might obey escaped.
  ///
  /// Nothing can be done where standard error is closed, so failures are not told.
  static func complain(_ message: String) {
    let line = "leakgate: " + TerminalText.escaped(RawArgument.bytes(message)) + "\n"
    let sink = DescriptorSink(descriptor: STDERR_FILENO, name: "standard error")
    try? sink.write(Array(line.utf8).span)
  }

  /// Writes a text to standard output.
  ///
  /// - Throws: `CommandError` with verdict `fault` when it cannot be written whole.
  static func answer(_ text: String) throws(CommandError) {
    let sink = DescriptorSink(descriptor: STDOUT_FILENO, name: "standard output")
    do throws(ReportError) {
      try sink.write(Array(text.utf8).span)
      try sink.commit()
    } catch {
      throw .fault(error.message)
    }
  }
}
