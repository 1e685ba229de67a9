/// The walk through values.
extension TOMLPlaces {
  mutating func value(at path: String, keyAt key: Int?) {
    skipBlanks()
    let start = at
    guard let byte = next else { return }
    var content = start
    var isVerbatim = false
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      (content, isVerbatim) = string(quotedBy: byte)
    case UInt8(ascii: "["): array(at: path)
    case UInt8(ascii: "{"): inlineTable(at: path)
    default:
      while let byte = next, !Self.valueEnds.contains(byte) { at += 1 }
    }
    places[path] = Place(key: position(key ?? start), value: position(content), isVerbatim: isVerbatim)
  }

  /// A string of any of the four kinds: where its content starts, and whether it is a literal one.
  private mutating func string(quotedBy quote: UInt8) -> (content: Int, isVerbatim: Bool) {
    let isBasic = quote == UInt8(ascii: "\"")
    let isLong = looksAt(quote, times: 3)
    at += isLong ? 3 : 1
    // The line end right behind the opening quotes is not part of the value.
    if isLong, next == 0x0D { at += 1 }
    if isLong, next == 0x0A { at += 1 }
    let content = at
    while let byte = next {
      if byte == quote, !isLong || looksAt(quote, times: 3) {
        at += isLong ? 3 : 1
        // Up to two quotes may stand right before the closing three.
        while isLong, next == quote { at += 1 }
        break
      }
      if isBasic, byte == UInt8(ascii: "\\") {
        let digits = bytes[min(at + 2, bytes.count)...].prefix { $0 == UInt8(ascii: "0") }.count
        let kind = at + 1 < bytes.count ? bytes[at + 1] : 0
        if (kind == UInt8(ascii: "u") && digits >= 4) || (kind == UInt8(ascii: "U") && digits >= 8) {
          escapedNULs.append(position(at))
        }
        at += 1
      } else if byte == UInt8(ascii: "\n"), !isLong {
        break
      }
      at = min(at + 1, bytes.count)
    }
    return (content, !isBasic)
  }

  private mutating func array(at path: String) {
    at += 1
    var index = 0
    while true {
      skipFiller()
      guard let byte = next else { return }
      let start = at
      if byte == UInt8(ascii: "]") {
        at += 1
        return
      }
      if byte == UInt8(ascii: ",") {
        at += 1
        continue
      }
      value(at: "\(path)[\(index)]", keyAt: nil)
      index += 1
      if at == start { at += 1 }
    }
  }

  private mutating func inlineTable(at path: String) {
    at += 1
    while true {
      skipFiller()
      guard let byte = next else { return }
      let start = at
      if byte == UInt8(ascii: "}") {
        at += 1
        return
      }
      if byte == UInt8(ascii: ",") { at += 1 } else { pair(in: path) }
      if at == start { at += 1 }
    }
  }
}
