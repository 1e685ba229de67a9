/// What the DER of a private key shows (ITU-T X.690): PKCS #1 (RFC 8017), PKCS #8 and its encrypted form (RFC 5958, RFC
/// 8018), EC keys (RFC 5915) and DSA keys as OpenSSL writes them.
enum DERKey {
  enum Reading: Equatable {
    /// A key, and of what kind where that is known.
    case key(String?)
    case encrypted
    /// It begins as a key does and ends too early.
    case cutOff
    case none
  }

  static func reading(_ bytes: [UInt8]) -> Reading {
    var outer = DERReader(bytes)
    guard let length = outer.header(.sequence) else { return .none }
    // What stands behind the key does not count: text around it may have been taken for a line of it.
    guard let content = outer.bytes(length) else { return bytes.count >= 16 ? .cutOff : .none }
    var fields = DERReader(content)
    switch fields.peek {
    case DERReader.Tag.integer.rawValue:
      guard let version = fields.take(.integer), version.count == 1 else { return .none }
      return key(&fields)
    case DERReader.Tag.sequence.rawValue:
      guard let algorithm = fields.take(.sequence), algorithm.first == DERReader.Tag.identifier.rawValue,
        let text = fields.take(.octets), !text.isEmpty
      else { return .none }
      return .encrypted
    default: return .none
    }
  }

  /// What follows the version.
  private static func key(_ fields: inout DERReader) -> Reading {
    switch fields.peek {
    case DERReader.Tag.integer.rawValue:
      var numbers: [[UInt8]] = []
      while let number = fields.take(.integer) { numbers.append(number) }
      guard numbers.count >= 5, let modulus = numbers.first else { return .none }
      let bits = bits(modulus)
      return numbers.count >= 8 ? .key("RSA key of \(bits) bits") : .key("DSA key of \(bits) bits")
    case DERReader.Tag.sequence.rawValue:
      guard var algorithm = fields.take(.sequence).map(DERReader.init), let name = algorithm.take(.identifier),
        let inner = fields.take(.octets)
      else { return .none }
      // The key inside says how long it is.
      if name == [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01] {
        if case .key(let kind) = reading(inner) { return .key(kind) }
        return .none
      }
      return .key(names[name])
    case DERReader.Tag.octets.rawValue: return fields.take(.octets) == nil ? .none : .key("EC key")
    default: return .none
    }
  }

  /// Length of a number in bits.
  private static func bits(_ number: [UInt8]) -> Int {
    let digits = number.drop { $0 == 0 }
    return digits.count * 8 - (digits.first?.leadingZeroBitCount ?? 0)
  }

  /// Object identifiers of algorithms (RFC 3279, RFC 5480, RFC 8410).
  private static let names: [[UInt8]: String] = [
    [0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01]: "EC key",
    [0x2A, 0x86, 0x48, 0xCE, 0x38, 0x04, 0x01]: "DSA key",
    [0x2B, 0x65, 0x6E]: "X25519 key", [0x2B, 0x65, 0x6F]: "X448 key",
    [0x2B, 0x65, 0x70]: "Ed25519 key", [0x2B, 0x65, 0x71]: "Ed448 key",
  ]
}

/// Takes elements of DER one after the other.
struct DERReader {
  enum Tag: UInt8 {
    case integer = 0x02
    case octets = 0x04
    case identifier = 0x06
    case sequence = 0x30
  }

  private var reader: ByteReader
  /// The tag of the next element.
  private(set) var peek: UInt8?

  init(_ bytes: [UInt8]) {
    reader = ByteReader(bytes)
    peek = bytes.first
  }

  /// The length of the next element, its head taken; `nil` where it is of another kind.
  mutating func header(_ tag: Tag) -> Int? {
    guard peek == tag.rawValue, reader.byte() != nil, let first = reader.byte() else { return nil }
    guard first >= 0x80 else { return Int(first) }
    let count = Int(first & 0x7F)
    return (1...4).contains(count) ? reader.number(count) : nil
  }

  mutating func bytes(_ count: Int) -> [UInt8]? {
    let bytes = reader.bytes(count)
    var rest = reader
    peek = rest.byte()
    return bytes
  }

  /// The content of the next element; `nil`, and nothing taken, where it is of another kind or not whole.
  mutating func take(_ tag: Tag) -> [UInt8]? {
    var trial = self
    guard let length = trial.header(tag), let content = trial.bytes(length) else { return nil }
    self = trial
    return content
  }
}
