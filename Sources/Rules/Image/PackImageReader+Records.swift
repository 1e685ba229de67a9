internal import Findings

/// What an image holds beside plain fields.
extension PackImageReader {
  /// What rules refer to by number.
  mutating func readTables() throws(RulesError) {
    for _ in 0..<(try count()) {
      let digits = try raw()
      guard digits.count == 64 else { throw .image("a byte set is damaged") }
      var words: [UInt64] = [0, 0, 0, 0]
      for (index, digit) in digits.enumerated() {
        guard let value = digit.hexValue else { throw .image("a byte set is damaged") }
        words[index / 16] = words[index / 16] << 4 | UInt64(value)
      }
      sets.append(ByteSet(words: (words[0], words[1], words[2], words[3])))
    }
    let count = try count()
    var read: [[UInt8]] = []
    for _ in 0..<count { read.append(try raw()) }
    fragments = read
  }

  private mutating func optionalSet() throws(RulesError) -> ByteSet? {
    guard let index = try optionalInteger() else { return nil }
    guard index < sets.count else { throw .image("no byte set \(index)") }
    return sets[index]
  }

  mutating func allowlists() throws(RulesError) -> [Allowlist] {
    let count = try count()
    var lists: [Allowlist] = []
    for _ in 0..<count {
      let summary = try string()
      guard let condition = Allowlist.Condition(rawValue: try string()),
        let target = Allowlist.Target(rawValue: try string())
      else { throw .image("an allowlist is damaged") }
      lists.append(
        Allowlist(
          summary: summary, condition: condition, target: target, patterns: try strings(), paths: try strings(),
          stopwords: try strings(), rules: try strings()
        )
      )
    }
    return lists
  }

  mutating func rule() throws(RulesError) -> Rule {
    let id = try string()
    let pattern = try patternText()
    let secretGroup = try integer()
    let shape = try shape()
    let entropy = try string()
    let proof = try proof()
    guard let confidence = Confidence(rawValue: UInt8(clamping: try integer())),
      let severity = Severity(rawValue: UInt8(clamping: try integer()))
    else { throw .image("the rule \(id) is damaged") }
    var leastEntropy: Double?
    if !entropy.isEmpty {
      guard let value = Double(entropy) else { throw .image("the entropy of \(id) is damaged") }
      leastEntropy = value
    }
    let path = try string()
    let allowlists = try allowlists()
    var required: [Rule.Requirement] = []
    for _ in 0..<(try count()) {
      required.append(
        Rule.Requirement(
          id: try string(), withinLines: try optionalInteger(), withinColumns: try optionalInteger()
        )
      )
    }
    return Rule(
      id: id, patternText: pattern, secretGroup: secretGroup, shape: shape, entropy: leastEntropy, proof: proof,
      confidence: confidence, severity: severity, path: path.isEmpty ? nil : path, allowlists: allowlists,
      required: required, isReported: try integer() == 1
    )
  }

  private mutating func proof() throws(RulesError) -> Rule.Proof? {
    let name = try string()
    if name.isEmpty { return nil }
    guard let kind = Rule.Proof.Kind(rawValue: name) else { throw .image("unknown proof") }
    return Rule.Proof(kind, bodyGroup: try integer(), checkGroup: try integer())
  }

  private mutating func shape() throws(RulesError) -> PatternShape {
    let lookbehind = try integer()
    let maximumLength = try integer()
    let lookahead = try integer()
    let count = try count()
    var anchors: [PatternShape.Anchor] = []
    anchors.reserveCapacity(count)
    for _ in 0..<count {
      let isExact = try integer() == 1
      anchors.append(PatternShape.Anchor(bytes: try raw(), isExact: isExact))
    }
    var following: [ByteSet] = []
    for _ in 0..<(try self.count()) {
      guard let set = try optionalSet() else { throw .image("a byte set is missing") }
      following.append(set)
    }
    let offset = try range()
    var run: PatternShape.RequiredRun?
    if let alphabet = try optionalSet() {
      run = PatternShape.RequiredRun(alphabet: alphabet, count: try integer(), distance: try range())
    }
    return PatternShape(
      lookbehind: lookbehind, maximumLength: maximumLength, lookahead: lookahead, anchors: anchors,
      following: following, anchorOffset: offset, run: run, runOn: try optionalSet(), secretPrefix: try string()
    )
  }
}
