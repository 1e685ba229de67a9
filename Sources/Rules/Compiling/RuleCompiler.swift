/// Turns rules as written into rules the engine can run.
///
/// Own files are held to every law of the rule format. In foreign ones an unbounded quantifier gets the stated bound and
/// a rule without an anchor runs over every byte, both with a warning; what cannot be translated is an error.
package struct RuleCompiler {
  /// The bound an unbounded quantifier of a foreign pack gets.
  package static let foreignBound = 8192

  /// The rules that could be compiled, in the order of the files.
  package private(set) var rules: [Rule] = []
  /// What people read about them, one for each.
  package private(set) var details: [RuleDetails] = []
  package private(set) var allowlists: [Allowlist] = []
  /// Changes to rules of the default pack.
  package private(set) var overrides: [RuleOverride] = []
  /// Everything that is wrong or worth knowing, in the order of the files and their lines.
  package private(set) var problems: [RuleProblem] = []
  /// The tables the rules were made from, one for each.
  private(set) var entries: [RuleFile.Entry] = []

  /// Compiles the files as one pack.
  ///
  /// - Parameter trial: what is asked of each pattern before it is accepted.
  /// - Complexity: linear in the text of the files, but for patterns whose anchors multiply out.
  package init(compiling files: [RuleFile], trial: PatternTrial = { _ in nil }) {
    for file in files {
      var found = file.problems
      let before = rules.count
      for entry in file.rules { compile(entry, of: file, trial, problems: &found) }
      compileAllowlists(of: file, ownRules: rules[before...].map(\.id), trial, problems: &found)
      problems += found
    }
    checkIdentity()
    if rules.isEmpty, !files.contains(where: \.extendsDefault), !problems.contains(where: \.isError) {
      let message = "the pack holds no rules: an empty pack finds nothing"
      problems.append(
        RuleProblem(level: .error, file: files.first?.name ?? "", position: .start, message: message)
      )
    }
    let order = Dictionary(files.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    problems.sort { left, right in
      let files = (order[left.file] ?? .max, order[right.file] ?? .max)
      return files.0 != files.1 ? files.0 < files.1 : left.position < right.position
    }
  }

  private mutating func compile(
    _ entry: RuleFile.Entry, of file: RuleFile, _ trial: PatternTrial, problems: inout [RuleProblem]
  ) {
    var compiler = EntryCompiler(entry: entry, origin: file.origin)
    defer { problems += compiler.problems }
    if !entry.hasPattern, file.extendsDefault, entry.id != nil {
      overrides.append(compiler.override(trial))
      return
    }
    guard let rule = compiler.rule(trial) else { return }
    rules.append(rule)
    details.append(compiler.details())
    entries.append(entry)
  }

  private mutating func compileAllowlists(
    of file: RuleFile, ownRules: [String], _ trial: PatternTrial, problems: inout [RuleProblem]
  ) {
    var lists = file.allowlists.compactMap { entry in
      Allowlist(compiling: entry, origin: file.origin, rule: nil, trial, problems: &problems)
    }
    for expression in [file.filter, file.prefilter].compactMap(\.self) {
      let compiled = Allowlist.compiling(
        filter: expression, file: file.name, rule: nil, trial, problems: &problems)
      lists += compiled.allowlists
      if let entropy = compiled.entropy {
        let indices = rules.indices.filter { ownRules.contains(rules[$0].id) }
        for index in indices { rules[index].entropy = max(rules[index].entropy ?? 0, entropy) }
      }
    }
    guard file.origin == .foreign, !file.extendsDefault else {
      allowlists += lists
      return
    }
    // The file was written to stand alone: what it allows, it allows for its own rules.
    let known = Set(ownRules)
    for var list in lists {
      for id in list.rules where !known.contains(id) {
        problems.append(
          RuleProblem(
            level: .warning, file: file.name, position: .start,
            message: "targetRules names \(id.shown), which is no rule of this file: it has no effect"
          )
        )
      }
      list.rules = list.rules.isEmpty ? ownRules : list.rules.filter(known.contains)
      // An allowlist without rules would count for all.
      if !list.rules.isEmpty { allowlists.append(list) }
    }
  }

  /// Ids that stand twice, and references to rules that are not there.
  private mutating func checkIdentity() {
    var first: [String: RuleFile.Entry] = [:]
    for (rule, entry) in zip(rules, entries) {
      if let other = first[rule.id] {
        let place = other.id?.position ?? other.position
        report(entry, entry.id?.position, "the id is already that of the rule at \(other.file):\(place.line)")
      } else {
        first[rule.id] = entry
      }
    }
    for entry in entries {
      for half in entry.required where half.id.map({ first[$0.value] == nil }) ?? false {
        report(entry, half.id?.position, "requires \(half.id?.value.shown ?? ""), which is no rule of this pack")
      }
      for alias in entry.aliases where first[alias.value] != nil {
        report(entry, alias.position, "the alias \(alias.value.shown) is the id of a rule of this pack")
      }
    }
  }

  private mutating func report(_ entry: RuleFile.Entry, _ position: TextPosition?, _ message: String) {
    problems.append(
      RuleProblem(
        level: .error, file: entry.file, position: position ?? entry.position, rule: entry.id?.value.shown,
        message: message
      )
    )
  }
}

/// What a file that extends the default pack changes about one of its rules.
package struct RuleOverride: Sendable, Equatable {
  package var file: String
  package var position: TextPosition
  package var id: String
  package var entropy: Double?
  package var allowlists: [Allowlist] = []
}

extension RuleFile {
  /// Whether the file asks for the rules of the default pack.
  var extendsDefault: Bool { extend?.useDefault?.value == true }
}

extension RuleFile.Entry {
  /// Whether the rule looks for anything itself.
  var hasPattern: Bool { !(regex?.value ?? "").isEmpty || !(path?.value ?? "").isEmpty }
}
