import Rules

// SAFETY: every buffer is a piece of the detector's window, which does not move while a match is judged; indices are
// below its count.
/// Tells values that cannot be secrets. Used under policy `code` only.
///
/// No word is ever looked for inside a value: a random token may spell `test` or `null`. Only a value that as a whole is a
/// reference, a filler or the name of a thing is let go.
enum ValueFilter {
  /// Why the value cannot be a secret, `nil` where it may be one.
  ///
  /// - Parameters:
  ///   - value: the secret.
  ///   - prefix: length of the literal prefix every secret of the rule has; it says nothing about the rest.
  ///   - before: what the match holds before the secret.
  static func reason(
    for value: UnsafeRawBufferPointer, prefix: Int,
    before: UnsafeRawBufferPointer = unsafe UnsafeRawBufferPointer(start: nil, count: 0)
  ) -> DropReason? {
    if unsafe isReference(value) { return .reference }
    // SAFETY: the range is cut to the value's own.
    let rest = unsafe UnsafeRawBufferPointer(rebasing: value[min(prefix, value.count)...])
    if unsafe isFiller(rest) { return .filler }
    if unsafe isPlaceholder(value) || isNamedAfterUser(value, before) { return .placeholder }
    return nil
  }

  /// `${…}`, `$(…)`, `$NAME`, `{{…}}`, `{name}`, `%NAME%`, `%(name)s`, `<a name>`, `[name]`: the whole value.
  static func isReference(_ value: UnsafeRawBufferPointer) -> Bool {
    guard value.count >= 2 else { return false }
    let first = unsafe value[0]
    let second = unsafe value[1]
    let last = unsafe value[value.count - 1]
    let inner = unsafe UnsafeRawBufferPointer(rebasing: value[1..<(value.count - 1)])
    switch first {
    case UInt8(ascii: "$"):
      if second == UInt8(ascii: "{") { return last == UInt8(ascii: "}") }
      if second == UInt8(ascii: "(") { return last == UInt8(ascii: ")") }
      // A shell variable is written in one case; `$Ab3…` may be a password.
      let name = unsafe value.dropFirst()
      let isUpperName = unsafe name.allSatisfy { $0 == 0x5F || isUpper($0) || isDigit($0) }
      let isLowerName = unsafe name.allSatisfy { $0 == 0x5F || isLower($0) }
      return isUpperName && !isDigit(second) || isLowerName
    case UInt8(ascii: "{"):
      let isDouble = unsafe value.count > 4 && second == first && value[value.count - 2] == last
      return unsafe last == UInt8(ascii: "}") && (isDouble || isName(inner))
    case UInt8(ascii: "<"):
      return unsafe last == UInt8(ascii: ">") && (second == UInt8(ascii: "%") || isName(inner))
    case UInt8(ascii: "["): return unsafe last == UInt8(ascii: "]") && isName(inner)
    case UInt8(ascii: "%"):
      if value.count == 2 { return isLower(second) }
      let isFormat = second == UInt8(ascii: "(") && last == UInt8(ascii: "s")
      return unsafe isFormat || last == UInt8(ascii: "%") && isName(inner)
    default: return false
    }
  }

  /// Whether this is written as names are: words of letters, their case changing only where another word starts, with
  /// numbers of up to three digits.
  private static func isName(_ value: UnsafeRawBufferPointer) -> Bool {
    let words = unsafe Array(value).split(whereSeparator: nameSeparators.contains).map { Array($0) }
    return !words.isEmpty && words.allSatisfy(isNameWord)
  }

  private static func isNameWord(_ word: [UInt8]) -> Bool {
    let digits = word.reversed().prefix(while: isDigit).count
    let letters = word.dropLast(digits)
    guard digits <= 3, letters.allSatisfy({ isLower($0 | 0x20) }) else { return false }
    if letters.allSatisfy(isLower) || letters.allSatisfy(isUpper) { return true }
    // Each capital starts a word of at least three letters.
    var length = isLower(letters[0]) ? 3 : 0
    for letter in letters {
      if isUpper(letter), length > 0, length < 3 { return false }
      length = isUpper(letter) ? 1 : length + 1
    }
    return length >= 3
  }

  private static let nameSeparators = ByteSet("_-.:/| ".utf8)

  /// At most two different bytes, a mask nearly all along, a few bytes again and again, or bytes that count up or down.
  ///
  /// Each of these is a property of the whole value that chance does not give a random one.
  static func isFiller(_ value: UnsafeRawBufferPointer) -> Bool {
    let count = value.count
    guard count >= 6 else { return unsafe count >= 3 && value.allSatisfy { unsafe $0 == value[0] } }
    if unsafe isOfTwoBytes(value) || isMasked(value) || holdsRun(value) { return true }
    for period in 3...4 where count >= 3 * period {
      let isPeriodic = (period..<count).allSatisfy { unsafe value[$0] == value[$0 - period] }
      if isPeriodic { return true }
    }
    return unsafe isSequence(value)
  }

  /// Whether no byte is neither the first one nor the first that differs from it.
  private static func isOfTwoBytes(_ value: UnsafeRawBufferPointer) -> Bool {
    let first = unsafe value[0]
    guard let second = unsafe value.first(where: { $0 != first }) else { return true }
    return unsafe value.allSatisfy { $0 == first || $0 == second }
  }

  /// Bytes people write for what they do not tell.
  private static let masks = ByteSet("xX*#.?".utf8)

  /// Whether masks hide the value or most of it: `ab****yz`, `glpat-XXXXXXXXXX`, `xxxx-xxxx-xxxx`.
  private static func isMasked(_ value: UnsafeRawBufferPointer) -> Bool {
    var masked = 0
    var run = 0
    var longest = 0
    var longestMarks = 0
    var longestAsterisks = 0
    for index in 0..<value.count {
      let byte = unsafe value[index]
      let isMask = masks.contains(byte)
      masked += isMask ? 1 : 0
      run = isMask ? (unsafe index > 0 && value[index - 1] == byte ? run + 1 : 1) : 0
      longest = max(longest, run)
      if !isLower(byte | 0x20) { longestMarks = max(longestMarks, run) }
      if byte == UInt8(ascii: "*") { longestAsterisks = max(longestAsterisks, run) }
    }
    return longestAsterisks >= 4 || longestMarks >= 8 || longest >= max(8, value.count / 3)
      || value.count >= 9 && 4 * masked >= 3 * value.count
  }

  /// Whether somebody made a token up: bytes in a row that count, ten where all are hex digits and eight else; or one byte
  /// again and again over half of a long value. By chance a token of 40 bytes counts so far once in 10^8 at most.
  private static func holdsRun(_ value: UnsafeRawBufferPointer) -> Bool {
    guard value.count >= 20 else { return false }
    let isHex = unsafe value.allSatisfy { isDigit($0) || (0x61...0x66).contains($0 | 0x20) || $0 == 0x2D }
    let most = isHex ? 10 : 8
    var (up, down, same) = (1, 1, 1)
    for index in 1..<value.count {
      let step = unsafe Int(value[index]) - Int(value[index - 1])
      up = step == 1 ? up + 1 : 1
      down = step == -1 ? down + 1 : 1
      same = step == 0 ? same + 1 : 1
      if max(up, down) >= most || value.count >= 32 && same * 2 >= value.count { return true }
    }
    return false
  }

  /// Whether nearly every byte follows the one before it by the same step of one: `abcdef…`, `0123456789012…`.
  private static func isSequence(_ value: UnsafeRawBufferPointer) -> Bool {
    var up = 0
    var down = 0
    for index in 1..<value.count {
      let step = unsafe Int(value[index]) - Int(value[index - 1])
      if step == 1 { up += 1 }
      if step == -1 { down += 1 }
    }
    // One break in eight: where an alphabet starts again, or letters follow digits.
    let breaks = value.count / 8 + 1
    return max(up, down) >= value.count - 1 - breaks
  }

  /// Whether the whole value is the name of what should stand there: words, and not mostly marks.
  static func isPlaceholder(_ value: UnsafeRawBufferPointer) -> Bool {
    guard (1...40).contains(value.count) else { return false }
    let text = unsafe Array(value)
    let words = text.split { !isLower($0) && !isUpper($0) && !isDigit($0) }
    guard let last = words.last else { return text.allSatisfy { $0 == text[0] } }
    if words.count > 1, unsafe isConstant(value), nouns.contains(NameWord(last)) { return true }
    return words.reduce(0) { $0 + $1.count } * 2 >= text.count && words.allSatisfy { names.contains(NameWord($0)) }
  }

  /// Whether the secret is the user's name once more, as in `//admin:admin@`.
  ///
  /// - Parameter before: what stands before the secret, the user's name and a colon at its end.
  static func isNamedAfterUser(_ value: UnsafeRawBufferPointer, _ before: UnsafeRawBufferPointer) -> Bool {
    let start = before.count - value.count - 2
    guard value.count > 0, start >= 0, unsafe before[before.count - 1] == UInt8(ascii: ":") else { return false }
    let border = unsafe before[start]
    guard border == UInt8(ascii: "/") || border <= 0x20 else { return false }
    return unsafe before[(start + 1)...].prefix(value.count).elementsEqual(value)
  }

  /// Whether this is written as constants and variables of the environment are: `REGISTRY_PASSWORD`.
  private static func isConstant(_ value: UnsafeRawBufferPointer) -> Bool {
    unsafe value.allSatisfy { isUpper($0) || $0 == 0x5F }
  }

  /// Words with which the names of secrets end.
  private static let nouns: NameWords = ["password", "passwd", "pass", "token", "secret", "key", "credentials"]

  /// Words of which nothing but placeholders is made.
  private static let names: NameWords = [
    "a", "access", "account", "actual", "add", "admin", "an", "api", "apikey", "app", "auth", "bar", "basic", "baz",
    "bearer", "change", "changeit", "changeme", "client", "code", "credential", "credentials", "database", "db",
    "default", "dummy", "enter", "example", "fake", "foo", "foobar", "goes", "guest", "here", "hidden", "id", "in",
    "insert", "it", "key", "me", "mongo", "mongodb", "my", "mypass", "mypassword", "mysql", "name", "new", "no",
    "none", "null", "of", "pass", "passwd", "password", "placeholder", "postgres", "private", "pw", "pwd", "rabbitmq",
    "real", "redacted", "redis", "removed", "replace", "root", "sample", "secret", "set", "some", "test", "text",
    "the", "this", "to", "todo", "token", "undefined", "url", "use", "user", "username", "value", "with", "x", "xx",
    "xxx", "xxxx", "xxxxx", "xxxxxx", "xxxxxxxx", "yes", "you", "your", "yours",
  ]

  private static func isUpper(_ byte: UInt8) -> Bool { byte >= 0x41 && byte <= 0x5A }
  private static func isLower(_ byte: UInt8) -> Bool { byte >= 0x61 && byte <= 0x7A }
  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
}
