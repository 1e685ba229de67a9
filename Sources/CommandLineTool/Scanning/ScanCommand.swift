import ArgumentParser
import Findings
import Reports
import Scanning

/// `leakgate scan PATH…`: judges files, folders and standard input.
struct ScanCommand: JudgingCommand {
  static let configuration = CommandConfiguration(
    commandName: "scan",
    abstract: "Judge files, folders and standard input.",
    discussion: """
      Every file below a folder is read, hidden and ignored ones too: only what you exclude is left out, and the \
      report names it. Nothing in the scanned files takes part in the decision. Secrets are shown redacted.

      Examples:
        leakgate scan .
        leakgate scan --exclude '.build' --exclude 'node_modules' .
        kubectl logs pod | leakgate scan -
        leakgate scan --format json -o report.json src
        leakgate scan --rules house.toml --explain config.yaml
        leakgate scan --accept-incomplete '*.sock' /srv/app
      """
  )

  @Argument(
    help: ArgumentHelp("Files and folders to judge; - is standard input.", valueName: "path"),
    completion: .file(), transform: { PathArgument(bytes: RawArgument.bytes($0)) }
  )
  // An empty one, as of an unset variable, must not keep the others from being read.
  var paths: [PathArgument] = []

  @Option(
    help: ArgumentHelp("Leave out what matches this pattern; may be given several times.", valueName: "glob")
  )
  var exclude: [PathArgument] = []

  @Flag(help: "Let an empty selection pass: an empty folder, empty standard input.")
  var allowEmpty = false

  @OptionGroup var options: JudgingOptions

  func judge() throws(CommandError) -> Verdict {
    try options.check(output: .output)
    guard !paths.isEmpty else {
      throw .invalid("no path given; name files or folders, or - for standard input; see 'leakgate scan --help'")
    }
    if let output = options.output, let place = SystemPath(output.name.bytes).resolved()?.bytes,
      paths.contains(where: { !$0.isDash && SystemPath($0.name.bytes).resolved()?.bytes == place })
    {
      throw .invalid("\(output.name.text) is judged, and the report would replace it; name another file")
    }
    guard paths.count(where: \.isDash) <= 1 else { throw .invalid("- is given twice; standard input is read once") }
    var request = try options.search.request(paths.map { $0.isDash ? .standardInput : .path($0.name) })
    request.exclusions = try Patterns.compiled(exclude, option: "--exclude")
    request.allowsEmpty = allowEmpty
    return try ScanRun(request: request, options: options).judge()
  }
}
