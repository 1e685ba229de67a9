import ArgumentParser
import Detection
import Findings
import Scanning

/// The options of everything that searches: what is looked for, how strictly and how deep, and what fingerprints are made with.
struct SearchOptions: ParsableArguments {
  @Option(help: "How strict to be: code, artifact or sot.")
  var policy: Policy = .code

  @Option(
    help: ArgumentHelp(
      "Use the rules of this file; may be given several times. They take the place of the built-in rules unless the "
        + "file says '[extend] useDefault = true'.", valueName: "file"
    ),
    completion: .file(extensions: ["toml"])
  )
  var rules: [PathArgument] = []

  @Option(help: ArgumentHelp("Number of workers; as many as there are processors unless given.", valueName: "n"))
  var jobs: Int?

  @Option(
    help: ArgumentHelp(
      "Layers of encodings and containers that are undone, one in another, from 1 to \(EngineOptions.greatestDepth); what lies deeper makes its "
        + "artifact incomplete.", valueName: "n"))
  var maxDepth = EngineOptions.usualDepth

  @OptionGroup var layers: LayerOptions

  @Option(
    help: ArgumentHelp(
      "Accept that what matches this pattern cannot be read whole; may be given several times. The report says so.",
      valueName: "pattern"
    )
  )
  var acceptIncomplete: [PathArgument] = []

  @Option(
    help: ArgumentHelp(
      "Make fingerprints with the key in this file, as 'leakgate key new' writes it; else LEAKGATE_KEY holds it or "
        + "LEAKGATE_KEY_FILE names it.",
      valueName: "file"
    ),
    completion: .file()
  )
  var key: PathArgument?

  /// Looks at what options cannot be checked for one by one.
  ///
  /// - Throws: `CommandError` for what the caller has to change.
  func check() throws(CommandError) {
    if let jobs, !(1...256).contains(jobs) {
      throw .invalid("--jobs \(jobs) is out of range; give a number from 1 to 256")
    }
    if !(1...EngineOptions.greatestDepth).contains(maxDepth) {
      throw .invalid(
        "--max-depth \(maxDepth) is out of range; give a number from 1 to \(EngineOptions.greatestDepth)")
    }
    try layers.check()
  }

  /// What the engine is asked to do.
  ///
  /// - Throws: `CommandError` where the key cannot be used.
  func settings(_ policy: Policy? = nil, reveals: Bool = false) throws(CommandError) -> EngineOptions {
    var settings = EngineOptions(
      policy: policy ?? self.policy, key: try KeyFile.key(named: key), reveals: reveals,
      compilesAllPatterns: !rules.isEmpty, depth: maxDepth)
    settings.limits = layers.limits
    return settings
  }

  /// What is to be scanned, with what these options say of it.
  func request(_ inputs: [ScanInput]) throws(CommandError) -> ScanRequest {
    var request = ScanRequest(inputs: inputs)
    request.accepted = try Patterns.compiled(acceptIncomplete, option: "--accept-incomplete")
    request.policy = policy
    request.jobs = jobs ?? ScanRequest.processors
    return request
  }
}
