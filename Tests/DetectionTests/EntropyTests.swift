@testable import Detection
import Findings
import Rules
import Testing
import TestSupport

/// How much a value tells, and what is told of it.
@Suite struct EntropyTests {
  private func shannon(_ value: String) -> Double {
    // SAFETY: the buffer is used within the closure only.
    unsafe Array(value.utf8).withUnsafeBytes { unsafe Entropy.shannon($0) }
  }

  private func guessableBits(_ value: String) -> Double {
    // SAFETY: the buffer is used within the closure only.
    unsafe Array(value.utf8).withUnsafeBytes { unsafe Entropy.guessableBits($0) }
  }

  @Test func `entropy is Shannon's, in bits per byte`() {
    #expect(shannon("") == 0 && shannon("aaaa") == 0 && shannon("abab") == 1 && shannon("abcd") == 2)
    #expect(abs(shannon("aab") - 0.9182958340544896) < 1e-12)
    #expect(shannon("0123456789abcdef") == 4)
  }

  @Test func `a value under the entropy its rule asks for is dropped, and counted`() throws {
    for policy in Policy.allCases {
      let engine = try Engine(testing: [Rule("key=(?<secret>[a-z]{8})") { $0.entropy = 2.5 }], policy: policy)
      #expect(engine.findings(in: "key=abababab key=qzjwmrbk").map(\.range) == [17..<25])
      #expect(engine.dropped(in: "key=abababab") == ["entropy": 1])
    }
  }

  @Test func `a value has no more bits than its alphabet and length allow`() {
    var random = SeededRandom(seed: 2)
    let sizes: [([UInt8], Double)] = [
      (Letters.digits, 3.33), (Letters.hex, 5.17), (Letters.lower, 4.71), (Letters.upper, 4.71),
    ]
    for (alphabet, bits) in sizes {
      for length in 1...60 {
        let value = random.value(alphabet, length)
        #expect(guessableBits(value) <= Double(length) * bits)
        #expect(guessableBits(value) <= Double(length) * shannon(value) + 1e-9)
      }
    }
    #expect(guessableBits("") == 0 && guessableBits(String(repeating: "a", count: 1000)) == 0)
  }

  @Test(arguments: 0..<6) func `under the key everybody knows no value of under 64 bits has a fingerprint`(
    _ seed: Int
  ) throws {
    var random = SeededRandom(seed: 40 + UInt64(seed))
    let rule = try Rule("key=(?<secret>[!-~]{1,64})")
    let fixed = try Engine(testing: [rule])
    let own = try Engine(testing: [rule], key: FingerprintKey(bytes: Array("0123456789abcdef".utf8)))
    let other = try Engine(testing: [rule], key: FingerprintKey(bytes: Array("fedcba9876543210".utf8)))
    let alphabets = [Letters.digits, Letters.hex, Letters.lower, Letters.alphanumeric, Array("ab1".utf8)]
    for _ in 0..<60 {
      let alphabet = random.pick(alphabets)
      let value = random.value(alphabet, Int.random(in: 1...40, using: &random))
      let text = "a key=\(value)\nb key=\(value) key=\(value)x"
      for engine in [fixed, own, other] {
        let found = engine.findings(in: text)
        #expect(found.count == 3)
        #expect(found[0].fingerprint == found[1].fingerprint, "equal values")
        let isKnown = found[0].fingerprint != nil
        #expect(isKnown == (!engine.options.key.isPublic || guessableBits(value) >= 64), "\(value)")
        if isKnown { #expect(found[0].fingerprint != found[2].fingerprint) }
        if isKnown, value.utf8.count > 4 { #expect(found[0].fingerprint?.text.contains(value) == false) }
      }
      let prints = [fixed, own, other].map { $0.findings(in: text)[0].fingerprint }
      #expect(prints[1] != prints[2] && prints[0] != prints[1])
    }
  }

  @Test func `a fingerprint is that of the secret alone, wherever it stands`() throws {
    let engine = try Engine(testing: [Rule("(?:key|token) ?= ?(?<secret>zk_[0-9a-z]{24})")])
    var random = SeededRandom(seed: 12)
    let value = "zk_" + random.value(Letters.hex, 24)
    let found = engine.findings(in: "key=\(value)\n token = \(value);")
    #expect(found.count == 2 && found[0].fingerprint == found[1].fingerprint)
    #expect(found[0].fingerprint == Fingerprint(of: Array(value.utf8), key: .fixed))
  }
}
