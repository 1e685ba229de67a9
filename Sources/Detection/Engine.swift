import ByteText
import Findings
import PCRE2
package import Rules

/// Everything that is the same for every artifact and worker: the rules, their anchors in one automaton, their patterns.
///
/// Immutable but for patterns, which are compiled when they are first needed.
package final class Engine: Sendable {
  package let pack: RulePack
  package let options: EngineOptions
  /// The pack's rules, then the canaries.
  let rules: [EngineRule]
  let automaton: KeywordAutomaton
  /// Rules of a keyword: `keywordRules[keywordStarts[k]..<keywordStarts[k + 1]]`.
  let keywordStarts: [Int]
  let keywordRules: [Int]
  /// Length of each keyword.
  let keywordLengths: [Int]
  /// Rules without an anchor: they are searched for at every byte.
  let everywhere: [Int]
  /// Rules that look at the path alone.
  let pathOnly: [Int]
  let allowlists: [AllowlistMatcher]
  /// Ids that other rules name as their other half.
  let companions: Set<String>

  /// Greatest number of bytes before an anchor that decide about a match, excerpts and lines for allowlists included.
  let reachBefore: Int
  /// Greatest number of bytes from an anchor's start to the last byte that decides about a match.
  let reachBehind: Int
  /// Greatest distance from the start of a match to its anchor.
  let greatestAnchorOffset: Int

  /// - Throws: `emptyPack`; `badPattern` where all patterns are compiled at once.
  /// - Complexity: linear in the number of rules and anchors.
  package convenience init(pack: RulePack, options: EngineOptions) throws(DetectionError) {
    try self.init(pack: pack, options: options, isDeaf: false)
  }

  /// - Parameter isDeaf: leaves every keyword out, so that tests can show that the canaries notice.
  init(pack: RulePack, options: EngineOptions, isDeaf: Bool) throws(DetectionError) {
    guard !pack.rules.isEmpty else { throw .emptyPack }
    self.pack = pack
    self.options = options
    let rules = (pack.rules + Canary.rules).map(EngineRule.init)
    self.rules = rules
    allowlists = pack.allowlists.map(AllowlistMatcher.init)
    companions = Set(pack.rules.flatMap(\.required).map(\.id))

    var keywords: [Keyword] = []
    var owners: [[Int]] = []
    var known: [Keyword: Int] = [:]
    for (index, rule) in rules.enumerated() where !isDeaf {
      for anchor in rule.rule.shape.anchors {
        let keyword = Keyword(anchor.bytes, isExact: anchor.isExact)
        if let place = known[keyword] {
          owners[place].append(index)
        } else {
          known[keyword] = keywords.count
          keywords.append(keyword)
          owners.append([index])
        }
      }
    }
    automaton = KeywordAutomaton(keywords)
    keywordLengths = keywords.map(\.bytes.count)
    keywordStarts = owners.reduce(into: [0]) { starts, rules in starts.append(starts[starts.count - 1] + rules.count) }
    keywordRules = owners.flatMap { $0 }
    everywhere = rules.indices.filter { rules[$0].isEverywhere }
    pathOnly = rules.indices.filter { rules[$0].rule.pattern.isEmpty }

    let lineReach = (allowlists + rules.flatMap(\.allowlists)).contains(where: \.readsLine) ? AllowlistMatcher.lineReach : 0
    greatestAnchorOffset = rules.map(\.rule.shape.anchorOffset.upperBound).max() ?? 0
    reachBefore =
      (rules.map { $0.rule.shape.anchorOffset.upperBound + $0.rule.shape.lookbehind }.max() ?? 0)
      + max(ExcerptBuilder.reachBefore, lineReach)
    reachBehind =
      (rules.map { $0.rule.shape.maximumLength + $0.rule.shape.lookahead }.max() ?? 0)
      + max(ExcerptBuilder.reachBehind, lineReach)
    if options.compilesAllPatterns { try compileAll() }
  }

  /// Compiles every pattern of the pack.
  ///
  /// - Throws: `badPattern` for the first that PCRE2 refuses.
  package func compileAll() throws(DetectionError) {
    for rule in rules {
      do throws(PatternError) {
        try rule.compile()
      } catch {
        throw .badPattern(rule: rule.rule.id, reason: error.description)
      }
    }
    for allowlist in allowlists {
      do throws(PatternError) {
        try allowlist.compile()
      } catch {
        throw .badPattern(rule: "allowlist", reason: error.description)
      }
    }
  }
}

/// A rule with its patterns.
struct EngineRule: Sendable {
  let rule: Rule
  let pattern: LazyPattern
  let path: LazyPattern?
  let allowlists: [AllowlistMatcher]
  /// Whether the anchor stands at one distance from the start of the match, so that only one start is possible.
  let isAnchored: Bool
  /// Alphabet of the run every match holds behind its anchor, a byte a value: 1 is in it.
  let runTable: [UInt8]
  let runOn: ByteSet?

  var isEverywhere: Bool { rule.shape.anchors.isEmpty && !rule.pattern.isEmpty }

  init(_ rule: Rule) {
    self.rule = rule
    let offset = rule.shape.anchorOffset
    isAnchored = !rule.shape.anchors.isEmpty && offset.lowerBound == offset.upperBound
    pattern = LazyPattern(rule.pattern, options: isAnchored ? .anchored : .limitsOffset)
    path = rule.path.map { LazyPattern($0, options: []) }
    allowlists = rule.allowlists.map(AllowlistMatcher.init)
    runOn = rule.shape.runOn
    runTable = rule.shape.run?.alphabet.table ?? []
  }

  func compile() throws(PatternError) {
    if !rule.pattern.isEmpty { _ = try pattern.pattern() }
    _ = try path?.pattern()
    for allowlist in allowlists { try allowlist.compile() }
  }
}
