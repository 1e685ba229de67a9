import Findings
import Rules

/// A value with all that is known of where it stands.
final class ValueContext {
  let name: KeyName
  let pair: KeyValue
  /// The name as written.
  let key: [UInt8]
  /// The value as written, at most `KeyReach.value` bytes of it, without the dots of a text cut short behind it; what it encodes where
  /// that is text.
  let value: [UInt8]
  /// The bytes behind the value, as far as they matter.
  let after: [UInt8]
  /// Whether the artifact's name is that of source code, in which a bare word is a name.
  let isCode: Bool
  /// Whether the artifact's name is that of a document people read.
  let isDocument: Bool
  /// Whether what people are to read may stand there: in programs, documents and catalogs of texts, not in records and settings.
  let isForPeople: Bool
  /// Whether a probability of tokens stands near: then a token is a piece of text.
  let isLogProbability: Bool
  /// How far the value is made of words; most values are judged without.
  private(set) lazy var wording = Wording(value)
  /// Whether this is what the user `anonymous` gives as a password, an address or its beginning (RFC 1635).
  let isGuest: Bool
  /// Whether this is the name of a test that passed, among others (DejaGnu's `PASS: name`).
  let isTestResult: Bool
  /// Whether the pair is written as an environment's variables are: `DB_PASSWORD=value`, without blanks.
  let isVariable: Bool

  /// Whether this is the directory a shell works in, as it writes it into the environment (POSIX.1-2017, XCU 2.5.3).
  let isDirectory: Bool
  /// Whether the value is a mark that leads to another: an alias `*name`, or a tag such as `!vault |` (YAML 1.2.2, sections 7.1
  /// and 6.8.2).
  let isMark: Bool
  /// Whether the pair stands in a cookie, or behind the word on its line.
  let isInCookie: Bool
  /// Whether the pair stands in the text a program tells its options with: `--password   asks for one`, `--password=WORD   the word`.
  let isUsage: Bool
  /// Whether the pair stands in a list of numbered words, such as the vocabulary of a model: the numbers before and behind are the next.
  let isCounted: Bool
  /// Whether the name is quoted.
  let isKeyQuoted: Bool
  /// Whether the pair is a statement of a program, wherever that stands: `self.token = …`, `const token = …`.
  private let isStatement: Bool
  /// Whether the value is the first of several things a call is given, and nothing but capitals: the name of what is made,
  /// `createToken("COMMA", …)`.
  let isNameInCall: Bool
  /// Whether bytes of a program or of compressed data stand around, in which a short name and a sign meet by chance.
  let isInMachineCode: Bool

  init(_ pair: KeyValue, name: KeyName, head: [UInt8]? = nil, in bytes: ByteView, of kind: ArtifactKind) {
    self.name = name
    self.pair = pair
    isCode = kind == .code
    isDocument = kind == .document
    isForPeople = kind != .other
    isLogProbability =
      name.role == .token
      && bytes.holds("logprob", startingIn: (pair.key.lowerBound - 256)..<(pair.key.upperBound + 256))
    key = head ?? bytes.copy(pair.key)
    value = ValueShape.withoutEllipsis(Self.value(of: pair, in: bytes), isPassword: name.role == .password)
    isTestResult =
      key.elementsEqual("PASS".utf8) && pair.form == .colon
      && ["pass: ", "fail: "].contains { (word: StaticString) in
        bytes.holds(word, startingIn: (pair.key.lowerBound - 256)..<pair.key.lowerBound)
          || bytes.holds(word, startingIn: pair.value.upperBound..<(pair.value.upperBound + 256))
      }
    isGuest =
      name.role == .password && (value.last == UInt8(ascii: "@") || ValueShape.isEmail(value))
      && bytes.holds("anonymous", startingIn: (pair.value.lowerBound - 256)..<(pair.value.upperBound + 256))
    isVariable =
      pair.form == .equals && pair.value.lowerBound == pair.key.upperBound + 1 && key.contains(where: \.isUpper)
      && !key.contains(where: \.isLower)
    isDirectory = Self.isDirectory(value, of: key)
    isInCookie =
      (name.isSessionNumber || name.isCookieOnly)
      && bytes.holds("cookie", startingIn: (pair.key.lowerBound - 256)..<pair.key.lowerBound)
    after = bytes.copy(pair.value.upperBound..<(pair.value.upperBound + 48))
    isUsage = Self.isUsage(pair, value, before: after, in: bytes)
    isCounted = !pair.isQuoted && Self.isCounted(pair, value, in: bytes)
    isKeyQuoted = bytes[pair.key.lowerBound - 1].isQuote && pair.key.upperBound < pair.value.lowerBound
    isStatement =
      key.starts(with: "self.".utf8) || key.starts(with: "this.".utf8)
      || bytes.holds("const ", at: pair.key.lowerBound - 6) || bytes.holds("let ", at: pair.key.lowerBound - 4)
      || bytes.holds("var ", at: pair.key.lowerBound - 4)
    isNameInCall =
      pair.form == .option && pair.isQuoted && bytes[pair.value.lowerBound - 2] == UInt8(ascii: "(")
      && value.allSatisfy { $0.isUpper || $0 == 0x5F } && after.dropFirst().first == UInt8(ascii: ",")
    isInMachineCode = Self.isInMachineCode(pair, value, key, in: bytes)
    isMark = !pair.isQuoted && (pair.form == .colon || pair.form == .item) && Self.isMark(value, before: after)
  }

  private static func value(of pair: KeyValue, in bytes: ByteView) -> [UInt8] {
    let value = ValueShape.unescaped(bytes.copy(pair.value))
    guard pair.isEncoded, let text = BinaryText.base64(value) else { return value }
    let trimmed = text.last == 0x0A ? text.dropLast() : text[...]
    return trimmed.allSatisfy { (0x20..<0x7F).contains($0) } ? Array(trimmed) : value
  }

  /// Whether an option and a word are followed by more text, which two blanks or more set apart: before the word, or behind one that
  /// stands for a value.
  private static func isUsage(_ pair: KeyValue, _ value: [UInt8], before after: [UInt8], in bytes: ByteView) -> Bool {
    guard pair.form == .option || pair.form == .equals, !pair.isQuoted, !value.isEmpty,
      bytes[pair.key.lowerBound - 1] == UInt8(ascii: "-")
    else { return false }
    let isWord = value.allSatisfy { $0.isLetter || $0 >= 0x80 || $0 == UInt8(ascii: "-") }
    let stands = !value.contains { $0.isLower || !$0.isPathByte && $0 != UInt8(ascii: "=") || $0.isDigit }
    guard isWord || stands else { return false }
    let gap = after.prefix(while: \.isBlank).count
    guard gap > 0, gap < after.count, after[gap].isLetter || after[gap] >= 0x80 else { return false }
    let isApart = (pair.key.upperBound..<pair.value.lowerBound).count { bytes[$0].isBlank } > 1
    return isWord && isApart || stands && gap > 1
  }

  /// Whether the numbers next to a number stand before and behind it.
  private static func isCounted(_ pair: KeyValue, _ value: [UInt8], in bytes: ByteView) -> Bool {
    guard (2...9).contains(value.count), value.allSatisfy(\.isDigit) else { return false }
    let number = value.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    func numbers(_ range: Range<Int>) -> [Int] {
      bytes.copy(range).split { !$0.isDigit }.filter { $0.count <= 9 }.map { $0.reduce(0) { $0 * 10 + Int($1 - 0x30) } }
    }
    return numbers((pair.key.lowerBound - 64)..<pair.key.lowerBound).contains(number - 1)
      && numbers(pair.value.upperBound..<(pair.value.upperBound + 64)).contains(number + 1)
  }

  /// Whether the value is the start of a piece of a program: a call or an index whose first string stands behind it, a map, what a
  /// shell runs.
  var isOfProgram: Bool {
    if pair.isQuoted { return isRun }
    let next = after.drop { $0 == UInt8(ascii: "\\") }.first ?? 0
    if next.isQuote, Self.leadsToString(value, next) { return true }
    if value.first == UInt8(ascii: "{"), value.last == UInt8(ascii: ":"), value.count > 2 { return true }
    return false
  }

  /// Whether what stands before a quote is no value but leads to the string behind it: `get(`, `data[`, `name ??`, `line.split(b`, or holds
  /// another one, `data['name`.
  private static func leadsToString(_ value: [UInt8], _ quote: UInt8) -> Bool {
    func opens(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "(") || byte == UInt8(ascii: "[") }
    guard let last = value.last else { return false }
    let hasPrefix = value.count > 2 && "bfru".utf8.contains(last) && opens(value[value.count - 2])
    if opens(last) || hasPrefix { return true }
    if ["??", "===", "||", "&&"].contains(where: { value.suffix($0.utf8.count).elementsEqual($0.utf8) }) {
      return true
    }
    return zip(value, value.dropFirst()).contains { opens($0) && $1 == quote }
  }

  /// Whether a shell runs it for its output: ``KEY=`cat file` ``.
  private var isRun: Bool {
    after.first == UInt8(ascii: "`") && value.contains(0x20) && pair.form == .equals
      && pair.value.lowerBound == pair.key.upperBound + 2
  }

  /// Whether neither the value is text nor what is around it: control characters stand near a value that is no UTF-8, and a name
  /// so short that chance makes it.
  private static func isInMachineCode(
    _ pair: KeyValue, _ value: [UInt8], _ key: [UInt8], in bytes: ByteView
  ) -> Bool {
    guard !ValueShape.isUTF8(value), key.count <= 4 || !ValueShape.isUTF8(key) else { return false }
    let controls = bytes.copy((pair.key.lowerBound - 32)..<(pair.value.upperBound + 48)).count { byte in
      byte < 0x20 && byte > 0 && ![0x09, 0x0A, 0x0C, 0x0D, 0x1B].contains(byte)
    }
    return controls >= 2
  }

  /// Whether brackets around words stand in the place of a value: `(sensitive value)`, `(known after apply)`.
  var isNote: Bool {
    guard !pair.isQuoted, value.first == UInt8(ascii: "("), value.count > 2 else { return false }
    let text = value + after
    guard let end = text.firstIndex(of: UInt8(ascii: ")")), end + 1 == text.count || text[end + 1].isSpace else {
      return false
    }
    return text[1..<end].allSatisfy { $0.isLetter || $0 == 0x20 || $0 == UInt8(ascii: "-") }
      && text[1..<end].contains(0x20)
  }

  /// The value with what follows on its line where it is not quoted: words of which it is the first.
  var phrase: [UInt8] {
    guard !pair.isQuoted, after.first == 0x20 else { return value }
    let rest = after.prefix { $0 >= 0x20 && !$0.isQuote && $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: "\\") }
    return value + rest
  }

  /// Whether nothing but the name of an anchor stands behind `*`, or that of a tag with something to be tagged behind `!`.
  private static func isMark(_ value: [UInt8], before after: [UInt8]) -> Bool {
    guard let first = value.first, value.count > 1 else { return false }
    let name = value.dropFirst()
    if first == UInt8(ascii: "*") { return name.allSatisfy { $0.isLetter || $0 == 0x5F || $0 == 0x2D } }
    guard first == UInt8(ascii: "!"), name.allSatisfy({ $0.isPathByte || $0 == UInt8(ascii: "!") }),
      let next = after.drop(while: \.isBlank).first, after[0].isBlank
    else { return false }
    return !next.isSpace && next != UInt8(ascii: "#")
  }

  /// Whether a key is that of the shell's directory and its value an absolute path; a lone part of it must be a word.
  private static func isDirectory(_ value: [UInt8], of key: [UInt8]) -> Bool {
    guard ["pwd", "oldpwd"].contains(NameWord(key)) else { return false }
    let isOnDrive = value.count > 2 && value[0].isLetter && value[1] == UInt8(ascii: ":")
    let path = isOnDrive ? value.dropFirst(2) : value[...]
    guard let first = path.first, first == UInt8(ascii: "/") || isOnDrive && first == UInt8(ascii: "\\") else {
      return false
    }
    let parts = path.split { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") }
    let isVariable = key.allSatisfy(\.isUpper)
    return isVariable && parts.count != 1 || ValueShape.isPath([UInt8(ascii: "/")] + parts.joined(separator: "/".utf8))
  }

  /// Whether the value may be a piece of a program: it is not quoted, nor does it stand within a quoted string.
  var mayBeExpression: Bool {
    let isJoined = pair.form == .query || pair.form == .user || pair.form == .option || pair.form == .element
    guard isCode || isStatement, !pair.isQuoted, !isJoined else { return false }
    guard let next = after.first, !next.isQuote, next != UInt8(ascii: "\\") || isStatement else {
      return after.isEmpty
    }
    // A string of settings goes on: another name and its sign follow.
    let rest = after.dropFirst().drop { $0.isNameByte }
    return !(next == 0x20 && rest.first == UInt8(ascii: "=")) || value.contains(UInt8(ascii: "{"))
  }

  /// Whether this is a PIN: a few digits under a name that says so, rather than the pin of a plug.
  var isPIN: Bool {
    name.role == .password && (4...8).contains(value.count) && value.allSatisfy(\.isDigit)
      && KeyName.plainWords(key).contains { $0 == "pin" || $0 == "pincode" }
  }

  /// Whether the pair stands in a file of settings or records, in which a key is a key.
  var isGoverned: Bool {
    guard !isCode, !isDocument else { return false }
    switch pair.form {
    case .equals, .colon, .element, .pair, .item: return true
    case .arrow, .comparison, .argument, .call, .option, .cell, .column, .member, .query, .user: return false
    }
  }

  /// Whether what is listed may be the names of secrets: `secrets:` above `- name`, a column of a table.
  var isListOfNames: Bool {
    pair.form == .item && name.isPlural && name.role == .secret || pair.form == .column && name.role != .password
  }

  /// Whether the value is nothing but a word behind `is`: `the password is rotated weekly`.
  var isWordOfText: Bool {
    guard pair.form == .comparison, !pair.isQuoted, !value.contains(where: { !$0.isLetter && $0 < 0x80 }) else {
      return false
    }
    return !value.dropFirst().contains(where: \.isUpper) || value.allSatisfy(\.isUpper)
  }

  /// Whether the value is a word of running text: `the password is kept elsewhere`.
  var isProse: Bool {
    if pair.form == .comparison { return !pair.isQuoted }
    let mayBeText = pair.form == .colon || pair.form == .option || pair.form == .cell || pair.form == .column
    guard !pair.isQuoted, mayBeText else { return false }
    let next = after.drop(while: \.isBlank)
    return next.count < after.count && next.first.map(\.isLetter) ?? false
  }
}
