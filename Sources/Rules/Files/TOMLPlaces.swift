/// Where the tables, keys and values of a TOML document stand.
///
/// TOMLKit tells places only for syntax errors, so this walks the same text once more. It is meant for text TOMLKit
/// has accepted: on anything else it ends without a place rather than with an error.
struct TOMLPlaces {
  /// Where one key or element stands.
  struct Place {
    var key: TextPosition
    var value: TextPosition
    /// Whether the value is a literal string: its bytes stand in the file as they are.
    var isVerbatim: Bool
  }

  /// By path as in `rules[0].examples[2]`; tables that have a header are there under their own path.
  var places: [String: Place] = [:]
  /// Where a basic string holds an escaped NUL, which TOMLKit would cut the string at.
  var escapedNULs: [TextPosition] = []

  let bytes: [UInt8]
  var at = 0
  private var lineStarts = [0]
  /// How many elements each array of tables has so far, by its path.
  private var tableCounts: [String: Int] = [:]

  /// - Complexity: linear in the length of the text.
  init(of bytes: [UInt8]) {
    self.init(lines: bytes)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { at = 3 }
    document()
  }

  /// The lines alone, for text that may be no TOML.
  init(lines bytes: [UInt8]) {
    self.bytes = bytes
    for (offset, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") { lineStarts.append(offset + 1) }
  }

  /// The place of an offset.
  ///
  /// - Complexity: logarithmic in the number of lines.
  func position(_ offset: Int) -> TextPosition {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return TextPosition(line: low + 1, column: offset - lineStarts[low] + 1)
  }

  // MARK: The walk

  static let valueEnds = ByteSet(Array(",]}#\n".utf8))

  var next: UInt8? { at < bytes.count ? bytes[at] : nil }

  func looksAt(_ byte: UInt8, times: Int) -> Bool {
    at + times <= bytes.count && bytes[at..<(at + times)].allSatisfy { $0 == byte }
  }

  mutating func skipBlanks() {
    while next == 0x20 || next == 0x09 { at += 1 }
  }

  private mutating func skipLine() {
    while next != nil, next != UInt8(ascii: "\n") { at += 1 }
  }

  /// Blanks, line ends and comments.
  mutating func skipFiller() {
    while let byte = next {
      switch byte {
      case 0x20, 0x09, 0x0A, 0x0D: at += 1
      case UInt8(ascii: "#"): skipLine()
      default: return
      }
    }
  }

  private mutating func document() {
    var table = ""
    while true {
      skipFiller()
      guard let byte = next else { return }
      let start = at
      if byte == UInt8(ascii: "[") {
        let isArray = looksAt(UInt8(ascii: "["), times: 2)
        at += isArray ? 2 : 1
        table = path(of: key(), isArray: isArray)
        let place = position(start)
        places[table] = Place(key: place, value: place, isVerbatim: false)
        skipLine()
      } else {
        pair(in: table)
      }
      if at == start { at += 1 }
    }
  }

  /// The path of a header, with the indices of the arrays of tables on its way.
  private mutating func path(of components: [String], isArray: Bool) -> String {
    var path = ""
    for (index, component) in components.enumerated() {
      path = path.isEmpty ? component : path + "." + component
      if isArray, index == components.count - 1 {
        let count = tableCounts[path, default: 0]
        tableCounts[path] = count + 1
        path += "[\(count)]"
      } else if let count = tableCounts[path] {
        path += "[\(count - 1)]"
      }
    }
    return path
  }

  mutating func pair(in table: String) {
    let start = at
    let components = key()
    skipBlanks()
    guard next == UInt8(ascii: "="), !components.isEmpty else { return skipLine() }
    at += 1
    value(at: ([table] + components).filter { !$0.isEmpty }.joined(separator: "."), keyAt: start)
  }

  /// A dotted key: its components.
  private mutating func key() -> [String] {
    var components: [String] = []
    while true {
      skipBlanks()
      let start = at
      if let quote = next, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
        at += 1
        while let byte = next, byte != quote, byte != UInt8(ascii: "\n") { at += byte == UInt8(ascii: "\\") ? 2 : 1 }
        components.append(text(min(start + 1, bytes.count)..<min(at, bytes.count)))
        at = min(at + 1, bytes.count)
      } else {
        while next?.isBareKeyByte == true { at += 1 }
        if at > start { components.append(text(start..<at)) }
      }
      skipBlanks()
      guard next == UInt8(ascii: ".") else { return components }
      at += 1
    }
  }

  private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
}

extension UInt8 {
  /// Whether the byte may stand in a TOML key without quotes.
  fileprivate var isBareKeyByte: Bool {
    isASCIILetter || (self >= 0x30 && self <= 0x39) || self == UInt8(ascii: "_") || self == UInt8(ascii: "-")
  }
}
