/// Reads a pattern into a tree; a recursive descent over its bytes (pcre2pattern(3)).
struct PatternParser {
  /// A quantifier without an upper bound.
  struct Unbounded: Sendable {
    var range: Range<Int>
    var min: Int
  }

  /// The option letters in force; scoped to the group they are set in.
  struct Options {
    var ignoresCase = false
    var isMultiline = false
    var dotMatchesNewline = false
    var isExtended = false
    var isUngreedy = false
  }

  private static let greatestDepth = 200
  /// PCRE2 takes no larger count in braces.
  private static let greatestCount = 65_535

  let bytes: [UInt8]
  var position = 0
  var options = Options()
  var edits: [PatternEdit] = []
  var unbounded: [Unbounded] = []
  var groupCount = 0
  var groupNames: [String: Int] = [:]
  private var depth = 0

  init(_ pattern: String) { bytes = Array(pattern.utf8) }

  var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  func looksAt(_ text: StaticString) -> Bool {
    let wanted = Array(text.description.utf8)
    return bytes[position...].starts(with: wanted)
  }

  func failure(_ reason: String, at offset: Int? = nil) -> PatternSyntaxError {
    PatternSyntaxError(offset: offset ?? position, reason: reason)
  }

  mutating func parse() throws(PatternSyntaxError) -> PatternNode {
    if looksAt("(*") { throw failure("control verbs are not supported") }
    let node = try alternation()
    if position < bytes.count { throw failure("unmatched )") }
    return node
  }

  /// Branches up to the end of the group or the pattern; option settings end with the group.
  mutating func alternation() throws(PatternSyntaxError) -> PatternNode {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.greatestDepth else { throw failure("groups nest too deep") }
    let outer = options
    defer { options = outer }
    var branches = [try branch()]
    while next == UInt8(ascii: "|") {
      position += 1
      branches.append(try branch())
    }
    return branches.count == 1 ? branches[0] : .alternation(branches)
  }

  private mutating func branch() throws(PatternSyntaxError) -> PatternNode {
    var nodes: [PatternNode] = []
    while let byte = next, byte != UInt8(ascii: "|"), byte != UInt8(ascii: ")") {
      if options.isExtended, skipExtended() { continue }
      let start = position
      guard let atom = try atom() else { continue }
      nodes.append(try quantified(atom, startingAt: start))
    }
    return nodes.count == 1 ? nodes[0] : nodes.isEmpty ? .empty : .sequence(nodes)
  }

  /// Under `(?x)`: blanks and comments to the end of the line.
  private mutating func skipExtended() -> Bool {
    guard let byte = next else { return false }
    if byte == 0x20 || (0x09...0x0D).contains(byte) {
      position += 1
      return true
    }
    guard byte == UInt8(ascii: "#") else { return false }
    while let byte = next, byte != 0x0A { _ = byte; position += 1 }
    return true
  }

  /// One thing a quantifier can stand behind; `nil` for a comment or an option setting.
  private mutating func atom() throws(PatternSyntaxError) -> PatternNode? {
    let byte = bytes[position]
    switch byte {
    case UInt8(ascii: "("): return try group()
    case UInt8(ascii: "["): return .set(try characterClass())
    case UInt8(ascii: "\\"): return try escape()
    case UInt8(ascii: "."):
      position += 1
      return .set(options.dotMatchesNewline ? .all : ByteSet([0x0A]).inverted)
    case UInt8(ascii: "^"):
      position += 1
      // Under (?m) `^` does not hold behind a line end that is the last byte, so it looks at the next one too.
      return .assertion(before: 1, after: options.isMultiline ? 1 : 0)
    case UInt8(ascii: "$"):
      position += 1
      // Without (?m) `$` also holds before a line end that is the last byte, so it reads two bytes.
      return .assertion(before: 0, after: options.isMultiline ? 1 : 2)
    case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?"):
      throw failure("quantifier without anything to repeat")
    case UInt8(ascii: "{"):
      let start = position
      guard quantifier() == nil else {
        throw failure("put a quantifier right behind what it repeats", at: start)
      }
      // `{,5}` and `{ 2, 3 }` are literals to older versions of PCRE2 and quantifiers to newer ones.
      let inner = bytes[(start + 1)...].prefix { $0 == 0x20 || $0 == 0x09 || $0 == 0x2C || ($0 >= 0x30 && $0 <= 0x39) }
      if inner.contains(where: { $0 >= 0x30 && $0 <= 0x39 }), bytes[inner.endIndex...].first == UInt8(ascii: "}") {
        throw failure("write a quantifier as {n}, {n,} or {n,m}, or escape the brace", at: start)
      }
      return try literal()
    default:
      return try literal()
    }
  }

  private mutating func literal() throws(PatternSyntaxError) -> PatternNode {
    let first = bytes[position]
    guard first >= 0x80 else {
      position += 1
      return .set(single(first))
    }
    // A character beyond ASCII is its UTF-8 bytes.
    var nodes: [PatternNode] = []
    repeat {
      nodes.append(.set(ByteSet([bytes[position]])))
      position += 1
    } while next.map { $0 & 0xC0 == 0x80 } ?? false
    return .sequence(nodes)
  }

  /// The set of one literal byte under the options in force.
  func single(_ byte: UInt8) -> ByteSet {
    let set = ByteSet([byte])
    return options.ignoresCase ? set.caseFolded : set
  }

  // MARK: Quantifiers

  private mutating func quantified(_ atom: PatternNode, startingAt start: Int) throws(PatternSyntaxError) -> PatternNode
  {
    if options.isExtended { while skipExtended() {} }
    let from = position
    guard let (min, max) = quantifier() else { return atom }
    if min > Self.greatestCount || (max ?? 0) > Self.greatestCount || (max.map { $0 < min } ?? false) {
      throw failure("bad counts in a quantifier", at: from)
    }
    // PCRE2 would repeat only the last byte of a quotation or of a character that is not ASCII.
    if bytes[start] != UInt8(ascii: "("), !atom.isSingle {
      throw failure("put what is repeated in a group: (?:…)", at: from)
    }
    if max == nil { unbounded.append(Unbounded(range: from..<position, min: min)) }
    var isGreedy = !options.isUngreedy
    if next == UInt8(ascii: "?") {
      position += 1
      isGreedy.toggle()
    } else if next == UInt8(ascii: "+") {
      position += 1
    }
    if let byte = next, "*+?".utf8.contains(byte) { throw failure("quantifier behind a quantifier") }
    if case .assertion = atom { throw failure("quantifier behind an assertion", at: from) }
    if case .look = atom { throw failure("quantifier behind a lookaround", at: from) }
    return .repetition(atom, min: min, max: max, isGreedy: isGreedy)
  }

  /// Least and greatest count; leaves the position behind the quantifier proper. Braces that are none are literals.
  private mutating func quantifier() -> (Int, Int?)? {
    switch next {
    case UInt8(ascii: "*"):
      position += 1
      return (0, nil)
    case UInt8(ascii: "+"):
      position += 1
      return (1, nil)
    case UInt8(ascii: "?"):
      position += 1
      return (0, 1)
    case UInt8(ascii: "{"):
      let start = position
      position += 1
      if let min = number() {
        if next == UInt8(ascii: "}") {
          position += 1
          return (min, min)
        }
        if next == UInt8(ascii: ",") {
          position += 1
          let max = number()
          if next == UInt8(ascii: "}") {
            position += 1
            return (min, max)
          }
        }
      }
      position = start
      return nil
    default:
      return nil
    }
  }

  private mutating func number() -> Int? {
    let start = position
    var value = 0
    while let byte = next, byte >= 0x30, byte <= 0x39 {
      value = Swift.min(value * 10 + Int(byte - 0x30), 1 << 30)
      position += 1
    }
    return position == start ? nil : value
  }
}
