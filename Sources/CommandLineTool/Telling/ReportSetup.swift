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
    let details = RuleLookup(pack: pack)
    switch options.format {
    case .json: return JSONReporter(buffer: buffer, policy: options.search.policy)
    case .jsonl: return JSONLinesReporter(buffer: buffer, policy: options.search.policy)
    case .github: return GitHubReporter(buffer: buffer, details: details.details)
    case .gitlab:
      let context = GitLabReporter.Context(start: ReportClock.now(), end: ReportClock.now, commit: Self.servedCommit)
      return GitLabReporter(buffer: buffer, context: context, details: details.details)
    case .sarif: return SARIFReporter(buffer: buffer, details: details.details)
    case .human:
      let terminal = isFile ? nil : Terminal.output
      let style = HumanReporter.Style(
        columns: terminal?.columns, palette: terminal?.palette(isPlain: options.noColor) ?? .plain,
        explains: options.explain
      )
      return HumanReporter(buffer: buffer, style: style, details: details.details, elapsed: elapsed)
    }
  }

  /// The commit a build service runs for; zeros, as git writes nothing, where there is none.
  private static var servedCommit: String {
    Environment.value("CI_COMMIT_SHA") ?? Environment.value("GITHUB_SHA") ?? String(repeating: "0", count: 40)
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

/// The time that stands in reports whose format demands one.
enum ReportClock {
  /// Seconds since 1970: what SOURCE_DATE_EPOCH says, so that a report can be made again (reproducible-builds.org), else
  /// the system's clock.
  static func now() -> Int { Environment.value("SOURCE_DATE_EPOCH").flatMap { Int($0) } ?? time(nil) }
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
