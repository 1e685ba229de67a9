import ByteText
import Rules

/// The anchors of all rules, each once, with the rules that have it.
///
/// Made at every start: flat arrays and one hash of its own instead of a dictionary of arrays.
struct AnchorTable {
  /// What is tried where a keyword stands: `probes[probeStarts[k]..<probeStarts[k + 1]]`.
  private(set) var keywords: [Keyword] = []
  private(set) var probes: [Probe] = []
  private(set) var probeStarts: [Int] = [0]
  /// Alphabets of required runs, 256 bytes each: 1 for a byte that is in it.
  private(set) var runTables = RunTables()

  private var anchors: [PatternShape.Anchor] = []
  /// What may follow each anchor, over all of its rules.
  private var following: [[ByteSet]] = []
  /// Index of an anchor in `anchors` by its hash, -1 where there is none.
  private var slots: [Int32]
  /// Anchor and rule of each use, rule by rule.
  private var uses: [(anchor: Int32, rule: Int32)] = []

  /// - Complexity: linear in the number of anchors.
  init(_ rules: [EngineRule]) {
    let count = rules.reduce(0) { $0 + $1.rule.shape.anchors.count }
    var size = 16
    while size < count * 2 { size *= 2 }
    slots = [Int32](repeating: -1, count: size)
    anchors.reserveCapacity(count)
    following.reserveCapacity(count)
    uses.reserveCapacity(count)
    for (index, rule) in rules.enumerated() {
      let sets = rule.rule.shape.following
      for anchor in rule.rule.shape.anchors { uses.append((Int32(enter(anchor, sets)), Int32(index))) }
    }
    makeKeywords()
    makeProbes(rules)
  }

  /// Index of an anchor; what several rules look for by one may be followed by what any of them asks for.
  private mutating func enter(_ anchor: PatternShape.Anchor, _ sets: [ByteSet]) -> Int {
    var slot = Self.hash(anchor) & (slots.count - 1)
    while slots[slot] >= 0 {
      let known = Int(slots[slot])
      if anchors[known] == anchor {
        if following[known] != sets { following[known] = zip(following[known], sets).map { $0.union($1) } }
        return known
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    slots[slot] = Int32(anchors.count)
    anchors.append(anchor)
    following.append(sets)
    return anchors.count - 1
  }

  /// FNV-1a (Fowler, Noll, Vo), with its upper half mixed into the lower.
  private static func hash(_ anchor: PatternShape.Anchor) -> Int {
    var hash: UInt64 = anchor.isExact ? 0xCBF2_9CE4_8422_2325 : 0x8422_2325_CBF2_9CE4
    for byte in anchor.bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    return Int(truncatingIfNeeded: (hash ^ hash >> 32) & 0x7FFF_FFFF)
  }

  private mutating func makeKeywords() {
    var known: [[ByteSet]: FollowingBytes] = [:]
    keywords.reserveCapacity(anchors.count)
    for (anchor, sets) in zip(anchors, following) {
      let values: FollowingBytes
      if sets.isEmpty {
        values = .none
      } else if let made = known[sets] {
        values = made
      } else {
        values = FollowingBytes(Self.orEscaped(sets).map(\.bytes))
        known[sets] = values
      }
      keywords.append(Keyword(anchor.bytes, isExact: anchor.isExact, following: values))
    }
  }

  /// What may follow an anchor where a quote, a bracket or a line end is escaped: the keyword must be met there too, so that
  /// the text around it is read unescaped. Of the bytes behind such an escape nothing is told.
  private static func orEscaped(_ sets: [ByteSet]) -> [ByteSet] {
    let signs: [UInt8] = [0x0A, 0x0D, 0x22, 0x27, 0x3C, 0x3E]
    guard let first = sets.firstIndex(where: { set in signs.contains { set.contains($0) } }) else { return sets }
    let rest = ByteSet("\\\"'&q#lgnrux023".utf8)
    return sets.prefix(first + 2).enumerated().map {
      $0 < first ? $1 : $1.union($0 == first ? ByteSet("\\&%".utf8) : rest)
    }
  }

  /// Sorts the uses by anchor: how many each has, where its first goes, then each to its place.
  private mutating func makeProbes(_ rules: [EngineRule]) {
    guard !uses.isEmpty else { return }
    var starts = [Int](repeating: 0, count: anchors.count + 1)
    for use in uses { starts[Int(use.anchor) + 1] += 1 }
    for index in anchors.indices { starts[index + 1] += starts[index] }
    probeStarts = starts
    var template = Probe(rule: 0, shape: rules[0].rule.shape, tables: &runTables)
    probes = [Probe](repeating: template, count: uses.count)
    var rule: Int32 = -1
    for use in uses {
      if use.rule != rule {
        rule = use.rule
        template = Probe(rule: Int(rule), shape: rules[Int(rule)].rule.shape, tables: &runTables)
      }
      let anchor = Int(use.anchor)
      probes[starts[anchor]] = template.behind(anchors[anchor].bytes.count)
      starts[anchor] += 1
    }
  }
}
