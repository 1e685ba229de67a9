package import Crypto

/// The SHA-256 of bytes, as harness records write it (FIPS 180-4).
package enum Digest {
  /// 64 lower-case hex digits.
  package static func hex(_ bytes: [UInt8]) -> String { hex(SHA256.hash(data: bytes)) }

  /// The digits of a digest made piece by piece.
  package static func hex(_ digest: SHA256.Digest) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// `sha256:` and the digits.
  package static func text(_ bytes: [UInt8]) -> String { "sha256:" + hex(bytes) }
}
