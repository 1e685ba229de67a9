/// What the caller has to say about a file another one extends.
package enum ExtendedFile: Sendable {
  case file(RuleSource)
  /// It cannot be read: why, in one lower-case clause.
  case unreadable(String)
}

extension RuleFile {
  /// Files that extend each other deeper than this are taken for a circle.
  private static let greatestDepth = 8

  /// The file with the file it extends merged into it, as gitleaks does: where both have a rule of one id, what the
  /// extending file says replaces or, for lists, adds to what the extended one says.
  ///
  /// - Parameter read: gives the file of a path as written in `extend.path`.
  func extended(depth: Int = 0, read: (_ path: String) -> ExtendedFile) -> RuleFile {
    guard let extend else { return self }
    var result = self
    func report(_ level: RuleProblem.Level, _ position: TextPosition, _ message: String) {
      result.problems.append(RuleProblem(level: level, file: name, position: position, message: message))
    }
    if origin == .own {
      report(.error, extend.position, "a pack of the project extends nothing: remove [extend]")
      return result
    }
    if let url = extend.url {
      report(.error, url.position, "extend.url is not supported: fetch the file and name it in extend.path")
    }
    var disabled = extend.disabledRules
    if let path = extend.path, !path.value.isEmpty {
      guard depth < Self.greatestDepth else {
        report(.error, path.position, "files extend each other more than \(Self.greatestDepth) deep, or in a circle")
        return result
      }
      switch read(path.value) {
      case .unreadable(let reason):
        report(.error, path.position, "cannot read \(path.value.shown): \(reason)")
      case .file(let source):
        let base = RuleFile(decoding: source, origin: origin).extended(depth: depth + 1, read: read)
        let names = Set(disabled.map(\.value))
        let known = Set(base.rules.compactMap { $0.id?.value })
        result.merge(base, without: names)
        disabled.removeAll { known.contains($0.value) }
        disabled += base.extend?.disabledRules ?? []
      }
    }
    if !result.extendsDefault {
      for id in disabled {
        let shown = id.value.shown
        report(.warning, id.position, "disabledRules names \(shown), which no extended file has: it has no effect")
      }
      disabled = []
    }
    result.extend?.disabledRules = disabled
    return result
  }

  private mutating func merge(_ base: RuleFile, without disabled: Set<String>) {
    var own = rules
    var merged: [Entry] = []
    for entry in base.rules {
      guard let id = entry.id?.value, !disabled.contains(id) else { continue }
      if let index = own.firstIndex(where: { $0.id?.value == id }) {
        merged.append(own.remove(at: index).merged(onto: entry))
      } else {
        merged.append(entry)
      }
    }
    rules = merged + own
    allowlists += base.allowlists
    filter = filter ?? base.filter
    prefilter = prefilter ?? base.prefilter
    problems += base.problems
    if let inherited = base.extend?.useDefault, inherited.value { extend?.useDefault = inherited }
  }
}

extension RuleFile.Entry {
  /// The rule with everything this one says put over it.
  fileprivate func merged(onto base: RuleFile.Entry) -> RuleFile.Entry {
    var result = base
    result.description = description ?? base.description
    // Places of problems are those of the file that has the pattern.
    if regex != nil {
      result.regex = regex
      result.file = file
      result.position = position
      result.id = id
    }
    result.secretGroup = secretGroup ?? base.secretGroup
    result.entropy = entropy ?? base.entropy
    result.path = path ?? base.path
    result.confidence = confidence ?? base.confidence
    result.severity = severity ?? base.severity
    result.skipReport = skipReport ?? base.skipReport
    result.filter = filter ?? base.filter
    result.prefilter = prefilter ?? base.prefilter
    result.validate = validate ?? base.validate
    result.context += context
    result.gap = gap ?? base.gap
    result.boundary = boundary ?? base.boundary
    result.checksum = checksum ?? base.checksum
    result.proof = proof ?? base.proof
    result.maxLength = maxLength ?? base.maxLength
    result.keywords += keywords
    result.tags += tags
    result.examples += examples
    result.counterexamples += counterexamples
    result.references += references
    result.aliases += aliases
    result.remediation = remediation ?? base.remediation
    result.since = since ?? base.since
    result.allowlists += allowlists
    result.required += required
    return result
  }
}
