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
      engine that scans: else that is an error. Patterns are timed on text made to keep them busy. What is wrong with \
      one rule does not keep the others from being tried. The exit status is 0 where no problem is an error, 2 otherwise.

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
    let survey = RuleCheck.survey(
      of: sources, origin: origin, read: PackSource.extended, trial: PatternCheck.refusal)
    let places = RulePlaces(sources, origin: origin)
    let trial = RuleTrial(pack: survey.pack, places: places, slowness: strict ? .error : .warning)
    let problems = survey.problems + (try trial.problems())
    var text = ""
    let mask = problems.isEmpty ? { $0 } : Messages.mask()
    for problem in problems { text += TerminalText.escaped(mask(problem.text)) + "\n" }
    let errors = problems.count(where: \.isError)
    let counts = [
      Quantity.count(errors, "error"), Quantity.count(problems.count - errors, "warning"),
      Quantity.count(survey.pack.rules.count, "rule"),
    ]
    text += "\(errors == 0 ? "valid" : "invalid"): \(counts.joined(separator: ", "))\n"
    try Messages.answer(text)
    return errors == 0 ? .clean : .invalid
  }
}
