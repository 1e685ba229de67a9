@testable import Detection
import Findings
import Rules
import Testing
import TestSupport

/// Only what cannot be a secret is let go; no word is looked for inside a value.
@Suite struct ValueFilterTests {
  private func reason(_ value: String, prefix: Int = 0) -> DropReason? {
    let bytes = Array(value.utf8)
    // SAFETY: the buffer is used within the closure only.
    return unsafe bytes.withUnsafeBytes {
      unsafe ValueFilter.reason(for: $0, prefix: prefix, before: UnsafeRawBufferPointer(start: nil, count: 0))
    }
  }

  @Test(arguments: [
    "${DB_PASSWORD}", "${{ secrets.TOKEN }}", "$(cat /run/key)", "$API_TOKEN", "$token", "{{ password }}", "{password}",
    "%PASSWORD%", "%(password)s", "%s", "<token>", "<your token here>", "[secret]",
  ])
  func `what stands for a value kept elsewhere is a reference`(_ value: String) { #expect(reason(value) == .reference) }

  @Test(arguments: [
    "$Ab3xK9pQ", "$1abc", "${abc", "{abc", "<abc", "[abc", "[]", "%abc", "abc}", "a${B}", "$abC", "%Z", "$ecret-Word9",
  ])
  func `what merely begins like a reference is none`(_ value: String) { #expect(reason(value) != .reference) }

  @Test(arguments: [
    "aaa", "xxxxxxxxxxxxxxxxxxxx", "abababababab", "abcabcabc", "12341234123412", "abcdefghijklmnop", "0123456789",
    "9876543210", "zyxwvutsrqponm", "abcdefghij0123456789",
  ])
  func `the same again and again, or one after the other, is a filler`(_ value: String) {
    #expect(reason(value) == .filler)
    #expect(reason("tok_" + value, prefix: 4) == .filler, "also behind the prefix every secret of the rule has")
  }

  @Test(arguments: [
    "password", "PASSWORD", "changeme", "your-api-key", "YOUR_API_KEY_HERE", "my secret token", "******", "xxx-xxx",
    "todo",
  ])
  func `the name of what should stand there is a placeholder`(_ value: String) {
    let found = reason(value)
    #expect(found == .placeholder || found == .filler)
  }

  @Test(arguments: [
    "hunter2", "swordfish", "correct horse battery", "password1", "Passw0rd!", "my-dog-rex", "tr0ub4dor", "letmein",
    "test1234x", "sk_test_notreal7", "aab", "qwertz", "s3cr3t", "A,.:-!@*;?",
  ])
  func `a weak password is a password`(_ value: String) { #expect(reason(value) == nil) }

  @Test func `what counts for eight bytes, or is masked as far, was made up`() {
    var random = SeededRandom(seed: 9)
    let value = { random.value(Letters.alphanumeric, 14) }
    #expect(reason(value() + "Zcdefghij" + value()) == .filler)
    #expect(reason(value() + "########" + value() + value() + value()) == .filler)
    #expect(reason(random.value(Letters.hex, 16) + "-12345678-" + random.value(Letters.hex, 16)) == nil)
  }

  private static let alphabets: [[UInt8]] = [
    Letters.digits, Letters.hex, Letters.upperHex, Letters.lower, Letters.upper, Letters.base32, Letters.alphanumeric,
    Letters.base64, Letters.base64url, Letters.printable.filter { !"$%<[{".utf8.contains($0) },
  ]

  @Test(arguments: alphabets.indices) func `J01: ten thousand random tokens are never let go`(_ index: Int) {
    var random = SeededRandom(seed: UInt64(index))
    for _ in 0..<10_000 {
      let value = random.value(Self.alphabets[index], Int.random(in: 16...48, using: &random))
      if let reason = reason(value) { Issue.record("\(value.debugDescription) dropped as \(reason.rawValue)") }
    }
  }

  @Test func `J01: a random token in brackets is no reference`() {
    var random = SeededRandom(seed: 77)
    for _ in 0..<1000 {
      let inner = random.value(Letters.printable.filter { !"}>]%".utf8.contains($0) }, 14)
      for value in ["{\(inner)}", "<\(inner)>", "[\(inner)]", "%\(inner)%"] {
        #expect(reason(value) == nil, "\(value)")
      }
    }
  }

  private static let words = [
    "true", "false", "null", "none", "test", "example", "hook", "data", "code", "password", "secret", "token", "key",
    "admin",
    "changeme", "placeholder", "sample", "dummy", "fake", "xxxx", "abcdef", "123456", "your", "foo", "undefined",
    "redacted",
  ]

  @Test(arguments: words) func `J01: a token that spells a word is found`(_ word: String) throws {
    var random = SeededRandom(seed: 9)
    for policy in Policy.allCases {
      let engine = try Engine(testing: [Rule("(?<secret>zk_[0-9A-Za-z]{30})")], policy: policy)
      for spelled in [word, word.uppercased(), word.capitalized] {
        let before = random.value(Letters.alphanumeric, Int.random(in: 0...(30 - word.utf8.count), using: &random))
        let rest = random.value(Letters.alphanumeric, 30 - word.utf8.count - before.utf8.count)
        let text = "token = \"zk_" + before + spelled + rest + "\""
        #expect(engine.findings(in: text).map(\.range) == [9..<42], "\(text)")
      }
    }
  }

  @Test func `filters are those of code: elsewhere a filler is a finding`() throws {
    let rule = try Rule("pw=(?<secret>[!-~]{3,40})")
    for value in ["${PW}", "xxxxxxxx", "changeme", "<pw>"] {
      let code = try Engine(testing: [rule], policy: .code)
      #expect(code.findings(in: "pw=" + value).isEmpty)
      #expect(code.dropped(in: "pw=" + value).values.reduce(0, +) == 1)
      #expect(try Engine(testing: [rule], policy: .artifact).findings(in: "pw=" + value).count == 1)
    }
  }
}

extension String {
  /// The first letter in upper case.
  fileprivate var capitalized: String { prefix(1).uppercased() + dropFirst() }
}
