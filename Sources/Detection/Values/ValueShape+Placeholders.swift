import Rules

extension ValueShape {
  /// What stands for a value kept elsewhere: `${VAR}`, `{{ name }}`, `vault:…`, `secrets.X`, `env.X`.
  static func isReference(_ value: [UInt8]) -> Bool {
    // SAFETY: the bytes are read within the call only.
    if unsafe value.withUnsafeBytes({ unsafe ValueFilter.isReference($0) }) { return true }
    if references.begin(value, isMore: true) || isSealed(value) { return true }
    // `\$VAR`, in a script that writes a script.
    if value.starts(with: "\\$".utf8), value.count > 3, value.dropFirst(2).allSatisfy({ $0.isUpper || $0 == 0x5F }) {
      return true
    }
    return holdsInterpolation(value)
  }

  private static let references = Beginnings([
    "vault:", "secret:", "secrets.", "secrets:", "env:", "env.", "env(", "ENV[", "ENV.", "ENV(", "process.env",
    "os.environ",
    "os.getenv", "getenv(", "import.meta", "op://", "ssm:", "aws:", "arn:aws:secretsmanager", "gcp:", "sm://", "azure:",
    "keyvault:",
    "@Microsoft.KeyVault(", "ENC[", "ENC(", "{cipher}", "!vault", "!ref", "!Ref", "!Sub", "!GetAtt", "file:", "var.",
    "local.",
    "data.",
    "module.", "config.", "settings.", "self.", "this.", "%env(", "$ANSIBLE_VAULT", "${", "$(", "{{", "<%", "#{", "@{",
    "@@",
    "$env:", "$_ENV", "$_SERVER", "resolve:", "/run/secrets/", "stdin", "prompt:", "fd:", "secret/", "kv/",
  ])

  /// Whether a name is filled in somewhere in the value: `${x}`, `#{x}`, `{{ x }}`, `%(x)s`, `%s`, `{0}`, `\(x)`, `$x`.
  private static func holdsInterpolation(_ value: [UInt8]) -> Bool {
    for index in value.indices {
      let next = index + 1 < value.count ? value[index + 1] : 0
      switch value[index] {
      case UInt8(ascii: "$"), UInt8(ascii: "#"):
        if next == UInt8(ascii: "{"), isName(value, from: index + 2, until: UInt8(ascii: "}")) { return true }
      case UInt8(ascii: "{"):
        if next == UInt8(ascii: "{"), isTemplate(value, from: index + 2) { return true }
        // One letter in braces may be part of a password.
        if next.isDigit || value.count > index + 2 && value[index + 2] != UInt8(ascii: "}"),
          isName(value, from: index + 1, until: UInt8(ascii: "}"))
        {
          return true
        }
      case UInt8(ascii: "%"):
        if next == UInt8(ascii: "("), isName(value, from: index + 2, until: UInt8(ascii: ")")) { return true }
        let isVerb =
          next == UInt8(ascii: "s") || next == UInt8(ascii: "d") || next == UInt8(ascii: "v")
          || next == UInt8(ascii: "@")
        if isVerb, index + 2 >= value.count || !value[index + 2].isAlphanumeric { return true }
      case UInt8(ascii: "\\"):
        if next == UInt8(ascii: "("), isName(value, from: index + 2, until: UInt8(ascii: ")")) { return true }
      default: break
      }
    }
    return false
  }

  private static let templateBytes = ByteSet(":|=<>/+-,.()'\"$%".utf8)

  /// Whether something that may be filled in stands up to `}}`.
  private static func isTemplate(_ value: [UInt8], from start: Int) -> Bool {
    var index = start
    while index < value.count, value[index].isNameByte || value[index].isBlank || templateBytes.contains(value[index]) {
      index += 1
    }
    return index + 1 < value.count && value[index] == UInt8(ascii: "}") && value[index + 1] == UInt8(ascii: "}")
  }

  /// Whether names, dots, blanks and numbers stand up to a closing byte.
  private static func isName(_ value: [UInt8], from start: Int, until close: UInt8) -> Bool {
    var index = start
    while index < value.count, value[index].isPathByte || value[index].isBlank { index += 1 }
    return index > start && index < value.count && value[index] == close
  }

  /// Whether the value is the name of a type, or a literal without content: `string`, `None`, `true`.
  static func isTypeName(_ value: [UInt8]) -> Bool {
    typeNames.contains(NameWord(value))
  }

  private static let typeNames: NameWords = [
    "string", "str", "int", "int32", "int64", "integer", "number", "float", "double", "bool", "boolean", "bytes",
    "byte", "char",
    "varchar", "text", "object", "any", "void", "null", "nil", "none", "undefined", "true", "false", "yes", "no", "on",
    "off",
    "optional", "required", "secretstr", "securestring", "self", "this", "super", "uuid", "array", "list", "map",
    "dict", "type",
    "field", "const", "var", "let", "new", "return", "func", "function", "default", "auto", "[]byte", "*string",
    "string?",
    "nan", "unknown", "never", "write", "inherit", "string!", "id!", "[]", "{}", "uint8array", "bytearray", "n/a", "na",
    "tbd", "empty", "blank", "basic", "bearer", "digest", "password", "token",
    "apikey", "aes128", "aes256",
  ]

  /// Whether the value as a whole is filler: few bytes again and again, counting, a mask.
  static func isFiller(_ value: [UInt8]) -> Bool {
    // SAFETY: the bytes are read within the call only.
    unsafe value.withUnsafeBytes { unsafe ValueFilter.isFiller($0) }
  }

  /// Whether somebody took the value away and shows that: `****`, `[REDACTED]`, `<redacted>`, `xxxxxxxx`.
  static func isRedacted(_ value: [UInt8]) -> Bool {
    let masks = value.count { $0 == UInt8(ascii: "*") || $0 | 0x20 == UInt8(ascii: "x") || $0 == UInt8(ascii: "#") }
    if value.count >= 3, masks == value.count || value.count >= 6 && masks * 4 >= value.count * 3 { return true }
    if value.split(whereSeparator: { $0 != UInt8(ascii: "*") }).contains(where: { $0.count >= 4 }) { return true }
    if value.starts(with: "***".utf8) || value.suffix(3).elementsEqual("***".utf8) { return true }
    if isEscapedMark(value) { return true }
    let words = KeyName.plainWords(value)
    return words.contains("redacted") || words.contains("filtered") && words.count == 1 || words.contains("masked")
      || words.contains("hidden") && words.count == 1
  }

  /// `%5BFILTERED%5D`, as a form sends what somebody put in brackets in place of a value.
  static func isEscapedMark(_ value: [UInt8]) -> Bool {
    value.starts(with: "%5B".utf8) && value.suffix(3).elementsEqual("%5D".utf8)
      && value.dropFirst(3).dropLast(3).allSatisfy { $0.isUpper || $0 == 0x5F }
  }

  /// What is put where a value should stand: the name of one, `your-token-here`, `<api key>`, `changeme123`.
  static func isPlaceholder(_ value: [UInt8], _ wording: @autoclosure () -> Wording) -> Bool {
    // SAFETY: the bytes are read within the call only.
    if unsafe value.withUnsafeBytes({ unsafe ValueFilter.isPlaceholder($0) }) { return true }
    if isElided(value) { return true }
    guard wording().coverage > 0.8 else { return false }
    if isBracketed(value) { return true }
    let words = KeyName.plainWords(value)
    return words.contains(where: placeholderMarks.contains)
      && words.allSatisfy { !$0.isNumber || $0.count <= 4 }
  }

  /// What says of itself that it stands for a value, `<api key>`, `your-token`, `changeme`, `DB_PASSWORD`: not any word that
  /// is a bad password.
  static func isStandIn(_ value: [UInt8], _ wording: @autoclosure () -> Wording) -> Bool {
    if isElided(value) || value.count >= 3 && value.allSatisfy({ $0 == value[0] && !$0.isAlphanumeric }) { return true }
    let words = KeyName.plainWords(value)
    if isConstant(value), let last = words.last, KeyLexicon.nouns[last] != nil { return true }
    if !words.isEmpty, words.allSatisfy({ placeholderMarks.contains($0) && !jokeWords.contains($0) }) { return true }
    guard wording().coverage > 0.8, !isEmail(value) else { return false }
    if isBracketed(value) { return true }
    return words.contains { placeholderMarks.contains($0) && !jokeWords.contains($0) }
      && words.allSatisfy { !$0.isNumber || $0.count <= 4 }
  }

  /// Words that stand for anything, and as well for a password nobody thought about.
  private static let jokeWords: NameWords = ["foo", "foobar", "lorem"]

  /// `hf_...`, `sk-...abcd`, `abc…xyz`, `sk_live_`: part of it is left out.
  private static func isElided(_ value: [UInt8]) -> Bool {
    if value.suffix(3).elementsEqual("...".utf8) { return true }
    if let dash = value.firstIndex(where: { $0 == 0x2D || $0 == 0x5F }), value.count < 24,
      value[..<dash].allSatisfy(\.isAlphanumeric), value[(dash + 1)...].starts(with: "...".utf8)
    {
      return true
    }
    if let last = value.last, last == 0x2D || last == 0x5F, value.count < 16, value[0].isLower,
      value.allSatisfy({ $0.isLower || $0.isDigit || $0 == 0x2D || $0 == 0x5F })
    {
      return true
    }
    return value.indices.dropLast(2).contains {
      value[$0] == 0xE2 && value[$0 + 1] == 0x80 && value[$0 + 2] == 0xA6
    }
  }

  /// What stands before dots at the end, where letters and digits make a value of it by itself: who shortens text does not ask what
  /// it is in the middle of. What begins as tokens of a kind do is a beginning shown, and stays as it is.
  static func withoutEllipsis(_ value: [UInt8], isPassword: Bool) -> [UInt8] {
    var rest = value[...]
    if rest.suffix(3).elementsEqual("…".utf8) {
      rest = rest.dropLast(3)
    } else if rest.suffix(3).elementsEqual("...".utf8) {
      while rest.last == UInt8(ascii: ".") { rest = rest.dropLast() }
    } else {
      return value
    }
    guard rest.count >= 6, rest.contains(where: \.isLetter), rest.contains(where: \.isDigit) else { return value }
    let kind = rest.prefix(while: \.isAlphanumeric)
    let isOfKind = !isPassword && kind.count <= 12 && kind.count < rest.count || tokenBeginnings.begin(value)
    return isOfKind ? value : Array(rest)
  }

  private static let tokenBeginnings = Beginnings(["eyJ", "AKIA", "ASIA", "AIza", "MII"])

  /// `<your token>`, `[password]`, `{token}`, `(secret)`.
  private static func isBracketed(_ value: [UInt8]) -> Bool {
    guard value.count > 2, let first = value.first, let last = value.last else { return false }
    switch first {
    case UInt8(ascii: "<"): return last == UInt8(ascii: ">")
    case UInt8(ascii: "["): return last == UInt8(ascii: "]")
    case UInt8(ascii: "("): return last == UInt8(ascii: ")")
    case UInt8(ascii: "{"): return last == UInt8(ascii: "}")
    default: return false
    }
  }

  /// Words that nobody writes who writes a value.
  private static let placeholderMarks: NameWords = [
    "your", "example", "sample", "changeme", "change", "changeit", "placeholder", "dummy", "fake", "mock", "redacted",
    "removed", "insert", "replace", "replaceme", "todo", "enter", "put", "here", "goes", "foo", "foobar", "masked",
    "omitted",
    "hidden", "sanitized", "lorem",
  ]
}
