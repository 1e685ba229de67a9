import ArgumentParser
import Detection
import Findings
import PCRE2
import Reports
import Rules

/// `leakgate rules check FILE…`: says what is wrong with rule files.
struct RulesCheckCommand: JudgingCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check rule files: syntax, bounds, anchors, examples, backtracking.",
    discussion: """
      Every problem is told with file, line and column. Examples must match and counterexamples must not, by the \
      engine that scans; patterns are timed on text made to keep them busy. The exit status is 0 where no problem is \
      an error, 2 otherwise.

      Examples:
        leakgate rules check house.toml
        leakgate rules check --strict rules/*.toml
      """
  )

  @Argument(help: ArgumentHelp("Rule files, checked as one pack.", valueName: "file"), completion: .file())
  var files: [PathArgument] = []

  @Flag(help: "Hold the files to the laws of LeakGate's own rules: every warning is an error.")
  var strict = false

  func judge() throws(CommandError) -> Verdict {
    guard !files.isEmpty else { throw .invalid("no file given; name the rule files to check") }
    let sources = try PackSource.sources(files)
    let origin: PackOrigin = strict ? .own : .foreign
    var problems = RuleCheck.problems(of: sources, origin: origin, read: PackSource.extended)
    var rules = 0
    if !problems.contains(where: \.isError), let pack = Self.pack(sources, origin) {
      rules = pack.rules.count
      problems += try trial(pack, sources, origin).problems()
    }
    var text = ""
    for problem in problems { text += TerminalText.escaped(problem.text) + "\n" }
    let errors = problems.count(where: \.isError)
    let counts = [
      Quantity.count(errors, "error"), Quantity.count(problems.count - errors, "warning"),
      Quantity.count(rules, "rule"),
    ]
    text += "\(errors == 0 ? "valid" : "invalid"): \(counts.joined(separator: ", "))\n"
    try Messages.answer(text)
    return errors == 0 ? .clean : .invalid
  }

  private func trial(_ pack: RulePack, _ sources: [RuleSource], _ origin: PackOrigin) -> RuleTrial {
    RuleTrial(pack: pack, places: RulePlaces(sources, origin: origin), level: strict ? .error : .warning)
  }

  private static func pack(_ sources: [RuleSource], _ origin: PackOrigin) -> RulePack? {
    // What keeps a pack from loading has just been told.
    try? RulePack.load(sources, origin: origin, read: PackSource.extended).pack
  }
}
