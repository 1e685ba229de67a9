internal import Findings

/// Reads the fields of a pack image one after the other.
struct PackImageReader {
  private let bytes: [UInt8]
  private var at: Int
  private let end: Int
  private var sets: [ByteSet] = []
  private var fragments: [[UInt8]] = []

  init(_ bytes: [UInt8], in range: Range<Int>) {
    self.bytes = bytes
    at = range.lowerBound
    end = range.upperBound
  }

  // MARK: Fields

  /// The next field and whether anything in it is escaped.
  private mutating func field() throws(RulesError) -> (Range<Int>, isEscaped: Bool) {
    let start = at
    var isEscaped = false
    while at < end {
      let byte = bytes[at]
      if byte == 0x09 || byte == 0x0A {
        at += 1
        return (start..<(at - 1), isEscaped)
      }
      if byte == UInt8(ascii: "`") { isEscaped = true }
      at += 1
    }
    throw .image("the image ends in a field")
  }

  private mutating func raw() throws(RulesError) -> [UInt8] {
    let (range, isEscaped) = try field()
    guard isEscaped else { return Array(bytes[range]) }
    var result: [UInt8] = []
    result.reserveCapacity(range.count)
    var index = range.lowerBound
    while index < range.upperBound {
      let byte = bytes[index]
      index += 1
      guard byte == UInt8(ascii: "`") else {
        result.append(byte)
        continue
      }
      guard index < range.upperBound else { throw .image("a field ends in an escape") }
      let kind = bytes[index]
      index += 1
      switch kind {
      case UInt8(ascii: "`"): result.append(kind)
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        let number = Int(kind - 0x30)
        guard number < fragments.count else { throw .image("no fragment \(number)") }
        result += fragments[number]
      case UInt8(ascii: "x"):
        guard index + 2 <= range.upperBound, let high = bytes[index].hexValue, let low = bytes[index + 1].hexValue
        else { throw .image("bad escape") }
        result.append(high << 4 | low)
        index += 2
      default: throw .image("unknown escape")
      }
    }
    return result
  }

  mutating func string() throws(RulesError) -> String {
    let start = at
    let (range, isEscaped) = try field()
    if range.isEmpty { return "" }
    guard isEscaped else { return String(decoding: bytes[range], as: UTF8.self) }
    at = start
    return String(decoding: try raw(), as: UTF8.self)
  }

  mutating func integer() throws(RulesError) -> Int {
    let (range, _) = try field()
    var value = 0
    guard !range.isEmpty, range.count <= 15 else { throw .image("a number is missing") }
    for byte in bytes[range] {
      guard byte.isDigit else { throw .image("a number is damaged") }
      value = value * 10 + Int(byte - 0x30)
    }
    return value
  }

  /// A number of things that are still to come, each of at least a byte.
  mutating func count() throws(RulesError) -> Int {
    let value = try integer()
    guard value <= end - at else { throw .image("a count is greater than what follows") }
    return value
  }

  private mutating func optionalInteger() throws(RulesError) -> Int? {
    guard at < end, bytes[at] != UInt8(ascii: "-") else {
      _ = try field()
      return nil
    }
    return try integer()
  }

  private mutating func range() throws(RulesError) -> ClosedRange<Int> {
    let low = try integer()
    let high = try integer()
    guard low <= high else { throw .image("a range is upside down") }
    return low...high
  }

  mutating func strings() throws(RulesError) -> [String] {
    let count = try count()
    var result: [String] = []
    for _ in 0..<count { result.append(try string()) }
    return result
  }

  /// The `.` that ends lines whose last field could be empty.
  mutating func expectMark() throws(RulesError) {
    let (range, _) = try field()
    guard range.count == 1, bytes[range.lowerBound] == UInt8(ascii: ".") else { throw .image("a line does not end") }
  }

  /// Consecutive ranges of those lengths, which must fill the rest exactly.
  func ranges(of lengths: [Int]) throws(RulesError) -> [Range<Int>] {
    var start = at
    var ranges: [Range<Int>] = []
    ranges.reserveCapacity(lengths.count)
    for length in lengths {
      guard length <= end - start else { throw .image("the details are cut off") }
      ranges.append(start..<(start + length))
      start += length
    }
    guard start == end else { throw .image("there is text behind the details") }
    return ranges
  }

  // MARK: Records

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
    let pattern = try string()
    let secretGroup = try integer()
    let shape = try shape()
    let entropy = try string()
    let checksum = try checksum()
    guard let confidence = Confidence(rawValue: UInt8(clamping: try integer())),
      let severity = Severity(rawValue: UInt8(clamping: try integer()))
    else { throw .image("the rule \(id) is damaged") }
    var rule = Rule(
      id: id, pattern: pattern, secretGroup: secretGroup, shape: shape, checksum: checksum, confidence: confidence,
      severity: severity
    )
    if !entropy.isEmpty {
      guard let value = Double(entropy) else { throw .image("the entropy of \(id) is damaged") }
      rule.entropy = value
    }
    let path = try string()
    if !path.isEmpty { rule.path = path }
    rule.allowlists = try allowlists()
    for _ in 0..<(try count()) {
      rule.required.append(
        Rule.Requirement(
          id: try string(), withinLines: try optionalInteger(), withinColumns: try optionalInteger()
        )
      )
    }
    rule.isReported = try integer() == 1
    return rule
  }

  private mutating func checksum() throws(RulesError) -> Rule.Checksum? {
    let name = try string()
    if name.isEmpty { return nil }
    guard let algorithm = Rule.Checksum.Algorithm(rawValue: name) else { throw .image("unknown checksum") }
    return Rule.Checksum(algorithm: algorithm, bodyGroup: try integer(), checkGroup: try integer())
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
    let offset = try range()
    var run: PatternShape.RequiredRun?
    if let alphabet = try optionalSet() {
      run = PatternShape.RequiredRun(alphabet: alphabet, count: try integer(), distance: try range())
    }
    return PatternShape(
      lookbehind: lookbehind, maximumLength: maximumLength, lookahead: lookahead, anchors: anchors,
      anchorOffset: offset, run: run, runOn: try optionalSet(), secretPrefix: try string()
    )
  }
}

extension UInt8 {
  /// The value of a lower-case hex digit.
  fileprivate var hexValue: UInt8? {
    switch self {
    case 0x30...0x39: self - 0x30
    case 0x61...0x66: self - 0x57
    default: nil
    }
  }
}
