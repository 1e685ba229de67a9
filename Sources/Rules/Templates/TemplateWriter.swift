/// How a nested template is encoded.
package enum TemplateEncoding: String, Sendable, CaseIterable {
  /// As it is: several pieces become one, over which a checksum may be taken.
  case text
  /// RFC 4648 section 4, padded.
  case base64
  /// RFC 4648 section 5, not padded.
  case base64url
  /// Lower case.
  case hex

  /// The bytes in this encoding.
  ///
  /// - Complexity: linear in their number.
  package func encode(_ bytes: [UInt8]) -> [UInt8] {
    if self == .text { return bytes }
    if self == .hex { return bytes.flatMap(\.hexDigits) }
    let digits =
      Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8)
      + Array((self == .base64 ? "+/" : "-_").utf8)
    var result: [UInt8] = []
    result.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      for index in 0...group.count { result.append(digits[bits >> (18 - 6 * index) & 63]) }
      if self == .base64 { result += [UInt8](repeating: UInt8(ascii: "="), count: 3 - group.count) }
    }
    return result
  }
}

/// Fills in the pieces of a template.
struct TemplateWriter {
  private(set) var bytes: [UInt8] = []
  private(set) var marks: [String: Range<Int>] = [:]
  private var generator: SeededGenerator
  private var openings: [String: Int] = [:]
  /// What the last piece gave: what a checksum is taken over.
  private var last: Range<Int> = 0..<0

  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  mutating func write(_ pieces: [Template.Piece]) {
    for piece in pieces {
      let start = bytes.count
      write(piece)
      if piece.givesBytes { last = start..<bytes.count }
    }
  }

  private mutating func write(_ piece: Template.Piece) {
    switch piece {
    case .text(let text, _): bytes += text
    case .random(let alphabet, let count): bytes += alphabet.random(count: count, using: &generator)
    case .repeated(let character, let count): for _ in 0..<count { bytes += character }
    case .uuid: writeUUID()
    case .crc32(let width, let isReversed):
      let sum = CRC32.checksum(bytes[last])
      bytes += isReversed ? CRC32.base62Reversed(sum, width: width) : CRC32.base62(sum, width: width)
    case .crc32hex(let isReversed):
      let sum = CRC32.checksum(bytes[last])
      bytes += isReversed ? CRC32.hexReversed(sum) : CRC32.hex(sum)
    case .encoded(let encoding, let pieces): bytes += encoding.encode(nested(pieces))
    case .checked(let kind, let pieces): bytes += kind.encode(nested(pieces).bytesOfHexDigits)
    case .jwt(let claims): writeToken(claims)
    case .pem(let label, let lines):
      bytes += Array("-----BEGIN ".utf8) + label + Array("-----\n".utf8)
      for _ in 0..<lines {
        bytes += TemplateAlphabet.base64.random(count: 64, using: &generator) + [UInt8(ascii: "\n")]
      }
      bytes += Array("-----END ".utf8) + label + Array("-----".utf8)
    case .opening(let name): openings[name] = bytes.count
    case .closing(let name): marks[name] = (openings[name] ?? bytes.count)..<bytes.count
    }
  }

  /// A template inside another: written apart, drawing from the same numbers.
  private mutating func nested(_ pieces: [Template.Piece]) -> [UInt8] {
    var inner = TemplateWriter(seed: 0)
    inner.generator = generator
    inner.write(pieces)
    generator = inner.generator
    return inner.bytes
  }

  /// RFC 9562 section 5.4: version 4, variant 10.
  private mutating func writeUUID() {
    for (index, count) in [8, 4, 4, 4, 12].enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: "-")) }
      var part = TemplateAlphabet.hex.random(count: count, using: &generator)
      if index == 2 { part[0] = UInt8(ascii: "4") }
      if index == 3 { part[0] = generator.pick(Array("89ab".utf8)) }
      bytes += part
    }
  }

  /// RFC 7519: header, claims, signature of the length of HMAC-SHA-256.
  private mutating func writeToken(_ claims: [Template.Piece]?) {
    let header = Array(#"{"alg":"HS256","typ":"JWT"}"#.utf8)
    var body: [UInt8]
    if let claims {
      body = nested(claims)
    } else {
      body = Array(#"{"sub":""#.utf8) + TemplateAlphabet.digit.random(count: 10, using: &generator)
      body += Array(#"","name":""#.utf8) + TemplateAlphabet.alpha.random(count: 8, using: &generator)
      body += Array(#"","iat":17"#.utf8) + TemplateAlphabet.digit.random(count: 8, using: &generator) + Array("}".utf8)
    }
    let dot = [UInt8(ascii: ".")]
    bytes += TemplateEncoding.base64url.encode(header) + dot + TemplateEncoding.base64url.encode(body) + dot
    bytes += TemplateAlphabet.base64url.random(count: 43, using: &generator)
  }
}

extension [UInt8] {
  /// The bytes that hex digits write, of which the parser has seen to it that there is an even number.
  fileprivate var bytesOfHexDigits: [UInt8] {
    stride(from: 0, to: count - 1, by: 2).compactMap {
      UInt8(String(decoding: self[$0...($0 + 1)], as: UTF8.self), radix: 16)
    }
  }
}
