import Findings
import Testing
import TestSupport

/// A fingerprint tells equal values from different ones, and nothing else.
@Suite struct FingerprintTests {
  private static let key = FingerprintKey(bytes: Array("a key of the caller's own".utf8))

  @Test func `a fingerprint is the first half of an HMAC-SHA-256 (RFC 4231, cases 1, 2 and 6)`() {
    let cases: [(key: [UInt8], value: String, code: String)] = [
      ([UInt8](repeating: 0x0B, count: 20), "Hi There", "b0344c61d8db38535ca8afceaf0bf12b"),
      (Array("Jefe".utf8), "what do ya want for nothing?", "5bdcc146bf60754e6a042426089575c7"),
      (
        [UInt8](repeating: 0xAA, count: 131), "Test Using Larger Than Block-Size Key - Hash Key First",
        "60e431591ee0b67f0d8a26aacbf5b77f"
      ),
    ]
    for (key, value, code) in cases {
      #expect(Fingerprint(of: Array(value.utf8), key: FingerprintKey(bytes: key)).text == code)
    }
  }

  @Test func `equal values have equal fingerprints, different ones and other keys do not`() {
    var random = SeededRandom(seed: 1)
    var seen: [String: [UInt8]] = [:]
    for _ in 0..<2000 {
      let value = (0..<Int.random(in: 0...70, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
      let own = Fingerprint(of: value, key: Self.key)
      #expect(own == Fingerprint(of: value, key: Self.key))
      #expect(own != Fingerprint(of: value, key: .fixed))
      #expect(own.text.utf8.count == 32 && own.text.utf8.allSatisfy { "0123456789abcdef".utf8.contains($0) })
      if let other = seen.updateValue(value, forKey: own.text) { #expect(other == value) }
    }
  }

  @Test func `the fixed key is public, a key of the caller's own is not`() {
    #expect(FingerprintKey.fixed.isPublic)
    #expect(!Self.key.isPublic)
  }
}
