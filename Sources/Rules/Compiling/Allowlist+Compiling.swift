extension Allowlist {
  /// Checks an allowlist as written; `nil` where nothing of it can be used.
  ///
  /// Where part of it cannot be kept, less is allowed than was written, never more.
  init?(
    compiling entry: RuleFile.AllowlistEntry, origin: PackOrigin, rule: String?, _ trial: PatternTrial,
    problems: inout [RuleProblem]
  ) {
    func report(_ level: RuleProblem.Level, _ position: TextPosition, _ message: String) {
      problems.append(
        RuleProblem(level: level, file: entry.file, position: position, rule: rule, message: message)
      )
    }
    self.init(summary: entry.description?.value ?? "")
    if let written = entry.condition {
      switch written.value.uppercased() {
      case "OR", "||", "": condition = .any
      case "AND", "&&": condition = .all
      default: report(.error, written.position, "condition must be \"OR\" or \"AND\"")
      }
    }
    if let written = entry.regexTarget, !written.value.isEmpty {
      if let target = Target(rawValue: written.value) {
        self.target = target
      } else {
        report(.error, written.position, "regexTarget must be \"secret\", \"match\" or \"line\"")
      }
    }
    patterns = entry.regexes.compactMap { Self.checked($0, trial, report) }
    paths = entry.paths.compactMap { Self.checked($0, trial, report) }
    for word in entry.stopwords {
      // An empty word is in every secret.
      if word.value.isEmpty {
        report(.error, word.position, "an empty stopword allows everything: remove it")
      } else {
        stopwords.append(word.value)
      }
    }
    rules = entry.targetRules.map(\.value)
    if let first = entry.commits.first {
      report(
        origin == .own ? .error : .warning, first.position,
        "commits in allowlists are not used: a value is judged wherever it stands"
      )
      // What must hold together with something that is never known to hold never holds.
      if condition == .all { return nil }
    }
    guard !patterns.isEmpty || !paths.isEmpty || !stopwords.isEmpty else {
      if entry.commits.isEmpty {
        report(
          origin == .own ? .error : .warning, entry.position,
          "the allowlist names no regexes, paths or stopwords: it has no effect"
        )
      }
      return nil
    }
  }

  private static func checked(
    _ pattern: Written<String>, _ trial: PatternTrial, _ report: (RuleProblem.Level, TextPosition, String) -> Void
  ) -> String? {
    guard !pattern.value.isEmpty else {
      report(.error, pattern.position, "an empty pattern allows everything: remove it")
      return nil
    }
    do {
      let text = try PatternSyntax(parsing: pattern.value).text
      guard let refusal = trial(text) else { return text }
      report(.error, pattern.position, "bad pattern: \(refusal.reason)")
      return nil
    } catch {
      report(.error, pattern.position(at: error.offset), "bad pattern: \(error.reason.shown)")
      return nil
    }
  }

  /// Takes over what a Betterleaks expression drops, as allowlists and a least entropy.
  static func compiling(
    filter: Written<String>, file: String, rule: String?, _ trial: PatternTrial, problems: inout [RuleProblem]
  ) -> (allowlists: [Allowlist], entropy: Double?) {
    func report(_ position: TextPosition, _ message: String) {
      problems.append(RuleProblem(level: .error, file: file, position: position, rule: rule, message: message))
    }
    let terms: [FilterExpression.Term]
    do {
      terms = try FilterExpression(parsing: filter.value).terms
    } catch {
      report(
        filter.position(at: error.offset),
        "the expression is none of the simple forms of entropy, containsAny and matchesAny joined by ||: "
          + "write it as entropy and [[rules.allowlists]]"
      )
      return ([], nil)
    }
    var allowlists: [Allowlist] = []
    var entropy: Double?
    for term in terms {
      switch term {
      case .entropy(let least): entropy = max(entropy ?? 0, least)
      case .matches(let subject, let patterns):
        let checked = patterns.compactMap { pattern in
          Self.checked(Written(pattern, at: filter.position), trial) { report($1, $2) }
        }
        guard !checked.isEmpty else { continue }
        switch subject {
        case .finding(let target): allowlists.append(Allowlist(target: target, patterns: checked))
        case .path: allowlists.append(Allowlist(paths: checked))
        }
      }
    }
    return (allowlists, entropy)
  }
}
