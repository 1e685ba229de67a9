package import Crypto

/// The SHA-256 of bytes, as harness records write it (FIPS 180-4).
package enum Digest {
  /// 64 lower-case hex digits.
  package static func hex(_ bytes: [UInt8]) -> String { hex(SHA256.hash(data: bytes)) }

  /// 40 lower-case hex digits of the SHA-1: what other tools keep of a value, to compare with and never to protect.
  package static func sha1(_ bytes: [UInt8]) -> String { digits(of: Insecure.SHA1.hash(data: bytes)) }

  /// The digits of a digest made piece by piece.
  package static func hex(_ digest: SHA256.Digest) -> String { digits(of: digest) }

  /// `sha256:` and the digits.
  package static func text(_ bytes: [UInt8]) -> String { "sha256:" + hex(bytes) }

  /// Bytes as lower-case hex digits.
  package static func digits(of bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
