/// The label and the body of a PEM block as it stands in sources, logs and diffs: lines may end in a written `\n`, be
/// quoted, indented, or marked by a diff.
struct PEMFrame {
  private(set) var label: [UInt8] = []
  /// The base64 text of the body, without anything between its lines.
  private(set) var body: [UInt8] = []
  /// Whether a header says that the body is encrypted (RFC 1421, section 4.6.1.1).
  private(set) var hasEncryptionHeader = false
  /// Whether there is an END line.
  private(set) var isWhole = false

  private static let mark = UInt8(ascii: "+")

  init(_ value: [UInt8]) {
    let lines = Self.lines(value)
    guard let first = lines.first else { return }
    label = Array(first.dropFirst("-----BEGIN ".utf8.count).prefix { $0 != UInt8(ascii: "-") })
    if label.starts(with: "ENCRYPTED ".utf8), label.count > "ENCRYPTED PRIVATE KEY".utf8.count {
      hasEncryptionHeader = true
    }
    var pieces: [ArraySlice<UInt8>] = []
    var isMarked = lines.count > 1
    for (index, line) in lines.enumerated() {
      // The first line may hold the whole block.
      var rest = index == 0 ? line.dropFirst("-----BEGIN -----".utf8.count + label.count) : line
      if let end = Self.place(of: "-----END", in: rest) {
        rest = rest[..<end]
        isWhole = true
      }
      // A diff's mark is in the alphabet of base64; chance begins no whole block with it, its last line included.
      if index > 0, rest.first != Self.mark { isMarked = false }
      if rest.contains(UInt8(ascii: ":")) {
        if Self.place(of: "ENCRYPTED", in: rest) != nil { hasEncryptionHeader = true }
      } else {
        pieces += rest.split { !Self.isBodyByte($0) }.filter { $0.count > 1 }
      }
      if isWhole { break }
    }
    body = pieces.flatMap { isMarked && $0.first == Self.mark ? $0.dropFirst() : $0 }
  }

  /// The lines of the block, at line ends and at written ones.
  private static func lines(_ value: [UInt8]) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var start = 0
    var index = 0
    while index < value.count {
      let isEnd = value[index] == 0x0A || value[index] == 0x0D
      let isWritten =
        value[index] == UInt8(ascii: "\\") && index + 1 < value.count
        && (value[index + 1] == UInt8(ascii: "n") || value[index + 1] == UInt8(ascii: "r"))
      if isEnd || isWritten {
        lines.append(value[start..<index])
        start = index + (isWritten ? 2 : 1)
        index = start
      } else {
        index += 1
      }
    }
    return lines + [value[start...]]
  }

  private static func place(of text: String, in line: ArraySlice<UInt8>) -> Int? {
    line.indices.first { line[$0...].starts(with: text.utf8) }
  }

  private static func isBodyByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "="): true
    default: false
    }
  }
}
