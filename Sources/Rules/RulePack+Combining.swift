extension RulePack {
  /// The rules of this pack, then those of another one whose ids are not taken.
  package func adding(_ other: RulePack) -> RulePack {
    var all = self
    all.add(other)
    return all
  }

  /// Adds the rules of another pack whose ids are not taken.
  mutating func add(_ other: RulePack) {
    // Packs that are added have few rules: to look each up here is quicker than to make a set of the many.
    let added = other.rules.indices.filter { index in !rules.contains { $0.id == other.rules[index].id } }
    let places =
      rules.indices.map { DetailsPlace(source: 0, index: $0) } + added.map { DetailsPlace(source: 1, index: $0) }
    for index in added { rules.append(other.rules[index]) }
    allowlists += other.allowlists
    digest = Self.digest(joining: digest, other.digest)
    detailsSource = .combined([detailsSource, other.detailsSource], places)
  }

  /// The default pack with packs the caller named beside it.
  ///
  /// A rule of an added pack whose id is taken gets the name of its file before it, `file:id`, with a warning: both
  /// are run, so that adding a pack never finds less. What a pack that extends the default one disables or allows is
  /// taken out of it.
  ///
  /// - Throws: `RulesError.invalid` where no rule is left.
  /// - Complexity: linear in the number of rules.
  package func combining(_ packs: [LoadedPack]) throws(RulesError) -> (pack: RulePack, warnings: [RuleProblem]) {
    guard !packs.isEmpty else { return (self, []) }
    var combination = PackCombination(self)
    for pack in packs { combination.add(pack) }
    guard !combination.rules.isEmpty else {
      throw .invalid(
        combination.warnings + [
          RuleProblem(level: .error, file: packs[0].name, position: .start, message: "no rule is left to run")
        ]
      )
    }
    return (combination.pack(titled: title), combination.warnings)
  }
}

/// Rules of several packs on their way to one.
private struct PackCombination {
  private(set) var rules: [Rule]
  private(set) var warnings: [RuleProblem] = []
  private var allowlists: [Allowlist]
  private var sources: [RulePack.DetailsSource]
  private var places: [RulePack.DetailsPlace]
  private let base: RulePack
  /// Ids of the base pack's rules by the other names they are known under; decoded when first needed.
  private lazy var aliases: [String: [String]] = {
    var aliases: [String: [String]] = [:]
    for (index, rule) in base.rules.enumerated() {
      for alias in base.details(at: index).aliases { aliases[alias, default: []].append(rule.id) }
    }
    return aliases
  }()

  init(_ base: RulePack) {
    self.base = base
    rules = base.rules
    allowlists = base.allowlists
    sources = [base.detailsSource]
    places = base.rules.indices.map { RulePack.DetailsPlace(source: 0, index: $0) }
  }

  func pack(titled title: String) -> RulePack {
    RulePack(
      title: title, rules: rules, allowlists: allowlists,
      digest: RulePack.digest(of: rules, allowlists: allowlists), detailsSource: .combined(sources, places)
    )
  }

  mutating func add(_ loaded: LoadedPack) {
    disable(loaded)
    for override in loaded.overrides { change(override) }
    let newIds = renamed(loaded)
    let source = sources.count
    sources.append(loaded.pack.detailsSource)
    for (index, var rule) in loaded.pack.rules.enumerated() {
      rule.id = newIds[rule.id] ?? rule.id
      for half in rule.required.indices {
        rule.required[half].id = newIds[rule.required[half].id] ?? rule.required[half].id
      }
      rules.append(rule)
      places.append(RulePack.DetailsPlace(source: source, index: index))
    }
    for var list in loaded.pack.allowlists {
      let named = list.rules
      list.rules = named.flatMap { id in newIds[id].map { [$0] } ?? resolved(id, for: loaded) }
      // Without rules it would count for all.
      if named.isEmpty || !list.rules.isEmpty { allowlists.append(list) }
    }
  }

  private mutating func warn(_ file: String, _ position: TextPosition, rule: String? = nil, _ message: String) {
    warnings.append(RuleProblem(level: .warning, file: file, position: position, rule: rule, message: message))
  }

  private mutating func disable(_ loaded: LoadedPack) {
    for id in loaded.disabledRules {
      let unwanted = Set(ids(id.value))
      if unwanted.isEmpty {
        warn(loaded.name, id.position, "disabledRules names \(id.value.shown), which the default pack does not have")
      }
      for index in rules.indices.reversed() where unwanted.contains(rules[index].id) {
        rules.remove(at: index)
        places.remove(at: index)
      }
    }
  }

  private mutating func change(_ override: RuleOverride) {
    let wanted = Set(ids(override.id))
    if wanted.isEmpty {
      warn(
        override.file, override.position, rule: override.id.shown,
        "neither regex nor path, and the default pack has no such rule: it has no effect"
      )
    }
    for index in rules.indices where wanted.contains(rules[index].id) {
      rules[index].entropy = override.entropy ?? rules[index].entropy
      rules[index].allowlists += override.allowlists
    }
  }

  /// New ids for the rules whose ids are taken.
  private mutating func renamed(_ loaded: LoadedPack) -> [String: String] {
    let taken = Set(rules.map(\.id))
    var newIds: [String: String] = [:]
    let stem = loaded.name.split(separator: "/").last?.split(separator: ".").first.map(String.init) ?? "added"
    for rule in loaded.pack.rules where taken.contains(rule.id) {
      var id = "\(stem):\(rule.id)"
      while taken.contains(id) || newIds.values.contains(id) { id = "\(stem):\(id)" }
      newIds[rule.id] = id
      warn(loaded.name, .start, rule: rule.id.shown, "the id is taken: the rule runs beside the other as \(id.shown)")
    }
    return newIds
  }

  /// The rules an allowlist means by an id.
  private mutating func resolved(_ id: String, for loaded: LoadedPack) -> [String] {
    if loaded.pack.rules.contains(where: { $0.id == id }) { return [id] }
    let found = ids(id)
    if found.isEmpty { warn(loaded.name, .start, "targetRules names \(id.shown), which no pack has: it has no effect") }
    return found
  }

  /// Rules of that id, or known under that name, among those of the base pack that are left.
  private mutating func ids(_ name: String) -> [String] {
    if rules.contains(where: { $0.id == name }) { return [name] }
    let known = aliases[name] ?? []
    return known.filter { id in rules.contains { $0.id == id } }
  }
}
