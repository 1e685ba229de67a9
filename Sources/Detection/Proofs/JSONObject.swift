/// The members of one JSON object (RFC 8259), read strictly; what is nested is checked and not kept.
struct JSONObject {
  enum Value {
    /// The text between the quotes, escapes resolved where they are ASCII.
    case string([UInt8])
    case number([UInt8])
    case other
  }

  /// Objects and lists nest no deeper than this.
  private static let greatestDepth = 16

  private(set) var members: [String: Value] = [:]
  private let bytes: [UInt8]
  private var at = 0

  /// - Complexity: linear in the number of bytes.
  init?(_ bytes: [UInt8]) {
    self.bytes = bytes
    skipBlanks()
    guard readObject(depth: 0) else { return nil }
    skipBlanks()
    guard at == bytes.count else { return nil }
  }

  private mutating func skipBlanks() {
    while at < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[at]) { at += 1 }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    skipBlanks()
    guard at < bytes.count, bytes[at] == UInt8(ascii: character) else { return false }
    at += 1
    return true
  }

  private mutating func readObject(depth: Int) -> Bool {
    guard depth < Self.greatestDepth, take("{") else { return false }
    if take("}") { return true }
    repeat {
      skipBlanks()
      guard let key = readString(), take(":"), let value = readValue(depth: depth + 1) else { return false }
      if depth == 0 { members[String(decoding: key, as: UTF8.self)] = value }
    } while take(",")
    return take("}")
  }

  private mutating func readList(depth: Int) -> Bool {
    guard depth < Self.greatestDepth, take("[") else { return false }
    if take("]") { return true }
    repeat { guard readValue(depth: depth + 1) != nil else { return false } } while take(",")
    return take("]")
  }

  private mutating func readValue(depth: Int) -> Value? {
    skipBlanks()
    guard at < bytes.count else { return nil }
    switch bytes[at] {
    case UInt8(ascii: "\""): return readString().map { .string($0) }
    case UInt8(ascii: "{"): return readObject(depth: depth) ? .other : nil
    case UInt8(ascii: "["): return readList(depth: depth) ? .other : nil
    case UInt8(ascii: "-"), 0x30...0x39: return readNumber()
    default:
      guard let word = ["true", "false", "null"].first(where: { bytes[at...].starts(with: $0.utf8) }) else {
        return nil
      }
      at += word.utf8.count
      return .other
    }
  }

  private mutating func readNumber() -> Value? {
    let start = at
    if bytes[at] == UInt8(ascii: "-") { at += 1 }
    let firstDigit = at
    guard skipDigits() > 0, bytes[firstDigit] != 0x30 || at == firstDigit + 1 else { return nil }
    if at < bytes.count, bytes[at] == UInt8(ascii: ".") {
      at += 1
      guard skipDigits() > 0 else { return nil }
    }
    if at < bytes.count, bytes[at] | 0x20 == UInt8(ascii: "e") {
      at += 1
      if at < bytes.count, bytes[at] == UInt8(ascii: "+") || bytes[at] == UInt8(ascii: "-") { at += 1 }
      guard skipDigits() > 0 else { return nil }
    }
    return .number(Array(bytes[start..<at]))
  }

  private mutating func skipDigits() -> Int {
    let start = at
    while at < bytes.count, 0x30...0x39 ~= bytes[at] { at += 1 }
    return at - start
  }

  private mutating func readString() -> [UInt8]? {
    guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else { return nil }
    at += 1
    var text: [UInt8] = []
    while at < bytes.count {
      let byte = bytes[at]
      at += 1
      switch byte {
      case UInt8(ascii: "\""): return text
      case UInt8(ascii: "\\"):
        guard let escaped = readEscape() else { return nil }
        text.append(escaped)
      case 0..<0x20: return nil
      default: text.append(byte)
      }
    }
    return nil
  }

  /// What an escape stands for; `?` for what is not ASCII.
  private mutating func readEscape() -> UInt8? {
    guard at < bytes.count else { return nil }
    let byte = bytes[at]
    at += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return byte
    case UInt8(ascii: "b"): return 0x08
    case UInt8(ascii: "f"): return 0x0C
    case UInt8(ascii: "n"): return 0x0A
    case UInt8(ascii: "r"): return 0x0D
    case UInt8(ascii: "t"): return 0x09
    case UInt8(ascii: "u"):
      guard bytes.count - at >= 4,
        let code = Int(String(decoding: bytes[at..<(at + 4)], as: UTF8.self), radix: 16)
      else { return nil }
      at += 4
      return code < 0x80 ? UInt8(code) : UInt8(ascii: "?")
    default: return nil
    }
  }
}
