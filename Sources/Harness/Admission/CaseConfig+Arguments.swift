extension CaseConfig {
  /// What in a command line leads to another than the admitted pair, or away from the isolated configuration, as a
  /// clause; `nil` where nothing does.
  package static func problem(inArguments command: [[UInt8]], for pair: ModelPair) -> String? {
    // An argument may be a line for a shell, in which quotes and backslashes only hide what a word is.
    let words = command.flatMap { argument in
      String(decoding: argument, as: UTF8.self).filter { !"\"'\\".contains($0) }
        .split { $0.isWhitespace || ";|&()<>`".contains($0) }.map(String.init)
    }
    for (index, word) in words.enumerated() {
      let next = index + 1 < words.count ? words[index + 1] : ""
      if let problem = choice(in: word, before: next, pair) { return "a word of it \(problem)" }
      if let problem = variable(in: word) { return problem }
      if let program = word.split(separator: "/").last, ["env", "exec"].contains(program), next.hasPrefix("-") {
        return "env or exec with an option may take away what the run sets"
      }
    }
    return nil
  }

  /// What in a variable that is handed over by name leads there, as a clause; `nil` where nothing does.
  static func problem(inVariable name: String, _ value: [UInt8], for pair: ModelPair) -> String? {
    choice(in: "\(name)=\(String(decoding: value, as: UTF8.self))", before: "", pair) ?? variable(in: "\(name)=")
  }

  /// Whether a word sets a model or provider: an option (`--model X`, `--model=X`, `--fallback-model X`), a variable or
  /// a setting (`ANTHROPIC_MODEL=X`, `model_provider=X`).
  private static func choice(in word: String, before next: String, _ pair: ModelPair) -> String? {
    let isOption = word.hasPrefix("-")
    let equals = word.firstIndex(of: "=")
    guard isOption || equals != nil else { return nil }
    let name = word[..<(equals ?? word.endIndex)].lowercased().filter(\.isLetter)
    let value = equals.map { String(word[word.index(after: $0)...]) } ?? next
    for (subject, allowed) in [
      ("model", [pair.model, "\(pair.provider)/\(pair.model)"]), ("provider", [pair.provider]),
      ("fallback", [pair.model, "\(pair.provider)/\(pair.model)"]),
    ]
    where ["", "s", "id", "name"].contains(where: { name.hasSuffix(subject + $0) }) {
      if !allowed.contains(where: value.isExactly) {
        return "sets another \(subject) than the admitted one"
      }
    }
    return nil
  }

  /// Whether a word names a variable by which the run tells the backend where its configuration is, other than to read it.
  private static func variable(in word: String) -> String? {
    for name in ["CASE_DATA_DIR", "PI_CODING_AGENT_DIR", "CTO_HARNESS_CASE_"] {
      var rest = word[...]
      while let range = rest.firstRange(of: name) {
        let before = rest[..<range.lowerBound]
        let behind = rest[range.upperBound...]
        let isRead =
          (before.hasSuffix("$") || before.hasSuffix("${")) && !behind.hasPrefix("=") && !behind.hasPrefix(":=")
        if !isRead { return "it may change \(name), which the run sets" }
        rest = behind
      }
    }
    for name in ["HOME", "XDG_CONFIG_HOME"] where word.hasPrefix("\(name)=") {
      return "it changes \(name), where other configuration may be"
    }
    return nil
  }
}
