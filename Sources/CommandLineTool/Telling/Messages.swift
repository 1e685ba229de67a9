import Findings
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

  /// Writes lines that may name what the caller wrote.
  static func complainMasked(_ lines: [String]) {
    guard !lines.isEmpty else { return }
    let mask = mask()
    for line in lines { complain(mask(line)) }
  }

  /// A message without secrets: it may name what the caller wrote, such as a token he took for a path.
  static func masked(_ message: String) -> String { mask()(message) }

  /// Takes secrets out of texts, whatever rules the caller has.
  static func mask() -> (String) -> String {
    // Without an engine a message is about just that.
    guard let engine = try? EngineSource.engine(.code) else { return { $0 } }
    return NameMask(engine: engine).masked
  }

  /// Writes one line to standard output that names what the caller wrote, as `complain` does to standard error.
  ///
  /// - Throws: `CommandError` with verdict `fault` when it cannot be written whole.
  static func tell(_ line: String) throws(CommandError) {
    try answer(TerminalText.escaped(RawArgument.bytes(masked(line))) + "\n")
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
