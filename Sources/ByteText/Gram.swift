/// Four bytes in a row, folded: the unit the keyword automaton looks at.
///
/// Folding clears the bits in which the cases of a letter differ, and the highest bit: it never tells two spellings of a
/// keyword apart, and what it confuses is sorted out when a hit is verified.
enum Gram {
  static let length = 4
  static let fold: UInt32 = 0x5F5F_5F5F

  /// Calls `body` with the folded gram at an offset of a keyword, once for each of the 64 values that a byte before the
  /// keyword or behind it can have.
  static func forEach(in bytes: [UInt8], at offset: Int, _ body: (UInt32) -> Void) {
    var gram: UInt32 = 0
    var free: UInt32?
    for index in 0..<length {
      let place = UInt32(8 * index)
      if bytes.indices.contains(offset + index) {
        gram |= UInt32(bytes[offset + index] & 0x5F) << place
      } else {
        free = place
      }
    }
    guard let free else { return body(gram) }
    for value: UInt32 in 0..<64 { body(gram | (value & 0x1F | (value & 0x20) << 1) << free) }
  }
}

/// How often grams stand in ordinary text, by a chain of byte pairs.
enum GramFrequency {
  /// Expected share of places in text at which the gram at an offset of a keyword stands; bytes beside it may be any.
  static func estimate(_ bytes: [UInt8], at offset: Int) -> Float {
    let first = max(0, offset)
    let end = min(bytes.count, offset + Gram.length)
    var share: Float = 1
    var index = first
    while index + 1 < end {
      let row = code(bytes[index])
      share *= table[row * 64 + code(bytes[index + 1])]
      if index > first { share *= table[4096 + row] }
      index += 1
    }
    return share
  }

  /// Number of a folded byte, 0 to 63.
  private static func code(_ byte: UInt8) -> Int { Int(byte & 0x1F) | Int(byte & 0x40) >> 1 }

  /// The share of each pair of folded bytes, then one over the share of each folded byte.
  private static let table: [Float] = {
    var shares: [Float] = []
    shares.reserveCapacity(4096 + 64)
    GramFrequencyTable.pairs.withUTF8Buffer { buffer in
      // SAFETY: the buffer is the literal itself, read within the closure only.
      for unsafe letter in unsafe buffer where letter != 0x0A {
        let step = letter < 0x61 ? letter - 0x41 : letter - 0x61 + 26
        // Each letter is a factor of 1/sqrt(2).
        shares.append((step % 2 == 0 ? 1 : 0.707) / Float(UInt32(1) << UInt32(step / 2)))
      }
    }
    var total: Float = 0
    for share in shares { total += share }
    for index in shares.indices { shares[index] /= total }
    for row in 0..<64 {
      var single: Float = 0
      for index in (row * 64)..<(row * 64 + 64) { single += shares[index] }
      shares.append(1 / max(single, 1e-9))
    }
    return shares
  }()
}
