/// Reads one JSON text strictly as RFC 8259 has it, and refuses what readers are known to differ about.
///
/// A name that stands twice in an object is refused (RFC 8259, section 4, leaves open which one counts, so two readers of
/// one record could see two pairs); so are bytes that are no UTF-8, halves of surrogate pairs, a byte order mark, and
/// anything behind the value. Depth and size are bounded.
package struct JSONReader {
  /// Values nested in each other at most.
  package static let greatestDepth = 64

  private let bytes: [UInt8]
  private var at = 0
  private var depth = 0

  /// The value of a whole text.
  ///
  /// - Parameter limit: bytes the text may have.
  /// - Complexity: linear in the length of the text.
  package static func read(_ bytes: [UInt8], limit: Int = 16 << 20) throws(JSONError) -> JSONNode {
    var reader = JSONReader(bytes)
    guard bytes.count <= limit else { throw reader.error("it has more than \(limit) bytes", at: 0) }
    reader.skipBlanks()
    let node = try reader.value()
    reader.skipBlanks()
    guard reader.at == bytes.count else { throw reader.error("something stands behind the value") }
    return node
  }

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  private var next: UInt8? { at < bytes.count ? bytes[at] : nil }

  private func error(_ reason: String, at offset: Int? = nil) -> JSONError {
    let place = TextPlace(of: offset ?? at, in: bytes)
    return JSONError(reason: reason, line: place.line, column: place.column)
  }

  private mutating func skipBlanks() {
    while let byte = next, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { at += 1 }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard next == byte else { return false }
    at += 1
    return true
  }

  private mutating func value() throws(JSONError) -> JSONNode {
    let start = at
    switch next {
    case UInt8(ascii: "{"):
      return JSONNode(.object(try nested { (own) throws(JSONError) in try own.members() }), at: start)
    case UInt8(ascii: "["):
      return JSONNode(.array(try nested { (own) throws(JSONError) in try own.elements() }), at: start)
    case UInt8(ascii: "\""): return JSONNode(.string(try string()), at: start)
    case UInt8(ascii: "t"): return JSONNode(try literal("true", .bool(true)), at: start)
    case UInt8(ascii: "f"): return JSONNode(try literal("false", .bool(false)), at: start)
    case UInt8(ascii: "n"): return JSONNode(try literal("null", .null), at: start)
    case let byte? where byte == UInt8(ascii: "-") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte):
      return JSONNode(.number(try number()), at: start)
    case nil: throw error("it ends where a value should begin")
    default: throw error("no value begins here")
    }
  }

  private mutating func nested<Result>(
    _ body: (inout JSONReader) throws(JSONError) -> Result
  ) throws(JSONError) -> Result {
    depth += 1
    guard depth <= Self.greatestDepth else { throw error("values are nested more than \(Self.greatestDepth) deep") }
    at += 1
    skipBlanks()
    let result = try body(&self)
    depth -= 1
    return result
  }

  private mutating func members() throws(JSONError) -> [JSONMember] {
    var members: [JSONMember] = []
    var names: Set<[UInt8]> = []
    if take(UInt8(ascii: "}")) { return members }
    while true {
      let start = at
      guard next == UInt8(ascii: "\"") else { throw error("a name in quotes should stand here") }
      let name = try string()
      guard names.insert(Array(name.utf8)).inserted else {
        throw error("a name stands twice in one object", at: start)
      }
      skipBlanks()
      guard take(UInt8(ascii: ":")) else { throw error("a colon should stand here") }
      skipBlanks()
      members.append(JSONMember(name: name, nameOffset: start, node: try value()))
      if try !goesOn(to: UInt8(ascii: "}")) { return members }
    }
  }

  private mutating func elements() throws(JSONError) -> [JSONNode] {
    var elements: [JSONNode] = []
    if take(UInt8(ascii: "]")) { return elements }
    while true {
      elements.append(try value())
      if try !goesOn(to: UInt8(ascii: "]")) { return elements }
    }
  }

  /// Whether a comma and so another element follows, and not the closing bracket.
  private mutating func goesOn(to close: UInt8) throws(JSONError) -> Bool {
    skipBlanks()
    if take(close) { return false }
    guard take(UInt8(ascii: ",")) else { throw error("a comma or a closing bracket should stand here") }
    skipBlanks()
    return true
  }

  private mutating func literal(_ text: String, _ value: JSONValue) throws(JSONError) -> JSONValue {
    guard bytes[at...].starts(with: text.utf8) else { throw error("no value begins here") }
    at += text.utf8.count
    return value
  }

  private mutating func number() throws(JSONError) -> String {
    let start = at
    _ = take(UInt8(ascii: "-"))
    if !take(UInt8(ascii: "0")) { try digits() }
    if take(UInt8(ascii: ".")) { try digits() }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
      try digits()
    }
    return String(decoding: bytes[start..<at], as: UTF8.self)
  }

  private mutating func digits() throws(JSONError) {
    let start = at
    while let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { at += 1 }
    guard at > start else { throw error("a digit should stand here") }
  }
}

extension JSONReader {
  /// The text of the string that begins here.
  private mutating func string() throws(JSONError) -> String {
    let start = at
    at += 1
    var text: [UInt8] = []
    while true {
      guard let byte = next else { throw error("the string that begins here does not end", at: start) }
      at += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let string = String(validating: text, as: UTF8.self) else {
          throw error("the string that begins here is not UTF-8", at: start)
        }
        return string
      case UInt8(ascii: "\\"): text += try escape()
      case ..<0x20: throw error("a control character stands in a string", at: at - 1)
      default: text.append(byte)
      }
    }
  }

  /// The UTF-8 form of the escape behind a backslash.
  private mutating func escape() throws(JSONError) -> [UInt8] {
    guard let byte = next else { throw error("an escape does not end") }
    at += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "u"):
      let start = at
      var unit = try fourDigits()
      if 0xD800..<0xDC00 ~= unit, take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) {
        let low = try fourDigits()
        guard 0xDC00..<0xE000 ~= low else { throw error("half of a surrogate pair", at: start) }
        unit = 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(unit) else { throw error("half of a surrogate pair", at: start) }
      return Array(String(scalar).utf8)
    default: throw error("no escape of JSON", at: at - 1)
    }
  }

  private mutating func fourDigits() throws(JSONError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = next, byte < 0x80, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw error("four hex digits should stand here")
      }
      value = value << 4 | UInt32(digit)
      at += 1
    }
    return value
  }
}
