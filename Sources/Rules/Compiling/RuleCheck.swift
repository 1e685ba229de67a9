/// What `leakgate rules check` says about rules without running them.
///
/// In own packs every remark is an error, and a pack with one does not load; in foreign ones it is a warning.
package enum RuleCheck {
  /// Context words shorter than this are no anchors.
  static let leastWordLength = 3

  /// What a look at rule files came to.
  package struct Survey: Sendable {
    /// What keeps the files from loading, and what their authors should mend.
    package var problems: [RuleProblem]
    /// The rules that could be compiled, which can be tried whatever is wrong with others.
    package var pack: RulePack
  }

  /// Looks at every rule of the files.
  ///
  /// - Parameter trial: what the library that searches says of a pattern.
  /// - Complexity: linear in the text of the files, but for patterns whose anchors multiply out.
  package static func survey(
    of sources: [RuleSource], origin: PackOrigin,
    read: (_ path: String) -> ExtendedFile = { _ in .unreadable("no files can be extended here") },
    trial: PatternTrial = { _ in nil }
  ) -> Survey {
    let files = sources.map { RuleFile(decoding: $0, origin: origin).extended(read: read) }
    let compiler = RuleCompiler(compiling: files, trial: trial)
    let title = files.first?.title?.value ?? sources.first?.name ?? ""
    return Survey(problems: problems(of: files, compiled: compiler), pack: RulePack(compiler, title: title))
  }

  /// Every problem of files that have been compiled.
  static func problems(of files: [RuleFile], compiled: RuleCompiler) -> [RuleProblem] {
    let rules = Dictionary(
      zip(compiled.entries, compiled.rules).map { (Place($0), $1) }, uniquingKeysWith: { first, _ in first }
    )
    var problems = compiled.problems
    for file in files {
      for entry in file.rules {
        var remarks = Remarks(entry: entry, level: file.origin == .own ? .error : .warning)
        remarks.checkDescription()
        remarks.checkTemplates()
        remarks.checkWords()
        if let rule = rules[Place(entry)] { remarks.checkKeywords(of: rule) }
        problems += remarks.problems
      }
    }
    let order = Dictionary(files.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    return problems.sorted { left, right in
      let files = (order[left.file] ?? .max, order[right.file] ?? .max)
      return files.0 != files.1 ? files.0 < files.1 : left.position < right.position
    }
  }

  private struct Place: Hashable {
    var file: String
    var position: TextPosition

    init(_ entry: RuleFile.Entry) { (file, position) = (entry.file, entry.position) }
  }
}

/// Remarks on one rule as written.
private struct Remarks {
  let entry: RuleFile.Entry
  let level: RuleProblem.Level
  var problems: [RuleProblem] = []

  mutating func remark(_ position: TextPosition?, _ message: String, level: RuleProblem.Level? = nil) {
    problems.append(
      RuleProblem(
        level: level ?? self.level, file: entry.file, position: position ?? entry.position,
        rule: entry.id?.value.shown, message: message
      )
    )
  }

  mutating func checkDescription() {
    let texts = [
      (entry.description, "no description: say in one sentence what the credential is"),
      (entry.remediation, "no remediation: say where and how the credential is revoked"),
      (entry.since, "no since: give the version of the pack that brings the rule"),
    ]
    for (text, message) in texts where (text?.value ?? "").isEmpty { remark(text?.position, message) }
    if entry.references.isEmpty { remark(nil, "no references: give the provider's own page on the credential") }
    for reference in entry.references where !reference.value.hasPrefix("https://") {
      remark(reference.position, "a reference is an https URL")
    }
  }

  mutating func checkTemplates() {
    if entry.examples.isEmpty { remark(nil, "no examples: give text in which the rule must match") }
    if entry.counterexamples.isEmpty { remark(nil, "no counterexamples: give text in which the rule must stay silent") }
    for template in entry.examples + entry.counterexamples {
      do {
        _ = try Template(parsing: template.value)
      } catch .template(let offset, let reason) {
        remark(template.position(at: offset), "bad template: \(reason)", level: .error)
      } catch {
        remark(template.position, "bad template", level: .error)
      }
    }
  }

  mutating func checkWords() {
    for word in entry.context where word.value.utf8.count < RuleCheck.leastWordLength {
      let shown = word.value.shown
      remark(word.position, "the context word \(shown) is under \(RuleCheck.leastWordLength) bytes: it is no anchor")
    }
    // Two ways to one match cost a pattern twice the time where it fails.
    let words = entry.context.map { Array($0.value.lowercased().utf8) }
    for (index, word) in entry.context.enumerated() {
      let other = words.indices.first {
        $0 != index && (words[$0] != words[index] || $0 < index) && holds(words[index], words[$0])
      }
      guard let other else { continue }
      let shown = entry.context[other].value.shown
      remark(word.position, "the context word \(word.value.shown) is needless: \(shown) stands in it")
    }
  }

  /// Whether another context word, in which `_` is a separator or nothing, stands in a word however that is written, and
  /// what is left behind it is what the gap has room for.
  private func holds(_ word: [UInt8], _ other: [UInt8]) -> Bool {
    let isNear = entry.gap?.value == ContextPattern.Gap.near.rawValue
    func goesOn(_ place: Int, _ rest: Int) -> Bool {
      guard rest < other.count else {
        return place == word.count || !isNear && word[place...].allSatisfy(ByteSet.lettersAndDigits.contains)
      }
      if other[rest] == UInt8(ascii: "_") {
        let isSeparator = place < word.count && "_.- ".utf8.contains(word[place])
        return goesOn(place, rest + 1) || isSeparator && goesOn(place + 1, rest + 1)
      }
      return place < word.count && word[place] == other[rest] && goesOn(place + 1, rest + 1)
    }
    return word.indices.contains { goesOn($0, 0) }
  }

  /// Other tools skip text without a keyword, so a match without one is a match they miss.
  mutating func checkKeywords(of rule: Rule) {
    guard let first = entry.keywords.first, !rule.pattern.isEmpty else { return }
    let keywords = entry.keywords.map { $0.value.lowercased() }
    let anchors = rule.shape.anchors.map { String(decoding: $0.bytes, as: UTF8.self).lowercased() }
    let areProved = !anchors.isEmpty && anchors.allSatisfy { anchor in keywords.contains { anchor.contains($0) } }
    // The anchors are one set of literals out of several: a keyword may be another, so its text counts as well.
    let text = rule.pattern.lowercased().filter { $0 != "\\" }
    for (keyword, written) in zip(keywords, entry.keywords) where !areProved && !text.contains(keyword) {
      remark(written.position, "a match need not hold the keyword \(written.value.shown): remove it")
    }
    if keywords.contains("") { remark(first.position, "an empty keyword stands everywhere: remove it") }
  }
}
