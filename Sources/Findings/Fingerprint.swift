import Crypto

/// Identifies a secret value without telling it: the first 16 bytes of HMAC-SHA-256 (RFC 2104) of the value.
package struct Fingerprint: Sendable, Hashable {
  /// The 16 bytes as two words, most significant byte first.
  private let high: UInt64
  private let low: UInt64

  /// The fingerprint of a value under a key.
  ///
  /// - Complexity: linear in the length of the value.
  package init(of value: UnsafeRawBufferPointer, key: FingerprintKey) {
    var authentication = HMAC<SHA256>(key: key.symmetric)
    // SAFETY: the bytes are read within the call only, and not copied.
    unsafe authentication.update(data: value)
    let code = authentication.finalize()
    var high: UInt64 = 0
    var low: UInt64 = 0
    for (index, byte) in code.prefix(16).enumerated() {
      if index < 8 { high = high << 8 | UInt64(byte) } else { low = low << 8 | UInt64(byte) }
    }
    self.high = high
    self.low = low
  }

  /// The fingerprint of a value that is no secret, or is held elsewhere anyway.
  package init(of value: [UInt8], key: FingerprintKey) {
    // SAFETY: the buffer is used within the call only.
    self = unsafe value.withUnsafeBytes { unsafe Fingerprint(of: $0, key: key) }
  }

  /// 32 lower-case hex digits.
  package var text: String {
    func digits(_ word: UInt64) -> String {
      let text = String(word, radix: 16)
      return String(repeating: "0", count: 16 - text.count) + text
    }
    return digits(high) + digits(low)
  }
}

/// The key fingerprints are made with.
///
/// With a key of the caller's own nobody else can test guesses against a published report. The fixed public key keeps
/// fingerprints comparable where there is none; it protects only values that cannot be guessed, so short ones get no
/// fingerprint under it.
package struct FingerprintKey: Sendable {
  /// Whether this is the fixed public key.
  package let isPublic: Bool
  let symmetric: SymmetricKey

  /// The key everybody knows.
  package static let fixed = FingerprintKey(
    bytes: Array("LeakGate public fingerprint key 1".utf8), isPublic: true
  )

  /// A key of the caller's own, at least 16 bytes.
  package init(bytes: [UInt8]) { self.init(bytes: bytes, isPublic: false) }

  /// A key that nobody knows and that is gone with the process.
  package static func random() -> FingerprintKey { FingerprintKey(symmetric: SymmetricKey(size: .bits256)) }

  private init(symmetric: SymmetricKey) {
    self.symmetric = symmetric
    isPublic = false
  }

  private init(bytes: [UInt8], isPublic: Bool) {
    symmetric = SymmetricKey(data: bytes)
    self.isPublic = isPublic
  }
}
