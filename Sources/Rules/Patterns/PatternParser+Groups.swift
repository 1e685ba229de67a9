/// Groups, lookarounds and option settings.
extension PatternParser {
  /// A group from its `(` to its `)`; `nil` for a comment or an option setting.
  mutating func group() throws(PatternSyntaxError) -> PatternNode? {
    let start = position
    position += 1
    if looksAt("*") { throw failure("control verbs are not supported", at: start) }
    guard looksAt("?") else { return try capture(name: nil, openedAt: start) }
    position += 1
    switch next {
    case UInt8(ascii: ":"), UInt8(ascii: ">"):
      position += 1
      return try closed(start)
    case UInt8(ascii: "#"):
      while let byte = next, byte != UInt8(ascii: ")") { _ = byte; position += 1 }
      guard next != nil else { throw failure("unclosed comment", at: start) }
      position += 1
      return nil
    case UInt8(ascii: "="), UInt8(ascii: "!"):
      position += 1
      return .look(try closed(start), isAhead: true)
    case UInt8(ascii: "<"):
      position += 1
      if next == UInt8(ascii: "=") || next == UInt8(ascii: "!") {
        position += 1
        return .look(try closed(start), isAhead: false)
      }
      return try capture(name: try name(until: UInt8(ascii: ">")), openedAt: start)
    case UInt8(ascii: "'"):
      position += 1
      return try capture(name: try name(until: UInt8(ascii: "'")), openedAt: start)
    case UInt8(ascii: "P"):
      position += 1
      guard next == UInt8(ascii: "<") else { throw failure("references to groups are not supported", at: start) }
      position += 1
      return try capture(name: try name(until: UInt8(ascii: ">")), openedAt: start)
    case UInt8(ascii: "("): throw failure("conditions are not supported", at: start)
    case UInt8(ascii: "|"): throw failure("groups that reset numbers are not supported", at: start)
    case UInt8(ascii: "C"): throw failure("callouts are not supported", at: start)
    default:
      if let byte = next, "R&+0123456789".utf8.contains(byte) { throw failure("recursion is not supported", at: start) }
      return try optionSetting(openedAt: start)
    }
  }

  private mutating func closed(_ start: Int) throws(PatternSyntaxError) -> PatternNode {
    let node = try alternation()
    guard next == UInt8(ascii: ")") else { throw failure("unclosed group", at: start) }
    position += 1
    return node
  }

  private mutating func capture(name: String?, openedAt start: Int) throws(PatternSyntaxError) -> PatternNode {
    groupCount += 1
    let number = groupCount
    if let name {
      guard groupNames[name] == nil else { throw failure("two groups named \(name)", at: start) }
      groupNames[name] = number
    }
    return .capture(try closed(start), number: number)
  }

  private mutating func name(until end: UInt8) throws(PatternSyntaxError) -> String {
    let start = position
    while let byte = next, byte != end { _ = byte; position += 1 }
    guard next == end, position > start else { throw failure("bad group name", at: start) }
    defer { position += 1 }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  /// `(?i)`, `(?s-m)`, `(?^x)`: for the rest of the group; `(?i:…)`: for the group it opens.
  private mutating func optionSetting(openedAt start: Int) throws(PatternSyntaxError) -> PatternNode? {
    let outer = options
    var isOn = true
    if next == UInt8(ascii: "^") {
      position += 1
      options = Options()
    }
    while let byte = next {
      position += 1
      switch byte {
      case UInt8(ascii: "-"): isOn = false
      case UInt8(ascii: "i"): options.ignoresCase = isOn
      case UInt8(ascii: "m"): options.isMultiline = isOn
      case UInt8(ascii: "s"): options.dotMatchesNewline = isOn
      case UInt8(ascii: "x"):
        guard next != UInt8(ascii: "x") else { throw failure("(?xx) is not supported", at: position - 1) }
        options.isExtended = isOn
      case UInt8(ascii: "U"): options.isUngreedy = isOn
      case UInt8(ascii: ")"): return nil
      case UInt8(ascii: ":"):
        let node = try closed(start)
        options = outer
        return node
      default: throw failure("unknown option or group", at: position - 1)
      }
    }
    throw failure("unclosed group", at: start)
  }
}
