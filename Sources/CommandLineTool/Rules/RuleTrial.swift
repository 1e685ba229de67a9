import Detection
import Findings
import Rules

/// Runs the rules of a pack: their examples through the engine, their patterns on text that keeps them busy.
struct RuleTrial {
  let pack: RulePack
  let places: RulePlaces
  /// What a pattern that backtracks too much is: an error among LeakGate's own rules, else a warning.
  let slowness: RuleProblem.Level

  /// Fillings of each template that are tried.
  private static let fillings: UInt64 = 4

  /// Everything that went wrong, rule by rule.
  ///
  /// - Throws: `CommandError` when the engine cannot be made of the pack.
  func problems() throws(CommandError) -> [RuleProblem] {
    var problems: [RuleProblem] = []
    for (index, rule) in pack.rules.enumerated() {
      let details = pack.details(at: index)
      let detector = try detector(for: rule)
      for example in details.examples {
        if let complaint = complaint(about: example, of: rule, detector) {
          problems.append(problem(complaint, rule, at: places.example(example, of: rule.id)))
        }
      }
      for example in details.counterexamples {
        if let complaint = complaint(aboutCounter: example, of: rule, detector) {
          problems.append(problem(complaint, rule, at: places.example(example, of: rule.id)))
        }
      }
      guard !rule.pattern.isEmpty, let complaint = Self.backtracking(rule, details) else { continue }
      let level = complaint.isCertain ? slowness : .warning
      problems.append(problem(complaint.message, rule, at: places.pattern(of: rule.id), level: level))
    }
    return problems
  }

  /// A detector that knows the rule, the rules it requires beside it, and the pack's allowlists: what other rules make of
  /// an example says nothing about this one.
  ///
  /// - Throws: `CommandError` when the engine cannot be made.
  private func detector(for rule: Rule) throws(CommandError) -> Detector {
    let companions = rule.required.compactMap { half in pack.rules.first { $0.id == half.id } }
    var trial = pack
    trial.rules = ([rule] + companions).map { rule in
      var rule = rule
      // An example is content, not a name.
      if !rule.isOfPathAlone { rule.path = nil }
      return rule
    }
    do throws(DetectionError) {
      return Detector(
        engine: try Engine(pack: trial, options: EngineOptions(compilesAllPatterns: true)), chunkSize: 4096)
    } catch {
      throw .invalid(error.description)
    }
  }

  private func problem(
    _ message: String, _ rule: Rule, at place: RulePlaces.Place, level: RuleProblem.Level = .error
  ) -> RuleProblem {
    RuleProblem(level: level, file: place.file, position: place.position, rule: rule.id, message: message)
  }

  /// Why an example shows nothing, `nil` where the rule finds in it what is marked, or anything where nothing is.
  private func complaint(about example: String, of rule: Rule, _ detector: Detector) -> String? {
    guard let template = try? Template(parsing: example) else { return nil }
    for seed in 1...Self.fillings {
      let expansion = template.expand(seed: seed)
      let found = Self.findings(of: rule, in: expansion.bytes, detector)
      guard !found.isEmpty else { return "the rule does not match this example" }
      guard let mark = expansion.marks[""] else { continue }
      guard !found.contains(where: { $0.location.start == mark.lowerBound && $0.location.end == mark.upperBound })
      else { continue }
      let place = found[0].location
      return "the rule finds bytes \(place.start) to \(place.end) of this example, "
        + "but \(mark.lowerBound) to \(mark.upperBound) are marked"
    }
    return nil
  }

  private func complaint(aboutCounter example: String, of rule: Rule, _ detector: Detector) -> String? {
    guard let template = try? Template(parsing: example) else { return nil }
    for seed in 1...Self.fillings
    where !Self.findings(of: rule, in: template.expand(seed: seed).bytes, detector).isEmpty {
      return "the rule matches this counterexample"
    }
    return nil
  }

  private static func findings(of rule: Rule, in bytes: [UInt8], _ detector: Detector) -> [Finding] {
    // The example of a rule that looks at names alone is a name.
    detector.begin(rule.isOfPathAlone ? ArtifactName(bytes: bytes) : ArtifactName("example"))
    if !rule.isOfPathAlone { detector.feed(bytes) }
    detector.finish()
    return detector.takeFindings().filter { $0.rule == rule.id }
  }

  private static func backtracking(_ rule: Rule, _ details: RuleDetails) -> BacktrackingProbe.Complaint? {
    let examples = details.examples.compactMap { try? Template(parsing: $0).expand(seed: 1).bytes }
    // A pattern that does not compile has kept the engine from being made.
    return try? BacktrackingProbe(rule: rule, examples: examples).complaint()
  }
}
