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
    for value: UnsafeRawBufferPointer, prefix: Int, before: UnsafeRawBufferPointer
  ) -> DropReason? {
    if unsafe isReference(value) { return .reference }
    // SAFETY: the range is cut to the value's own.
    let rest = unsafe UnsafeRawBufferPointer(rebasing: value[min(prefix, value.count)...])
    if unsafe isFiller(rest) { return .filler }
    if unsafe isPlaceholder(value) || isNamedAfterUser(value, before) { return .placeholder }
    return nil
  }

  /// `${…}`, `$(…)`, `$NAME`, `{{…}}`, `{name}`, `%NAME%`, `%(name)s`, `<…>`, `[…]`: the whole value.
  static func isReference(_ value: UnsafeRawBufferPointer) -> Bool {
    guard value.count >= 2 else { return false }
    let first = unsafe value[0]
    let second = unsafe value[1]
    let last = unsafe value[value.count - 1]
    switch first {
    case UInt8(ascii: "$"):
      if second == UInt8(ascii: "{") { return last == UInt8(ascii: "}") }
      if second == UInt8(ascii: "(") { return last == UInt8(ascii: ")") }
      // A shell variable is written in one case; `$Ab3…` may be a password.
      let name = unsafe value.dropFirst()
      let isUpperName = unsafe name.allSatisfy { $0 == 0x5F || isUpper($0) || isDigit($0) }
      let isLowerName = unsafe name.allSatisfy { $0 == 0x5F || isLower($0) }
      return isUpperName && !isDigit(second) || isLowerName
    case UInt8(ascii: "{"): return last == UInt8(ascii: "}")
    case UInt8(ascii: "<"): return last == UInt8(ascii: ">")
    case UInt8(ascii: "["): return last == UInt8(ascii: "]") && value.count > 2
    case UInt8(ascii: "%"):
      if value.count == 2 { return isLower(second) }
      return last == UInt8(ascii: "%") || second == UInt8(ascii: "(") && last == UInt8(ascii: "s")
    default: return false
    }
  }

  /// At most two different bytes, mostly one byte after itself, a few bytes again and again, bytes that count up or down
  /// all along, or a value of which asterisks hide a part.
  ///
  /// Each of these is a property of the whole value that chance does not give a random one.
  static func isFiller(_ value: UnsafeRawBufferPointer) -> Bool {
    let count = value.count
    guard count >= 6 else { return unsafe count >= 3 && Set(value).count == 1 }
    if unsafe Set(value).count < 3 { return true }
    var same = 0
    var run = 1
    var longest = 1
    var asterisks = 0
    for index in 1..<count {
      let isSame = unsafe value[index] == value[index - 1]
      same += isSame ? 1 : 0
      run = isSame ? run + 1 : 1
      longest = max(longest, run)
      if unsafe value[index] == UInt8(ascii: "*") { asterisks = max(asterisks, run) }
    }
    if asterisks >= 4 || count >= 9 && 3 * same >= 2 * (count - 1) || longest >= max(8, count / 3) { return true }
    for period in 3...8 where count >= 3 * period {
      if (period..<count).allSatisfy({ unsafe value[$0] == value[$0 - period] }) { return true }
    }
    return unsafe isSequence(value)
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

  /// Whether the whole value is the name of what should stand there.
  static func isPlaceholder(_ value: UnsafeRawBufferPointer) -> Bool {
    guard (1...40).contains(value.count) else { return false }
    let text = unsafe value.map { isUpper($0) ? $0 | 0x20 : $0 }
    let words = text.split { !isLower($0) && !isDigit($0) }.map { String(decoding: $0, as: UTF8.self) }
    return words.isEmpty ? Set(text).count == 1 : words.allSatisfy(names.contains)
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

  /// Words of which nothing but placeholders is made.
  private static let names: Set<String> = [
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
