/// The alphabets random parts of a template are drawn from.
package enum TemplateAlphabet: String, Sendable, CaseIterable {
  case alnum
  case alpha
  case lower
  case upper
  case digit
  /// Lower-case hex digits.
  case hex
  /// Upper-case hex digits.
  case upperHex = "HEX"
  case loweralnum
  case upperalnum
  case base32
  case base58
  /// The data part of BIP 173, lower case.
  case bech32
  case upperBech32 = "BECH32"
  case base64
  case base64url
  case word
  /// Printable, without quotes, backslash and blank.
  case punct

  /// The bytes of the alphabet, ascending by class.
  package var bytes: [UInt8] {
    let lower = Array(UInt8(ascii: "a")...UInt8(ascii: "z"))
    let upper = Array(UInt8(ascii: "A")...UInt8(ascii: "Z"))
    let digits = Array(UInt8(ascii: "0")...UInt8(ascii: "9"))
    switch self {
    case .alnum: return digits + upper + lower
    case .alpha: return upper + lower
    case .lower: return lower
    case .upper: return upper
    case .digit: return digits
    case .hex: return digits + lower.prefix(6)
    case .upperHex: return digits + upper.prefix(6)
    case .loweralnum: return digits + lower
    case .upperalnum: return digits + upper
    case .base32: return upper + digits[2...7]
    case .base58: return (digits + upper + lower).filter { !"0OIl".utf8.contains($0) }
    case .bech32: return (digits + lower).filter { !"1bio".utf8.contains($0) }
    case .upperBech32: return (digits + upper).filter { !"1BIO".utf8.contains($0) }
    case .base64: return digits + upper + lower + Array("+/".utf8)
    case .base64url: return digits + upper + lower + Array("-_".utf8)
    case .word: return digits + upper + lower + Array("_".utf8)
    case .punct: return (0x21...0x7E).filter { !"\"'`\\".utf8.contains($0) }
    }
  }

  /// Random bytes of the alphabet that are no filler: of every kind of character the alphabet has and the length
  /// allows, and neither a repetition nor a sequence.
  ///
  /// - Complexity: linear in `count`, but for the few draws that are thrown away.
  package func random(count: Int, using generator: inout SeededGenerator) -> [UInt8] {
    let bytes = bytes
    let kinds = [bytes.filter(\.isDigit), bytes.filter(\.isUpper), bytes.filter(\.isLower)].filter { !$0.isEmpty }
    while true {
      // One of each kind first, shuffled in afterwards: drawing until all kinds are there could take for ever.
      var drawn = kinds.count <= count ? kinds.map { generator.pick($0) } : []
      while drawn.count < count { drawn.append(generator.pick(bytes)) }
      for index in drawn.indices.reversed() where index > 0 {
        drawn.swapAt(index, generator.next(below: index + 1))
      }
      if !Self.isFiller(drawn) { return drawn }
    }
  }

  /// Whether text spells a filler: a short piece over and over, or a run up or down.
  ///
  /// Text of up to three bytes never does.
  package static func isFiller(_ text: [UInt8]) -> Bool {
    guard text.count > 3 else { return false }
    let steps = zip(text, text.dropFirst()).map { Int($1) - Int($0) }
    if steps.allSatisfy({ $0 == steps[0] && abs($0) <= 1 }) { return true }
    // Twice the same half is chance in a short piece.
    return (1...3).contains { period in
      guard text.count > 2 * period else { return false }
      return text.indices.dropFirst(period).allSatisfy { text[$0] == text[$0 - period] }
    }
  }
}

extension UInt8 {
  var isDigit: Bool { self >= 0x30 && self <= 0x39 }
  var isUpper: Bool { self >= 0x41 && self <= 0x5A }
  var isLower: Bool { self >= 0x61 && self <= 0x7A }
}
