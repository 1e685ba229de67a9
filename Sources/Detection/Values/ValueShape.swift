import Rules

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// What a value is by its form alone.
enum ValueShape {
  static func log2(_ number: Double) -> Double { number <= 1 ? 0 : log(number) / log(2) }

  /// Shannon entropy in bits per byte.
  static func entropy(_ value: [UInt8]) -> Double {
    // SAFETY: the bytes are read within the call only.
    unsafe value.withUnsafeBytes { unsafe Entropy.shannon($0) }
  }

  /// RFC 9562, section 4.
  static func isUUID(_ value: [UInt8]) -> Bool {
    guard value.count == 36 else { return false }
    return value.indices.allSatisfy { [8, 13, 18, 23].contains($0) ? value[$0] == 0x2D : value[$0].isHexDigit }
  }

  /// Letters of both cases, digits and the rest of an alphabet of RFC 4648, at least 16 of them.
  static func isBase64(_ value: [UInt8]) -> Bool {
    let body = value.drop(while: { _ in false }).prefix { $0 != UInt8(ascii: "=") }
    guard body.count >= 16, value.count - body.count <= 2,
      value[body.endIndex...].allSatisfy({ $0 == UInt8(ascii: "=") })
    else { return false }
    return body.allSatisfy { $0.isAlphanumeric || [0x2B, 0x2F, 0x2D, 0x5F].contains($0) }
      && body.contains(where: \.isUpper) && body.contains(where: \.isLower) && body.contains(where: \.isDigit)
  }

  /// Words joined by `_`, `-` or a change of case, as names are written.
  static func isName(_ value: [UInt8]) -> Bool {
    guard let first = value.first, first.isLetter || first == 0x5F, value.count >= 2 else { return false }
    guard value.allSatisfy({ $0.isAlphanumeric || $0 == 0x5F || $0 == 0x2D }) else { return false }
    return value.contains(0x5F) || value.contains(0x2D)
      || zip(value, value.dropFirst()).contains { $0.isLower && $1.isUpper }
  }

  /// `UPPER_CASE` of at least two words.
  static func isConstant(_ value: [UInt8]) -> Bool {
    value.count >= 4 && value[0].isUpper && value.contains(0x5F)
      && value.allSatisfy { $0.isUpper || $0.isDigit || $0 == 0x5F }
  }

  /// `a.b.c`, `a:b`, `a::b`: names in names.
  static func isDotted(_ value: [UInt8]) -> Bool {
    let parts = value.split(whereSeparator: { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ":") })
    return parts.count >= 2
      && parts.allSatisfy { part in
        part[part.startIndex].isLetter && part.allSatisfy { $0.isNameByte || $0 == 0x2D || $0 == UInt8(ascii: "/") }
      }
  }

  /// A path of a file system or a route: a slash first, or several with words between.
  static func isPath(_ value: [UInt8]) -> Bool {
    guard let first = value.first else { return false }
    let slashes = value.count { $0 == UInt8(ascii: "/") }
    let isRooted = first == UInt8(ascii: "/") || first == UInt8(ascii: "~") || first == UInt8(ascii: ".") && slashes > 0
    guard slashes > 0 else { return isFileName(value) }
    let words = value.split(separator: UInt8(ascii: "/"))
    return (isRooted || slashes >= 1)
      && words.allSatisfy { word in Wording(Array(word)).coverage > 0.5 || word.count < 4 }
  }

  /// A name with an ending that files of keys and settings have.
  private static func isFileName(_ value: [UInt8]) -> Bool {
    guard let dot = value.lastIndex(of: UInt8(ascii: ".")), dot > 0 else { return false }
    return fileEndings.contains(NameWord(value[(dot + 1)...]))
  }

  private static let fileEndings: NameWords = [
    "pem", "key", "crt", "cer", "pub", "json", "yml", "yaml", "txt", "p12", "pfx", "jks", "asc", "gpg", "env", "ini",
    "toml",
    "conf", "cfg", "xml", "properties", "log", "db", "html", "js", "ts", "py", "go", "rb", "php", "java", "md", "csv",
  ]

  /// Whether nothing but chance explains the value: printable bytes without blanks, letters and digits or letters of both
  /// cases, few of them in words.
  static func looksRandom(_ value: [UInt8], _ wording: Wording) -> Bool {
    guard value.count >= 12, !isUUID(value), value.allSatisfy({ (0x21...0x7E).contains($0) }), wording.coverage < 0.5
    else { return false }
    return value.contains(where: \.isLetter) && value.contains(where: \.isDigit)
      || mixesCase(value) && wording.surprise > 5.5
  }

  /// Whether letters of both cases stand in the value, and no `_` or `-`, which name kinds of identifiers.
  static func mixesCase(_ value: [UInt8]) -> Bool {
    value.contains(where: \.isUpper) && value.contains(where: \.isLower) && !value.contains(0x5F)
      && !value.contains(0x2D)
  }

  /// Whether letters and digits stand beside each other more than once, which numbered names and versions do not have.
  static func alternates(_ value: [UInt8]) -> Bool {
    zip(value, value.dropFirst()).count { $0.isLetter && $1.isDigit || $0.isDigit && $1.isLetter } > 1
  }

  static func isURL(_ value: [UInt8]) -> Bool {
    guard let colon = value.firstIndex(of: UInt8(ascii: ":")), colon > 0, value.count > colon + 3 else { return false }
    return value[..<colon].allSatisfy(\.isAlphanumeric) && value[colon + 1] == UInt8(ascii: "/")
      && value[colon + 2] == UInt8(ascii: "/")
  }

  /// At least three words with blanks between them, most of them ordinary.
  static func isSentence(_ value: [UInt8], _ wording: @autoclosure () -> Wording) -> Bool {
    value.count(where: \.isBlank) >= 2 && wording().coverage > 0.55
  }

  /// Nothing but signs of East Asian writing (UTF-8, U+3000 and up): passwords are typed without what writes these.
  static func isEastAsian(_ value: [UInt8]) -> Bool {
    !value.isEmpty && value.allSatisfy { (0x80..<0xC0).contains($0) || (0xE3...0xEF).contains($0) }
  }

  static func isVersion(_ value: [UInt8]) -> Bool {
    let body = value.drop { "^~<>=vV ".utf8.contains($0) }
    return body.contains(UInt8(ascii: ".")) && body.allSatisfy { $0.isDigit || $0 == UInt8(ascii: ".") }
  }

  static func isEmail(_ value: [UInt8]) -> Bool {
    let parts = value.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, let dot = parts[1].lastIndex(of: UInt8(ascii: ".")) else { return false }
    return parts[1].allSatisfy { $0.isAlphanumeric || $0 == 0x2D || $0 == 0x2E }
      && (2...6).contains(parts[1].endIndex - dot - 1)
      && parts[1][(dot + 1)...].allSatisfy(\.isLetter)
  }

  /// What is made to be seen: hashes of passwords, public keys, names of resources.
  static func isPublic(_ value: [UInt8]) -> Bool {
    isHash(value) || publicBeginnings.begin(value)
  }

  private static let publicBeginnings = Beginnings([
    "ssh-rsa ", "ssh-ed25519 ", "ecdsa-", "arn:", "-----BEGIN PUBLIC", "-----BEGIN CERT", "data:", "urn:", "uuid:",
    // Public keys as X.509 and SSH write them (RFC 5280, section 4.1.2.7; RFC 4253, section 6.6): elliptic curves, RSA, Ed25519.
    "MFkwEwYHKoZIzj0CAQ", "MHYwEAYHKoZIzj0CAQ", "MIGbMBAGByqGSM49AgEG", "MIGfMA0GCSqGSIb3DQEBAQUA",
    "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A",
    "MIICIjANBgkqhkiG9w0BAQEFAAOCAg8A", "MCowBQYDK2VwAyEA", "AAAAB3NzaC1yc2EAAAAD", "AAAAC3NzaC1lZDI1NTE5AAAAI",
    "AAAAE2VjZHNhLXNoYTIt",
  ])

  /// A password's hash in the formats of crypt(5), LDAP (RFC 2307), Django and others.
  static func isHash(_ value: [UInt8]) -> Bool {
    isCrypt(value) || hashBeginnings.begin(value)
  }

  /// `$id$parameters$salt$hash`, `$id$salt$hash` or `$id$` and a long hash: the name of a method, and the fewer pieces follow, the
  /// more they must be written as hashes and salts are. A password may begin with `$` and hold another.
  private static func isCrypt(_ value: [UInt8]) -> Bool {
    guard value.count > 12, value[0] == UInt8(ascii: "$"),
      let end = value[1...].prefix(17).firstIndex(of: UInt8(ascii: "$")), end > 1
    else { return false }
    let rest = value[(end + 1)...]
    guard value[1..<end].allSatisfy({ $0.isAlphanumeric || $0 == 0x2D }) else { return false }
    let marks = rest.count { $0 == UInt8(ascii: "$") }
    return marks >= 2
      || (marks == 1 || rest.count >= 16) && rest.allSatisfy { $0.isAlphanumeric || cryptMarks.contains($0) }
  }

  private static let cryptMarks = ByteSet("./+=$,-_*:@".utf8)

  private static let hashBeginnings = Beginnings([
    "{SHA", "{SSHA", "{CRYPT", "{MD5", "{SMD5", "{ARGON", "{PBKDF", "pbkdf2", "sha1$", "sha256$", "bcrypt",
    "argon2", "scrypt:", "md5$", "sha512$", "SCRAM-SHA", "sha1:", "sha256:", "sha512:",
  ])

  /// A number as programs write it: `4096`, `0x1F`, `1.5`, `14695981039346656037ULL`, `6px`.
  static func isNumber(_ value: [UInt8]) -> Bool {
    guard let first = value.first, first.isDigit || first == UInt8(ascii: "-") else { return false }
    if value.count > 2, value[1] | 0x20 == UInt8(ascii: "x") {
      return value[2...].allSatisfy { $0.isHexDigit || $0 == 0x5F }
    }
    let rest = value.dropFirst().drop { $0.isDigit || [0x2E, 0x2C, 0x5F].contains($0) }
    return rest.count <= 3 && rest.allSatisfy(\.isLetter)
  }

  /// `12345678`, `abcdefgh`, `aaaaaaaa`: nothing but counting.
  static func isSequence(_ value: [UInt8]) -> Bool {
    guard value.count >= 3 else { return false }
    // SAFETY: the bytes are read within the call only.
    if unsafe value.withUnsafeBytes({ unsafe ValueFilter.isFiller($0) }) { return true }
    let steps = zip(value, value.dropFirst()).count { Int($1) - Int($0) == 1 || $0 == $1 }
    return steps * 4 >= (value.count - 1) * 3
  }

  /// Seven letters of the alphabet in a row, as somebody writes who makes a token up: `abcdefg12346+FJQCK`. A password may be
  /// made so.
  static func holdsAlphabet(_ value: [UInt8]) -> Bool {
    var run = 1
    return zip(value, value.dropFirst()).contains {
      run = $0.isLetter && $1.isLetter && $1 == $0 + 1 ? run + 1 : 1
      return run == 7
    }
  }

  /// A pattern: `(?:…)`, `[^…]`, `\\s`, `[a-z]{1,8}`, `^[A-Z]+\\d*`.
  static func isPattern(_ value: [UInt8]) -> Bool {
    value.starts(with: "[\\s".utf8) || value.starts(with: "qr/".utf8) || holdsGroup(value) || holdsClass(value)
  }

  /// Whether a group that says what it is, a class closed again or a count behind one stands here: two marks alone meet by chance
  /// in one generated password of a hundred.
  private static func holdsGroup(_ value: [UInt8]) -> Bool {
    value.indices.dropLast(2).contains { index in
      let (one, two, three) = (value[index], value[index + 1], value[index + 2])
      switch (one, two) {
      case (UInt8(ascii: "("), UInt8(ascii: "?")): return groupKinds.contains(three)
      case (UInt8(ascii: "["), UInt8(ascii: "^")): return value[(index + 3)...].contains(UInt8(ascii: "]"))
      case (UInt8(ascii: "]"), UInt8(ascii: "{")): return three.isDigit
      default: return false
      }
    }
  }

  /// What stands behind `(?` (pcre2pattern(3)).
  private static let groupKinds = ByteSet(":=!<>#|Pimsx-".utf8)

  /// Whether a class of characters stands here that is taken again and again: `\\s*`, `\\w+`, `[0-9]+`, `[[:alnum:]`.
  private static func holdsClass(_ value: [UInt8]) -> Bool {
    let repeats = ByteSet("*+?{\\)".utf8)
    return value.indices.dropLast(2).contains { index in
      let (one, two, three) = (value[index], value[index + 1], value[index + 2])
      if one == UInt8(ascii: "\\"), repeats.contains(three) { return "sdwSDW".utf8.contains(two) }
      if one == UInt8(ascii: "["), two == UInt8(ascii: "[") { return three == UInt8(ascii: ":") }
      guard two == UInt8(ascii: "-"),
        one == UInt8(ascii: "a") && three | 0x20 == UInt8(ascii: "z")
          || one == UInt8(ascii: "A") && three == UInt8(ascii: "Z") || one == 0x30 && three == 0x39
      else { return false }
      guard value[..<index].contains(UInt8(ascii: "[")),
        let close = value[index...].firstIndex(of: UInt8(ascii: "]")), close + 1 < value.count
      else { return false }
      return repeats.contains(value[close + 1])
    }
  }

  /// A name, a call, an index or a member of something, as programs write them.
  static func isExpression(_ value: [UInt8]) -> Bool {
    guard let first = value.first,
      first.isLetter || [0x5F, 0x24, 0x40, 0x26, 0x2A, 0x21, 0x28, 0x5B, 0x7B].contains(first)
    else { return false }
    let isPlain = value.allSatisfy { $0.isNameByte || $0 == 0x2E }
    if isPlain { return true }
    if breaksBrackets(value) { return false }
    let hasCall = value.contains(UInt8(ascii: "(")) || value.contains(UInt8(ascii: "["))
    return hasCall || value.starts(with: [first, UInt8(ascii: ">")])
      || zip(value, value.dropFirst()).contains { $0 == 0x2D && $1 == 0x3E }
      || zip(value, value.dropFirst()).contains { $0 == 0x3A && $1 == 0x3A }
  }

  /// A call of something named as only programs name things: `rsa.newkeys(256)`, `hkdfSync(`.
  static func isCall(_ value: [UInt8]) -> Bool {
    guard let open = value.firstIndex(where: { $0 == UInt8(ascii: "(") || $0 == UInt8(ascii: "[") }), open >= 4 else {
      return false
    }
    let dots = value[..<open].count { $0 == 0x2E }
    let marks: [UInt8] = [UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: ","), UInt8(ascii: "["), 0x22, 0x27]
    guard dots > 1 || marks.contains(value[value.count - 1]) || value[(open + 1)...].first?.isQuote == true else {
      return false
    }
    let name = Array(value[..<open])
    return name.allSatisfy { $0.isNameByte || $0 == 0x2E } && (name[0].isLetter || name[0] == 0x5F)
      && (isName(name) || name.dropLast().contains(0x2E) || isCallOfCall(value[(open + 1)...]))
  }

  /// Whether what a call is given is a call or a member itself: `file(`, `data.vault.x[`.
  private static func isCallOfCall(_ given: ArraySlice<UInt8>) -> Bool {
    let name = given.prefix { $0.isNameByte || $0 == 0x2E }
    guard name.count >= 3, name.allSatisfy({ $0.isLower || $0 == 0x5F || $0 == 0x2E }), name.endIndex < given.endIndex
    else { return false }
    return given[name.endIndex] == UInt8(ascii: "(") || name.dropLast().contains(0x2E)
  }

  /// A name made of words, with a number or two at most: `created_at`, `DataIntegrationAssociations`, `kerberos-5-read-only`.
  static func isWordedName(_ value: [UInt8], _ wording: Wording) -> Bool {
    (wording.coverage > 0.6 || wording.surprise < 4.5) && value.count(where: \.isDigit) <= 2
      && value.allSatisfy { $0 < 0x80 && $0.isPathByte }
  }

  /// Whether a bracket is closed by another's like, `(]`: no program and no template is written so, cut off or not.
  static func breaksBrackets(_ value: [UInt8]) -> Bool {
    var open: [UInt8] = []
    for byte in value {
      switch byte {
      case UInt8(ascii: "("): open.append(UInt8(ascii: ")"))
      case UInt8(ascii: "["): open.append(UInt8(ascii: "]"))
      case UInt8(ascii: "{"): open.append(UInt8(ascii: "}"))
      case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
        if let expected = open.popLast(), expected != byte { return true }
      default: break
      }
    }
    return false
  }

  /// Whether a mark stands for a letter, as people make passwords of words: `pa$$word`, `s!lver`, `gr@ss`; no address.
  static func holdsMarkInWord(_ value: [UInt8]) -> Bool {
    guard value.count >= 3, !isEmail(value), !isURL(value) else { return false }
    return (1..<(value.count - 1)).contains {
      wordMarks.contains(value[$0]) && value[$0 - 1].isLetter
        && (value[$0 + 1].isLetter || wordMarks.contains(value[$0 + 1]))
    }
  }

  private static let wordMarks = ByteSet("!#$*@^".utf8)

  /// Whether the value holds a letter or a digit of any writing: what is beside Latin-1's marks and general punctuation
  /// (Unicode, U+0080 to U+00BF and U+2000 to U+206F) counts as a letter.
  static func holdsLetterOrDigit(_ value: [UInt8]) -> Bool {
    var index = 0
    while index < value.count {
      let byte = value[index]
      let next = index + 1 < value.count ? value[index + 1] : 0
      if byte.isAlphanumeric { return true }
      // U+FFFD stands where a character was lost.
      let isLost = byte == 0xEF && next == 0xBF && index + 2 < value.count && value[index + 2] == 0xBD
      if byte >= 0xC3, !isLost, !(byte == 0xE2 && (next == 0x80 || next == 0x81)) { return true }
      index += byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC2 ? 2 : 1
    }
    return false
  }

  /// Whether bytes of a program or of compressed data stand here, which a name happens to come before: a control character,
  /// and a byte that has no place in UTF-8 (RFC 3629, section 3). Text in another encoding has none of the first.
  static func isBinary(_ value: [UInt8]) -> Bool {
    // ESC begins what colours a terminal.
    let holdsControl = value.contains { $0 < 0x20 && ![0x09, 0x0A, 0x0D, 0x1B].contains($0) }
    return holdsControl && !isUTF8(value)
  }

  /// Whether every byte has a place in UTF-8; the last character may be cut.
  static func isUTF8(_ value: [UInt8]) -> Bool {
    var left = 0
    for byte in value {
      if left > 0 {
        guard 0x80..<0xC0 ~= byte else { return false }
        left -= 1
      } else {
        guard byte < 0x80 || 0xC2..<0xF5 ~= byte else { return false }
        left = byte < 0x80 ? 0 : byte < 0xE0 ? 1 : byte < 0xF0 ? 2 : 3
      }
    }
    return true
  }

  /// Whether the value says again what its key says: `oauth_token = "oauth_token"`.
  static func repeats(_ key: [UInt8], in value: [UInt8]) -> Bool {
    let letters = value.count(where: \.isLetter)
    guard letters >= 3, value.count - letters <= 2 + value.count / 4, value.count(where: \.isDigit) <= 1 else {
      return false
    }
    let name = key.filter(\.isLetter).map(\.lowercased)
    let text = value.filter(\.isLetter).map(\.lowercased)
    return name.count >= text.count && (name.suffix(text.count).elementsEqual(text) || name.starts(with: text))
      || text == name
  }

  /// Words that say that something is to be put in their place, or was taken away.
  static let placeholderWords: NameWords = [
    "your", "yours", "example", "examples", "sample", "changeme", "change", "changeit", "placeholder", "dummy", "fake",
    "mock",
    "redacted", "removed", "insert", "replace", "replaceme", "todo", "tbd", "enter", "put", "here", "goes", "xxx",
    "xxxx",
    "xxxxx", "xxxxxx", "foo", "bar", "baz", "foobar", "lorem", "ipsum", "hidden", "masked", "sanitized", "omitted",
    "none",
    "null", "undefined", "my", "some", "test", "testing", "default", "value", "invalid", "wrong", "something",
    "whatever",
    "secret", "password", "token", "different", "another", "other", "super", "very",
  ]
}
