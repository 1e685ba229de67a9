/// Escapes and character classes.
extension PatternParser {
  /// What follows a backslash outside a class.
  mutating func escape() throws(PatternSyntaxError) -> PatternNode {
    let start = position
    position += 1
    guard let byte = next else { throw failure("the pattern ends with a backslash", at: start) }
    switch byte {
    case UInt8(ascii: "b"), UInt8(ascii: "B"):
      position += 1
      return .assertion(before: 1, after: 1)
    case UInt8(ascii: "A"): return rewritten(start, "(?-m:^)", .assertion(before: 1, after: 0))
    case UInt8(ascii: "Z"): return rewritten(start, "(?-m:$)", .assertion(before: 0, after: 2))
    case UInt8(ascii: "z"): return rewritten(start, "(?-m:$)(?![\\x00-\\xff])", .assertion(before: 0, after: 2))
    case UInt8(ascii: "Q"): return try quotation()
    case UInt8(ascii: "E"):
      position += 1
      return .empty
    case UInt8(ascii: "K"), UInt8(ascii: "G"), UInt8(ascii: "C"), UInt8(ascii: "R"), UInt8(ascii: "X"):
      throw failure("\\\(Character(UnicodeScalar(byte))) is not supported", at: start)
    case UInt8(ascii: "k"), UInt8(ascii: "g"), UInt8(ascii: "1")...UInt8(ascii: "9"):
      throw failure("references to groups are not supported", at: start)
    default:
      return .set(try escapedSet(openedAt: start))
    }
  }

  private mutating func rewritten(_ start: Int, _ text: String, _ node: PatternNode) -> PatternNode {
    position += 1
    edits.append(PatternEdit(range: start..<position, replacement: text))
    return node
  }

  /// `\Q…\E`: everything between as it is.
  private mutating func quotation() throws(PatternSyntaxError) -> PatternNode {
    position += 1
    var nodes: [PatternNode] = []
    while position < bytes.count, !looksAt("\\E") {
      nodes.append(.set(single(bytes[position])))
      position += 1
    }
    position = min(position + 2, bytes.count)
    return nodes.count == 1 ? nodes[0] : .sequence(nodes)
  }

  /// The set an escape of one byte or a class escape stands for, inside a class and outside.
  private mutating func escapedSet(openedAt start: Int) throws(PatternSyntaxError) -> ByteSet {
    let byte = bytes[position]
    position += 1
    switch byte {
    case UInt8(ascii: "d"): return .digits
    case UInt8(ascii: "D"): return ByteSet.digits.inverted
    case UInt8(ascii: "w"): return .word
    case UInt8(ascii: "W"): return ByteSet.word.inverted
    case UInt8(ascii: "s"): return .space
    case UInt8(ascii: "S"): return ByteSet.space.inverted
    case UInt8(ascii: "h"): return .horizontalSpace
    case UInt8(ascii: "H"): return ByteSet.horizontalSpace.inverted
    case UInt8(ascii: "v"): return .verticalSpace
    case UInt8(ascii: "V"): return ByteSet.verticalSpace.inverted
    case UInt8(ascii: "N"): return ByteSet([0x0A]).inverted
    case UInt8(ascii: "n"): return ByteSet([0x0A])
    case UInt8(ascii: "r"): return ByteSet([0x0D])
    case UInt8(ascii: "t"): return ByteSet([0x09])
    case UInt8(ascii: "f"): return ByteSet([0x0C])
    case UInt8(ascii: "a"): return ByteSet([0x07])
    case UInt8(ascii: "e"): return ByteSet([0x1B])
    case UInt8(ascii: "x"): return single(try hexadecimal(openedAt: start))
    case UInt8(ascii: "0")...UInt8(ascii: "7"):
      position -= 1
      var value = 0
      var digits = 0
      while digits < 3, let digit = next, (0x30...0x37).contains(digit) {
        value = value * 8 + Int(digit - 0x30)
        digits += 1
        position += 1
      }
      guard value < 256 else { throw failure("octal value over 377", at: start) }
      return single(UInt8(value))
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "8"),
      UInt8(ascii: "9"):
      throw failure("\\\(Character(UnicodeScalar(byte))) is not supported", at: start)
    default:
      guard byte < 0x80 else { throw failure("an escaped character must be ASCII", at: start) }
      return single(byte)
    }
  }

  private mutating func hexadecimal(openedAt start: Int) throws(PatternSyntaxError) -> UInt8 {
    let isBraced = next == UInt8(ascii: "{")
    if isBraced { position += 1 }
    var value = 0
    var digits = 0
    while let byte = next, let digit = Character(UnicodeScalar(byte)).hexDigitValue, isBraced || digits < 2 {
      value = min(value * 16 + digit, 256)
      digits += 1
      position += 1
    }
    if isBraced {
      guard next == UInt8(ascii: "}"), digits > 0 else { throw failure("bad \\x{…}", at: start) }
      position += 1
    }
    guard value < 256 else { throw failure("\\x{…} beyond one byte: patterns match bytes", at: start) }
    return UInt8(value)
  }

  /// `[…]` with ranges, negation, escapes and POSIX names.
  mutating func characterClass() throws(PatternSyntaxError) -> ByteSet {
    let start = position
    position += 1
    let isNegated = next == UInt8(ascii: "^")
    if isNegated { position += 1 }
    var set = ByteSet()
    var isFirst = true
    while let byte = next, byte != UInt8(ascii: "]") || isFirst {
      isFirst = false
      if byte == UInt8(ascii: "["), let named = try posixClass() {
        set.formUnion(named)
        continue
      }
      let (low, lowSet) = try classMember()
      guard let low, next == UInt8(ascii: "-"), position + 1 < bytes.count, bytes[position + 1] != UInt8(ascii: "]")
      else {
        set.formUnion(lowSet)
        continue
      }
      let dash = position
      position += 1
      let (high, highSet) = try classMember()
      if let high {
        guard low <= high else { throw failure("range out of order", at: dash) }
        set.formUnion(ByteSet(low...high))
      } else {
        set.formUnion(lowSet.union(ByteSet([UInt8(ascii: "-")])).union(highSet))
      }
    }
    guard next == UInt8(ascii: "]") else { throw failure("unclosed class", at: start) }
    position += 1
    if options.ignoresCase { set = set.caseFolded }
    return isNegated ? set.inverted : set
  }

  /// One member of a class: its byte where it is a single one, and its set.
  private mutating func classMember() throws(PatternSyntaxError) -> (UInt8?, ByteSet) {
    let start = position
    let byte = bytes[position]
    guard byte < 0x80 else { throw failure("a character in a class must be ASCII: patterns match bytes") }
    guard byte == UInt8(ascii: "\\") else {
      position += 1
      return (byte, ByteSet([byte]))
    }
    position += 1
    guard let escaped = next else { throw failure("unclosed class", at: start) }
    if escaped == UInt8(ascii: "b") {
      position += 1
      return (0x08, ByteSet([0x08]))
    }
    if escaped == UInt8(ascii: "Q") || escaped == UInt8(ascii: "E") {
      throw failure("quotations in classes are not supported", at: start)
    }
    let folding = options.ignoresCase
    options.ignoresCase = false
    defer { options.ignoresCase = folding }
    let set = try escapedSet(openedAt: start)
    return (set.count == 1 ? set.bytes[0] : nil, set)
  }

  /// `[:alpha:]` and the like, `nil` where a `[` is just a member.
  private mutating func posixClass() throws(PatternSyntaxError) -> ByteSet? {
    guard looksAt("[:") else { return nil }
    var end = position + 2
    while end < bytes.count, bytes[end] != UInt8(ascii: ":"), bytes[end] != UInt8(ascii: "]") { end += 1 }
    guard end + 1 < bytes.count, bytes[end] == UInt8(ascii: ":"), bytes[end + 1] == UInt8(ascii: "]") else {
      return nil
    }
    var name = String(decoding: bytes[(position + 2)..<end], as: UTF8.self)
    let isNegated = name.hasPrefix("^")
    if isNegated { name.removeFirst() }
    guard var set = ByteSet.posix(name) else { throw failure("unknown class [:\(name):]") }
    // PCRE2 takes the names of a case for letters before it negates them.
    if options.ignoresCase { set = set.caseFolded }
    position = end + 2
    return isNegated ? set.inverted : set
  }
}

/// The classes PCRE2 knows by letter or name, in its built-in C locale tables.
extension ByteSet {
  static let digits = ByteSet(0x30...0x39)
  static let lower = ByteSet(0x61...0x7A)
  static let upper = ByteSet(0x41...0x5A)
  static let alphanumeric = digits.union(lower).union(upper)
  static let word = alphanumeric.union(ByteSet([0x5F]))
  static let space = ByteSet([0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x20])
  static let horizontalSpace = ByteSet([0x09, 0x20, 0xA0])
  static let verticalSpace = ByteSet([0x0A, 0x0B, 0x0C, 0x0D, 0x85])
  static let graphic = ByteSet(0x21...0x7E)

  static func posix(_ name: String) -> ByteSet? {
    switch name {
    case "alnum": alphanumeric
    case "alpha": lower.union(upper)
    case "ascii": ByteSet(0x00...0x7F)
    case "blank": ByteSet([0x09, 0x20])
    case "cntrl": ByteSet(0x00...0x1F).union(ByteSet([0x7F]))
    case "digit": digits
    case "graph": graphic
    case "lower": lower
    case "print": graphic.union(ByteSet([0x20]))
    case "punct": ByteSet(graphic.bytes.filter { !alphanumeric.contains($0) })
    case "space": space
    case "upper": upper
    case "word": word
    case "xdigit": digits.union(ByteSet(0x41...0x46)).union(ByteSet(0x61...0x66))
    default: nil
    }
  }
}
