/// Writes JSON (RFC 8259) piece by piece into a report buffer.
///
/// The writer puts commas where they belong; the caller opens and closes what it writes in order. The output is valid
/// UTF-8 for any input, on one line, and safe to show on a terminal: what cannot be printed is escaped.
package struct JSONWriter {
  package let buffer: ReportBuffer
  /// Whether a comma is due before the next element.
  private var needsComma = false
  /// Whether something was opened.
  private(set) var hasBegun = false

  package init(buffer: ReportBuffer) { self.buffer = buffer }

  package mutating func beginObject() { open(UInt8(ascii: "{")) }
  package mutating func endObject() { close(UInt8(ascii: "}")) }
  package mutating func beginArray() { open(UInt8(ascii: "[")) }
  package mutating func endArray() { close(UInt8(ascii: "]")) }

  /// Starts a member of an object; its value follows.
  package mutating func key(_ name: String) {
    string(Array(name.utf8))
    buffer.append(UInt8(ascii: ":"))
    needsComma = false
  }

  package mutating func value(_ text: String) { string(Array(text.utf8)) }
  package mutating func value(_ bytes: [UInt8]) { string(bytes) }
  package mutating func value(_ number: Int) { literal(String(number)) }
  package mutating func value(_ flag: Bool) { literal(flag ? "true" : "false") }
  /// A finite number with decimals.
  package mutating func value(decimal number: Double) { number.isFinite ? literal("\(number)") : null() }
  package mutating func null() { literal("null") }

  package mutating func value(_ list: [String]) {
    beginArray()
    for text in list { value(text) }
    endArray()
  }

  /// An object of numbers, its keys in ascending order of their bytes.
  package mutating func value(_ counts: [String: Int]) {
    beginObject()
    for (name, count) in counts.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
      member(name, count)
    }
    endObject()
  }

  package mutating func member(_ name: String, _ text: String) {
    key(name)
    value(text)
  }

  /// A member that is null where there is no text.
  package mutating func member(_ name: String, optional text: String?) {
    key(name)
    if let text { value(text) } else { null() }
  }

  package mutating func member(_ name: String, _ number: Int) {
    key(name)
    value(number)
  }

  package mutating func member(_ name: String, _ flag: Bool) {
    key(name)
    value(flag)
  }

  /// Ends a document or line: a line feed, and the end of a record.
  package mutating func endLine() throws(ReportError) {
    buffer.append(UInt8(ascii: "\n"))
    needsComma = false
    try buffer.endRecord()
  }

  /// Ends a report that is one document, and makes it stand.
  mutating func endReport() throws(ReportError) {
    try endLine()
    try buffer.commit()
  }

  /// Breaks the line between elements, for people; the value stays the same.
  package mutating func breakLine() {
    if needsComma { buffer.append(UInt8(ascii: ",")) }
    buffer.append(UInt8(ascii: "\n"))
    needsComma = false
  }

  private mutating func open(_ bracket: UInt8) {
    separate()
    buffer.append(bracket)
    needsComma = false
    hasBegun = true
  }

  private mutating func close(_ bracket: UInt8) {
    buffer.append(bracket)
    needsComma = true
  }

  private mutating func literal(_ text: String) {
    separate()
    buffer.append(text)
    needsComma = true
  }

  private func separate() { if needsComma { buffer.append(UInt8(ascii: ",")) } }

  /// A string of the text in `bytes`; a byte that is not valid UTF-8 becomes the four characters `\xHH`.
  private mutating func string(_ bytes: [UInt8]) {
    separate()
    buffer.append(UInt8(ascii: "\""))
    let span = bytes.span
    var index = 0
    while index < span.count {
      var plain = index
      while plain < span.count, Self.isPlain(span[plain]), !Self.beginsCommand(span, plain) { plain += 1 }
      if plain > index {
        buffer.append(contentsOf: bytes[index..<plain])
        index = plain
        continue
      }
      let (element, length) = UTF8Reader.element(in: span, at: index)
      switch element {
      case .invalid(let byte): buffer.append("\\\\x" + Hex.digits(byte, width: 2))
      case .scalar("\""): buffer.append("\\\"")
      case .scalar("\\"): buffer.append("\\\\")
      case .scalar("\n"): buffer.append("\\n")
      case .scalar("\r"): buffer.append("\\r")
      case .scalar("\t"): buffer.append("\\t")
      case .scalar("[") where Self.beginsCommand(span, index): buffer.append("\\u005B")
      case .scalar(let scalar) where UTF8Reader.isUnsafe(scalar):
        for unit in String(scalar).utf16 { buffer.append("\\u" + Hex.digits(unit, width: 4)) }
      case .scalar: buffer.append(contentsOf: bytes[index..<(index + length)])
      }
      index += length
    }
    buffer.append(UInt8(ascii: "\""))
    needsComma = true
  }

  /// Whether the bracket of `##[` stands here, which the runner of GitHub Actions takes for a command anywhere in a line.
  private static func beginsCommand(_ bytes: Span<UInt8>, _ index: Int) -> Bool {
    bytes[index] == UInt8(ascii: "[") && index >= 2 && bytes[index - 1] == UInt8(ascii: "#")
      && bytes[index - 2] == UInt8(ascii: "#")
  }

  /// Whether a byte stands in a string as it is: printable ASCII but for the quote and the backslash.
  private static func isPlain(_ byte: UInt8) -> Bool {
    byte >= 0x20 && byte < 0x7F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
  }
}
