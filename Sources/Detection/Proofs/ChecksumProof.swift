import Rules

/// A CRC-32 of one part of a token stands in another part.
enum ChecksumProof {
  static func evidence(_ kind: Rule.Proof.Kind, of body: [UInt8], check: [UInt8]) -> Evidence {
    let sum = CRC32.checksum(body)
    if kind == .crc32Base62 { return .checksum(verifies: check == CRC32.base62(sum)) }
    return .checksum(verifies: check.elementsEqual(CRC32.hex(sum)) { $0 == $1 || $0 | 0x20 == $1 })
  }
}
