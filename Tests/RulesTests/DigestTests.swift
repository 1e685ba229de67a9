import Rules
import Testing

@Suite("The pack digest")
struct DigestTests {
  @Test("stays the same from version to version for the same rules")
  func stable() throws {
    let digest = try load(ownRule(), origin: .own).pack.digest
    #expect(digest == Self.frozen)
  }

  @Test("does not change with what is only read by people, nor with the spelling of the file")
  func indifferent() throws {
    let changed = ownRule(["description": "\"Other words.\"", "tags": "[\"x\"]", "severity": "\"high\""])
    #expect(try load("# comment\n" + changed, origin: .own).pack.digest == Self.frozen)
  }

  @Test(
    "changes with everything that decides what is found",
    arguments: [
      ["id": "\"acme-token-two\""], ["regex": "'''(?<secret>acme_[0-9a-f]{33})'''"], ["boundary": "\"left\""],
      ["entropy": "2"], ["confidence": "\"low\""], ["severity": "\"low\""], ["path": "'x'"], ["regex": "'a{3,9}bcd'"],
      ["allowlists": "[{ paths = [\"x\"] }]"], ["allowlists": "[{ stopwords = [\"x\"] }]"],
      ["allowlists": "[{ regexes = [\"x\"], regexTarget = \"line\" }]"],
    ]
  )
  func sensitive(_ changes: [String: String]) throws {
    #expect(try load(ownRule(changes), origin: .own).pack.digest != Self.frozen)
  }

  @Test("changes with the order of the rules and the pack's allowlists")
  func order() throws {
    let (one, two) = (ownRule(), ownRule(["id": "\"acme-two\""]))
    let digests = try [one, one + two, two + one, one + "[allowlist]\npaths = [\"x\"]"].map {
      try load($0, origin: .own).pack.digest
    }
    #expect(Set(digests).count == 4)
  }

  /// The digest of `ownRule()` when it was first computed.
  private static let frozen = "2946fa95fff7755a9c36191751caae6030a08f1ffa45dcc3f05b8c0c5bd3e60e"
}
