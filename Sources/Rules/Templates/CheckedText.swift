internal import Crypto

/// Bytes written as text together with a sum over them, as wallets and servers write keys.
package enum CheckedText: String, Sendable, CaseIterable {
  /// The first four bytes of SHA-256 of SHA-256 behind the bytes, in Bitcoin's base 58
  /// (https://en.bitcoin.it/wiki/Base58Check_encoding).
  case base58check
  /// The same in the base 58 of the XRP Ledger (https://xrpl.org/docs/references/protocol/data-types/base58-encodings).
  case base58checkXRP = "base58check-xrp"
  /// CRC-16 (XMODEM) behind the bytes, the lower byte first, in base32 without padding: Stellar's keys
  /// (https://github.com/stellar/stellar-protocol/blob/master/ecosystem/sep-0023.md) and those of NATS
  /// (https://github.com/nats-io/nkeys).
  case base32CRC16 = "base32-crc16"

  /// The text of the bytes and their sum.
  ///
  /// - Complexity: quadratic in their number in base 58, else linear.
  package func encode(_ bytes: [UInt8]) -> [UInt8] {
    let all = bytes + sum(of: bytes)
    return base58.map { $0.encode(all) } ?? Base32.encode(all)
  }

  /// Whether the sum at the end of the text is that of the bytes before it; `nil` where the text is none of this kind.
  ///
  /// - Complexity: quadratic in its length in base 58, else linear.
  package func verifies(_ text: [UInt8]) -> Bool? {
    guard let all = base58.map({ $0.decode(text) }) ?? Base32.decode(text), all.count > sumLength else { return nil }
    return sum(of: all.dropLast(sumLength)).elementsEqual(all.suffix(sumLength))
  }

  private var sumLength: Int { self == .base32CRC16 ? 2 : 4 }

  private var base58: Base58? {
    switch self {
    case .base58check: Base58(digits: "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz")
    case .base58checkXRP: Base58(digits: "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz")
    case .base32CRC16: nil
    }
  }

  private func sum(of bytes: some Sequence<UInt8>) -> [UInt8] {
    guard self == .base32CRC16 else {
      return Array(SHA256.hash(data: Array(SHA256.hash(data: Array(bytes)))).prefix(sumLength))
    }
    let sum = bytes.reduce(UInt16(0)) { sum, byte in
      (0..<8).reduce(sum ^ UInt16(byte) << 8) { rest, _ in rest & 0x8000 == 0 ? rest << 1 : rest << 1 ^ 0x1021 }
    }
    return [UInt8(truncatingIfNeeded: sum), UInt8(truncatingIfNeeded: sum >> 8)]
  }
}
