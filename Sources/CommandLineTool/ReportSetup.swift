import Findings
import Reports
import Rules

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Chooses format and destination of a report from the options.
struct ReportSetup {
  let options: JudgingOptions
  let pack: RulePack
  /// Time since the command began.
  let elapsed: () -> Duration

  /// Opens the report's destination; what is written to a terminal first erases the progress line.
  ///
  /// - Throws: `CommandError` with verdict `fault` when the destination cannot be written.
  func reporter(erasing line: ProgressLine) throws(CommandError) -> any Reporter {
    let isFile = options.output.map { !$0.isDash } ?? false
    if options.quiet, options.format == .human, !isFile { return SilentReporter() }
    let buffer = ReportBuffer(sink: try sink(isFile: isFile, erasing: line))
    switch options.format {
    case .json: return JSONReporter(buffer: buffer, policy: options.policy)
    case .jsonl: return JSONLinesReporter(buffer: buffer, policy: options.policy)
    case .human:
      let terminal = isFile ? nil : Terminal.output
      let style = HumanReporter.Style(
        columns: terminal?.columns, palette: terminal?.palette(isPlain: options.noColor) ?? .plain,
        explains: options.explain
      )
      let details = RuleLookup(pack: pack)
      return HumanReporter(buffer: buffer, style: style, details: details.details, elapsed: elapsed)
    }
  }

  private func sink(isFile: Bool, erasing line: ProgressLine) throws(CommandError) -> any ReportSink {
    guard isFile, let path = options.output else {
      return DescriptorSink(
        descriptor: STDOUT_FILENO, name: "standard output", isInteractive: Terminal.output.isTerminal,
        beforeWriting: line.erase
      )
    }
    do throws(ReportError) {
      return try FileSink(path: path.name)
    } catch {
      throw .fault(error.message)
    }
  }
}

/// Finds what people read about a rule by its id.
final class RuleLookup {
  private let pack: RulePack
  /// Made on the first finding: most scans have none.
  private lazy var indices = Dictionary(
    pack.rules.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first }
  )

  init(pack: RulePack) { self.pack = pack }

  /// The details of the rule of that id, `nil` where the pack has none.
  func details(_ id: String) -> RuleDetails? { indices[id].map { pack.details(at: $0) } }
}
