import Rules

/// What programs write of themselves: times, colours, names of what is kept by its content, escapes.
extension ValueShape {
  /// A date with a time (RFC 3339, section 5.6): `2016-09-08T21:47:36Z`.
  static func isTimestamp(_ value: [UInt8]) -> Bool {
    guard value.count >= 16 else { return false }
    let form = Array("0000-00-00T00:00".utf8)
    return form.indices.allSatisfy { index in
      let byte = value[index]
      return form[index] == 0x30 ? byte.isDigit : byte == form[index] || index == 10 && byte == 0x20
    }
  }

  /// A colour as style sheets write it (CSS Color 4, section 5.2): `#f8f8f2`.
  static func isColour(_ value: [UInt8]) -> Bool {
    value.first == UInt8(ascii: "#") && [4, 5, 7, 9].contains(value.count)
      && value.dropFirst().allSatisfy(\.isHexDigit)
  }

  /// The name of something kept by its content, words before its hash: `Linux-pip-` and 64 hex digits.
  static func isHashedName(_ value: [UInt8]) -> Bool {
    guard let dash = value.lastIndex(of: UInt8(ascii: "-")) else { return false }
    let hash = value[(dash + 1)...]
    guard [32, 40, 64].contains(hash.count), hash.allSatisfy(\.isHexDigit) else { return false }
    let head = Array(value[..<dash])
    let wording = Wording(head)
    return head.allSatisfy(\.isPathByte) && wording.letters >= 6 && wording.coverage > 0.5
      && !KeyName.split(head[...]).contains { KeyLexicon.nouns[$0] != nil }
  }

  /// Whether a text ends in what names a digest and digits of it: `sha256=JZ6A`, `sha512-Tr7o`.
  static func isDigest(_ text: [UInt8]) -> Bool {
    let digits = ByteSet("+/=-_:".utf8)
    let word = Array(text.reversed().prefix { $0.isAlphanumeric || digits.contains($0) }.reversed())
    return digestBeginnings.begin(word)
  }

  private static let digestBeginnings = Beginnings([
    "sha1=", "sha1-", "sha1:", "sha224=", "sha256=", "sha256-", "sha256:", "sha384=", "sha384-", "sha512=", "sha512-",
    "sha512:", "md5=", "md5:",
  ])

  /// The fingerprint of a key, or the end of one, by which it is asked for (RFC 9580, section 5.5.4).
  static func isFingerprint(_ value: [UInt8]) -> Bool {
    let digits = value.starts(with: "0x".utf8) ? value.dropFirst(2) : value[...]
    return [8, 16, 40].contains(digits.count) && digits.allSatisfy(\.isHexDigit)
  }

  /// A secret sealed for a cluster (Bitnami's sealed secrets): the length of a key of 4096 bits, and what it encrypts.
  static func isSealed(_ value: [UInt8]) -> Bool {
    value.count >= 700 && value[0] == UInt8(ascii: "A") && value[1] == UInt8(ascii: "g")
      && (UInt8(ascii: "A")...UInt8(ascii: "D")).contains(value[2])
      && value.allSatisfy { $0.isAlphanumeric || [0x2B, 0x2F, 0x3D].contains($0) }
  }

  /// What `\\u0441` and the like in a value stand for (RFC 8259, section 7).
  static func unescaped(_ value: [UInt8]) -> [UInt8] {
    guard value.count >= 6, value.contains(UInt8(ascii: "\\")) else { return value }
    var text: [UInt8] = []
    var index = 0
    while index < value.count {
      guard let unit = codeUnit(at: index, in: value) else {
        text.append(value[index])
        index += 1
        continue
      }
      index += 6
      var scalar = UInt32(unit)
      if 0xD800..<0xDC00 ~= unit, let low = codeUnit(at: index, in: value), 0xDC00..<0xE000 ~= low {
        scalar = 0x10000 + UInt32(unit - 0xD800) << 10 + UInt32(low - 0xDC00)
        index += 6
      }
      text += String(Unicode.Scalar(scalar) ?? "\u{FFFD}").utf8
    }
    return text
  }

  /// The number of the escape at an index.
  private static func codeUnit(at index: Int, in value: [UInt8]) -> UInt16? {
    guard index + 6 <= value.count, value[index] == UInt8(ascii: "\\"), value[index + 1] == UInt8(ascii: "u"),
      value[(index + 2)..<(index + 6)].allSatisfy(\.isHexDigit)
    else { return nil }
    return value[(index + 2)..<(index + 6)].reduce(0) {
      $0 << 4 | UInt16($1.isDigit ? $1 - 0x30 : ($1 | 0x20) - 0x57)
    }
  }
}
