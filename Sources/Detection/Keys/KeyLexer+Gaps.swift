/// What stands between a name and its value beside blanks: tabs as strings write them, and what colours a terminal
/// (ECMA-48, sections 8.3.117 and 8.3.41), of which a log may keep the byte ESC, its escape, the `^[` of cat(1), or none of them.
extension KeyLexer {
  /// Ways to write the byte ESC in a string, behind a backslash.
  private static let escapes: [StaticString] = ["u001b", "x1b", "033", "e"]
  /// Longest parameters of a colour.
  private static let mostParameters = 24

  /// Passes blanks, written-out tabs and colours.
  func skipBlanks(_ index: inout Int) {
    let most = index + KeyReach.blanks
    while index < most {
      if bytes[index].isBlank { index += 1 } else if let end = gapEnd(at: index) { index = end } else { return }
    }
  }

  /// Where a written-out tab or a colour ends that starts at an index.
  @inline(__always)
  func gapEnd(at index: Int) -> Int? {
    let byte = bytes[index]
    guard byte == 0x1B || byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "[") || byte == UInt8(ascii: "^") else {
      return nil
    }
    return tabEnd(at: index) ?? colourEnd(at: index)
  }

  /// Where `\t` ends, behind so many backslashes as strings in strings have.
  private func tabEnd(at start: Int) -> Int? {
    let index = behindBackslashes(start)
    return index > start && bytes[index] == UInt8(ascii: "t") ? index + 1 : nil
  }

  private func behindBackslashes(_ start: Int) -> Int {
    var index = start
    while bytes[index] == UInt8(ascii: "\\"), index - start < 16 { index += 1 }
    return index
  }

  /// Where a colour ends that starts at an index: `ESC[32m`, `\u001b[32m`, `[32m`.
  func colourEnd(at start: Int) -> Int? {
    var index = start
    if bytes[start] == 0x1B {
      index += 1
      // What ends colours for terminfo(5) also chooses the alphabet.
      if bytes.holds("(b", at: index) { return index + 2 }
    } else if bytes[start] == UInt8(ascii: "\\") {
      index = behindBackslashes(start)
      guard let escape = Self.escapes.first(where: { bytes.holds($0, at: index) }) else { return nil }
      index += escape.utf8CodeUnitCount
    } else if bytes[start] == UInt8(ascii: "^") {
      guard bytes[start + 1] == UInt8(ascii: "[") else { return nil }
      index += 2
    }
    guard bytes[index] == UInt8(ascii: "[") else { return nil }
    let isBare = index == start
    index += 1
    let parameters = index
    while index - parameters < Self.mostParameters, bytes[index].isDigit || bytes[index] == UInt8(ascii: ";") {
      index += 1
    }
    guard bytes[index] == UInt8(ascii: "m") || bytes[index] == UInt8(ascii: "K") && !isBare else { return nil }
    return isBare && index == parameters ? nil : index + 1
  }

  /// Where a name starts whose first bytes end a colour before it: `ESC[36mpassword`.
  func withoutColour(_ start: Int, _ word: Int) -> Int {
    guard bytes[start - 1] == UInt8(ascii: "[") || bytes[start - 1] == UInt8(ascii: ";") else { return start }
    var bracket = start - 1
    while start - bracket < Self.mostParameters, bytes[bracket].isDigit || bytes[bracket] == UInt8(ascii: ";") {
      bracket -= 1
    }
    guard let end = colourEnd(at: escapeStart(before: bracket) ?? bracket), start < end, end <= word else {
      return start
    }
    return end
  }

  /// Where ESC starts that ends right before an index, written out or not.
  private func escapeStart(before index: Int) -> Int? {
    if bytes[index - 1] == 0x1B { return index - 1 }
    if bytes[index - 1] == UInt8(ascii: "["), bytes[index - 2] == UInt8(ascii: "^") { return index - 2 }
    for escape in Self.escapes {
      let start = index - escape.utf8CodeUnitCount
      if bytes.holds(escape, at: start), bytes[start - 1] == UInt8(ascii: "\\") { return start - 1 }
    }
    return nil
  }
}
