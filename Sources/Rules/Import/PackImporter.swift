/// Turns a rule file of another tool into a pack of LeakGate's, and says what it could not carry.
package struct PackImporter {
  /// The formats that are told by what a file holds.
  package enum Format: String, Sendable, CaseIterable {
    /// TOML with `[[rules]]`.
    case gitleaks
    /// The same with expressions that filter, or that ask services.
    case betterleaks
    /// YAML with `rules` that have a `pattern`.
    case noseyparker
    /// The same with what only kingfisher's rules have.
    case kingfisher
    /// YAML with `detectors`.
    case trufflehog
    /// YAML with `patterns`.
    case secretsPatternsDB = "secrets-patterns-db"
  }

  package private(set) var format: Format
  /// The pack as TOML; empty where nothing could be carried.
  package private(set) var text = ""
  /// Number of rules in it.
  package private(set) var rules = 0
  /// What was left out or changed, each with its place in the file.
  package private(set) var losses: [RuleProblem] = []

  /// - Parameter trial: what the library that searches says of a pattern: what it refuses is left out.
  /// - Throws: `RulesError.invalid` where the file is of none of the formats, or cannot be read at all.
  /// - Complexity: linear in the text of the file, but for patterns whose anchors multiply out.
  package init(_ source: RuleSource, trial: PatternTrial = { _ in nil }) throws(RulesError) {
    var file: ImportedFile
    do throws(YAMLError) {
      (format, file) = try Self.read(source)
    } catch {
      throw .invalid([RuleProblem(level: .error, file: source.name, position: error.position, message: error.reason)])
    }
    Self.renameDoubles(&file)
    Self.keepWhatCompiles(&file, trial)
    losses = file.losses.sorted { $0.position < $1.position }
    rules = file.rules.count
    if file.title.isEmpty {
      file.title = "Imported from \(source.name.split(separator: "/").last.map(String.init) ?? "")"
    }
    if rules > 0 || file.usesDefault || !file.allowlists.isEmpty { text = file.text }
  }

  private static func read(_ source: RuleSource) throws(YAMLError) -> (Format, ImportedFile) {
    if isTOML(source.bytes) {
      let file = RuleFile(decoding: source, origin: .foreign)
      return (file.holdsExpressions ? .betterleaks : .gitleaks, ImportedFile(gitleaks: file, name: source.name))
    }
    let root = try YAMLReader.node(of: source.bytes)
    let found: (key: String, format: Format, file: ImportedFile)
    if let rules = root["rules"] {
      let isKingfisher = ImportedFile.isKingfisher(rules)
      found = ("rules", isKingfisher ? .kingfisher : .noseyparker, ImportedFile(kingfisher: rules, name: source.name))
    } else if let detectors = root["detectors"] {
      found = ("detectors", .trufflehog, ImportedFile(trufflehog: detectors, name: source.name))
    } else if let patterns = root["patterns"] {
      found = ("patterns", .secretsPatternsDB, ImportedFile(patterns: patterns, name: source.name))
    } else {
      throw YAMLError(
        position: .start,
        reason: "no known rule file: neither TOML with [[rules]] nor YAML with rules, detectors or patterns"
      )
    }
    var file = found.file
    file.loseMembers(of: root, but: found.key)
    return (found.format, file)
  }

  /// Whether a line is the header of a table that TOML rule files have; no YAML line of a rule file begins so.
  private static func isTOML(_ bytes: [UInt8]) -> Bool {
    // A byte order mark may stand before the first.
    bytes.trimmingPrefix([0xEF, 0xBB, 0xBF]).split(separator: 0x0A).contains { line in
      let header = line.filter { $0 != 0x20 && $0 != 0x09 }
      return ["[[rules", "[extend]", "[allowlist]", "[[allowlist"].contains { header.starts(with: $0.utf8) }
    }
  }

  /// Gives rules that share an id a number behind it: here an id stands once.
  private static func renameDoubles(_ file: inout ImportedFile) {
    var seen = Set<String>()
    for index in file.rules.indices {
      let id = file.rules[index].id
      guard !seen.insert(id).inserted else { continue }
      let number = (2...).first { !seen.contains("\(id)-\($0)") } ?? 2
      file.rules[index].id = "\(id)-\(number)"
      seen.insert(file.rules[index].id)
      file.lose(file.rules[index].position, rule: id, "the id stands twice: here it is \(id)-\(number)".shown)
    }
  }

  /// Leaves out the rules the compiler refuses, each with its reason.
  private static func keepWhatCompiles(_ file: inout ImportedFile, _ trial: PatternTrial) {
    var kept: [ImportedRule] = []
    for var rule in file.rules {
      var alone = rule
      // Whether the other half is there is known only when all are.
      alone.required = []
      var problems = problems(of: alone.text, trial)
      if problems.contains(where: { $0.isError && $0.message.contains("the expression") }) {
        file.lose(rule.position, rule: rule.id, "its expressions have no counterpart: the rule finds more than it did")
        (rule.filter, rule.prefilter, alone.filter, alone.prefilter) = ("", "", "", "")
        problems = Self.problems(of: alone.text, trial)
      }
      if let error = problems.first(where: \.isError) {
        file.lose(rule.position, rule: rule.id, "left out: \(error.message)")
        continue
      }
      for problem in problems { file.lose(rule.position, rule: rule.id, problem.message) }
      kept.append(rule)
    }
    let ids = Set(kept.map(\.id))
    for index in kept.indices {
      for half in kept[index].required where !ids.contains(half.id) {
        file.lose(kept[index].position, rule: kept[index].id, "requires \(half.id.shown), which is not carried over")
      }
      kept[index].required.removeAll { !ids.contains($0.id) }
    }
    file.rules = kept
    for index in file.allowlists.indices.reversed() {
      var alone = ImportedFile(name: "")
      alone.allowlists = [file.allowlists[index]]
      alone.allowlists[0].rules = []
      alone.usesDefault = true
      guard let error = problems(of: alone.text, trial).first(where: \.isError) else { continue }
      file.lose(.start, "an allowlist of the file is left out: \(error.message)")
      file.allowlists.remove(at: index)
    }
  }

  private static func problems(of text: String, _ trial: PatternTrial) -> [RuleProblem] {
    let file = RuleFile(decoding: RuleSource(name: "", bytes: Array(text.utf8)), origin: .foreign)
    return RuleCompiler(compiling: [file], trial: trial).problems
  }
}
