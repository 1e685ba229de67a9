import ArgumentParser
import Detection
import Findings
import Reports
import Rules

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// `leakgate rules import FILE`: a rule pack out of another tool's rules.
struct RulesImportCommand: JudgingCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Turn another tool's rule file into a rule pack.",
    discussion: """
      Reads gitleaks and betterleaks TOML, kingfisher and noseyparker YAML, trufflehog's custom detectors and \
      secrets-patterns-db, told by what the file holds. What has no counterpart is listed on standard error, each with \
      its place; the exit status is 2 where nothing could be carried.

      Examples:
        leakgate rules import gitleaks.toml > house.toml
        leakgate rules import --output house.toml detectors.yaml
      """
  )

  @Argument(help: ArgumentHelp("The file to turn into a pack.", valueName: "file"), completion: .file())
  var file: PathArgument

  @Option(name: .shortAndLong, help: ArgumentHelp("Write the pack to this file.", valueName: "file"))
  var output: PathArgument?

  func judge() throws(CommandError) -> Verdict {
    let source = try PackSource.sources([file])[0]
    let imported: PackImporter
    do throws(RulesError) {
      imported = try PackImporter(source, trial: PatternCheck.refusal)
    } catch {
      Messages.complainMasked(error.lines)
      throw .invalid("\(source.name) cannot be imported")
    }
    Messages.complainMasked(imported.losses.map(\.text))
    guard !imported.text.isEmpty else { throw .invalid("nothing of \(source.name) could be carried over") }
    try PackOutput(output).write(imported.text)
    let counts = [Quantity.count(imported.rules, "rule"), Quantity.count(imported.losses.count, "remark")]
    Messages.complain("\(source.name) (\(imported.format.rawValue)): \(counts.joined(separator: ", "))")
    return .clean
  }
}

/// Where a rule pack is written.
struct PackOutput {
  private let path: PathArgument?

  init(_ path: PathArgument?) { self.path = path }

  /// Writes the text to the file, whole or not at all, or to standard output.
  ///
  /// - Throws: `CommandError` with verdict `fault` when it cannot be written.
  func write(_ text: String) throws(CommandError) {
    guard let path, !path.isDash else { return try Messages.answer(text) }
    do throws(ReportError) {
      let sink = try FileSink(path: path.name)
      try sink.write(Array(text.utf8).span)
      try sink.commit()
    } catch {
      throw .fault(error.message)
    }
  }
}
