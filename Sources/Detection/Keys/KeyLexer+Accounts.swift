/// Passwords handed to the programs that set them: chpasswd(8), passwd(1) with `--stdin`.
extension KeyLexer {
  /// Accounts told of one command at most.
  private static let most = 32
  /// Longest way from a pipe to the name of the command, and longest text before the pipe.
  private static let commandReach = 100
  private static let pipeReach = 960

  /// Takes in the passwords of `user:password` lines piped to `chpasswd`, or below it, and what is piped to `passwd --stdin`.
  func readAccounts(of name: Range<Int>, into reading: inout Reading) {
    guard bytes.holds("passwd", at: name.upperBound - 6) else { return }
    guard bytes.holds("ch", at: name.lowerBound), name.count == 8 else {
      guard name.count == 6, bytes.holds(" --stdin", at: name.upperBound), let text = piped(to: name) else { return }
      return reading.pairs.append(KeyValue(key: name, value: text, form: .pair, isQuoted: true))
    }
    if let text = piped(to: name) ?? hereString(behind: name) {
      return readAccounts(in: text, of: name, into: &reading)
    }
    let (lines, isCut) = linesBelow(name)
    for line in lines { readAccounts(in: line, of: name, into: &reading) }
    if isCut { reading.isCut = true }
  }

  /// The password of an account: `Username/Password: bob/…`, `credentials: bob / …`.
  func behindUser(_ pair: KeyValue) -> KeyValue {
    guard pair.form == .colon, !pair.isQuoted, !pair.value.isEmpty else { return pair }
    let isOfBoth = bytes[pair.key.lowerBound - 1] == UInt8(ascii: "/")
    guard isOfBoth || bytes.holds("cred", at: pair.key.lowerBound) else { return pair }
    var pair = pair
    var start = pair.value.upperBound
    if isOfBoth, let slash = pair.value.first(where: { bytes[$0] == UInt8(ascii: "/") }) {
      if slash + 1 < start { pair.value = (slash + 1)..<start }
      return pair
    }
    guard bytes.holds(" / ", at: start) else { return pair }
    start += 3
    let end = bareEnd(from: start, form: .option)
    if end > start { pair.value = start..<end }
    return pair
  }

  /// What `echo` or its like writes into a pipe that ends in the command.
  private func piped(to name: Range<Int>) -> Range<Int>? {
    var end = name.lowerBound
    let least = end - Self.pipeReach
    while name.lowerBound - end < Self.commandReach,
      bytes[end - 1].isPathByte || bytes[end - 1].isBlank
        || bytes[end - 1] == UInt8(ascii: "/")
    { end -= 1 }
    guard bytes[end - 1] == UInt8(ascii: "|") else { return nil }
    end -= 1
    while bytes[end - 1].isBlank { end -= 1 }
    guard let quote = Quote(before: end, in: bytes) else {
      var start = end
      while start > least, !bytes[start - 1].isSpace { start -= 1 }
      return bytes[start - 1].isSpace && start < end ? start..<end : nil
    }
    end -= quote.length
    var start = end
    while start > least, !bytes[start - 1].isLineEnd {
      if Quote(before: start, in: bytes) == quote { return start < end ? start..<end : nil }
      start -= 1
    }
    return nil
  }

  /// `chpasswd <<< 'user:password'`.
  private func hereString(behind name: Range<Int>) -> Range<Int>? {
    var index = name.upperBound
    while bytes[index].isBlank { index += 1 }
    guard bytes.holds("<<<", at: index) else { return nil }
    index += 3
    while bytes[index].isBlank { index += 1 }
    if let quote = Quote(at: index, in: bytes) {
      let start = index + quote.length
      index = start
      while index - start < KeyReach.value, !bytes[index].isLineEnd, !quote.closes(at: index, in: bytes) { index += 1 }
      return start..<index
    }
    let end = bareEnd(from: index, form: .pair)
    return index..<end
  }

  /// The lines of a here-document, or those of a `list:` as cloud-init has it, and whether there may be more.
  private func linesBelow(_ name: Range<Int>) -> (lines: [Range<Int>], isCut: Bool) {
    var index = name.upperBound
    let isList = bytes[index] == UInt8(ascii: ":")
    let most = index + KeyReach.value
    var isHere = false
    while index < most, bytes[index] != 0, !bytes[index].isLineEnd {
      if bytes[index] == UInt8(ascii: "<"), bytes[index + 1] == UInt8(ascii: "<") { isHere = true }
      index += 1
    }
    guard isHere || isList else { return ([], false) }
    var lines: [Range<Int>] = []
    while index < most {
      while index < most, bytes[index].isSpace, bytes[index] != 0 { index += 1 }
      if isList, bytes[index] == UInt8(ascii: "-"), bytes[index + 1].isBlank { index += 2 }
      let start = index
      while index < most, bytes[index] != 0, !bytes[index].isLineEnd { index += 1 }
      let isHeading = isList && lines.isEmpty && (bytes.holds("list:", at: start) || bytes.holds("expire:", at: start))
      if isHeading { continue }
      guard accountColon(in: start..<index) != nil else { return (lines, false) }
      guard lines.count < Self.most else { return (lines, true) }
      lines.append(start..<index)
    }
    return (lines, !lines.isEmpty)
  }

  /// The colon behind the user's name, which a text must start with.
  private func accountColon(in text: Range<Int>) -> Int? {
    let colon = text.prefix(33).first { !bytes[$0].isPathByte }
    guard let colon, colon > text.lowerBound, bytes[colon] == UInt8(ascii: ":"), colon + 1 < text.upperBound,
      !bytes[colon + 1].isBlank
    else { return nil }
    return colon
  }

  /// Takes in the passwords of accounts, which line ends or `\n` divide.
  private func readAccounts(in text: Range<Int>, of name: Range<Int>, into reading: inout Reading) {
    var start = text.lowerBound
    while let colon = accountColon(in: start..<text.upperBound) {
      guard reading.pairs.count < Self.most else { return reading.isCut = true }
      let rest = (colon + 1)..<text.upperBound
      let end = rest.first { bytes[$0] == UInt8(ascii: "\\") && bytes[$0 + 1] == UInt8(ascii: "n") } ?? rest.upperBound
      reading.pairs.append(KeyValue(key: name, value: rest.lowerBound..<end, form: .pair, isQuoted: true))
      start = min(end + 2, text.upperBound)
    }
  }
}
