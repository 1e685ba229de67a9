/// The six digits at the end of bech32 text, which check the rest (BIP 173; BIP 350 for the second constant).
enum Bech32Proof {
  private static let digits = Array("qpzry9x8gf2tvdw0s3jn54khce6mua7l".utf8)
  private static let generators: [UInt32] = [0x3B6A_57B2, 0x2650_8E6D, 0x1EA1_19FA, 0x3D42_33DD, 0x2A14_62B3]
  private static let remainders: [UInt32] = [1, 0x2BC8_30A3]

  static func evidence(of value: [UInt8]) -> Evidence {
    let isUpper = !value.contains { 0x61...0x7A ~= $0 }
    let text = isUpper ? value.map { 0x41...0x5A ~= $0 ? $0 | 0x20 : $0 } : value
    // The last 1 parts the name from the data.
    guard let one = text.lastIndex(of: UInt8(ascii: "1")), one > 0, text.count - one > 6 else {
      return Evidence(.leaves)
    }
    let data = text[(one + 1)...].compactMap { digits.firstIndex(of: $0) }.map { UInt32($0) }
    guard data.count == text.count - one - 1 else { return Evidence(.leaves) }
    let name = text[..<one].map { UInt32($0) }
    let sum = (name.map { $0 >> 5 } + [0] + name.map { $0 & 31 } + data).reduce(UInt32(1)) { sum, digit in
      var next = (sum & 0x01FF_FFFF) << 5 ^ digit
      for (bit, generator) in generators.enumerated() where sum >> (25 + UInt32(bit)) & 1 == 1 { next ^= generator }
      return next
    }
    return .checksum(verifies: remainders.contains(sum))
  }
}
