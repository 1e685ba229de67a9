import Findings
import Rules
import Testing
import TestSupport

@testable import Detection

/// Tokens that tell what they are by their parts.
@Suite struct TokenProofTests {
  private static func token(_ header: String, _ claims: String) -> [UInt8] {
    let parts = [header, claims].map { TemplateEncoding.base64url.encode(Array($0.utf8)) }
    return parts[0] + Array(".".utf8) + parts[1] + Array(".".utf8) + Array("c2lnbmF0dXJl".utf8)
  }

  private static let header = #"{"alg":"HS256","typ":"JWT"}"#

  @Test func `a web token tells its issuer and how long it lives`() {
    for (claims, facts) in [
      (
        #"{"iss":"https://id.example.com/realms/a","exp":1798761600}"#,
        ["issued by id.example.com", "expires 2027-01-01"]
      ),
      (#"{"iss":"id.example.com","exp":1798761599.5}"#, ["issued by id.example.com", "expires 2026-12-31"]),
      (#"{"exp":1516239022}"#, ["expired 2018-01-18"]), (#"{"exp":1767225599}"#, ["expired 2025-12-31"]),
      (#"{"exp":1767225600}"#, ["expires 2026-01-01"]), (#"{"sub":"a"}"#, ["never expires"]),
      (#"{"exp":"soon"}"#, []), (#"{"exp":1e300}"#, []), (#"{"exp":-5}"#, []),
      (#"{"iss":"q7Zr2LkP9vXw4TnB8mHs3JdY6c","exp":[1]}"#, []),
    ] {
      let expected = Evidence(.proves, ["header and claims are JSON"] + facts)
      #expect(WebTokenProof.evidence(of: Self.token(Self.header, claims)) == expected, "\(claims)")
    }
    let unsigned = WebTokenProof.evidence(of: Self.token(#"{"alg":"none"}"#, "{}"))
    #expect(unsigned.facts.contains("not signed"))
  }

  @Test func `a text whose header or claims are no JSON objects is less sure to be a web token`() {
    for (header, claims) in [
      ("{\"typ\":\"JWT\"}", "{}"), ("{\"alg\":256}", "{}"), ("{\"alg\":\"HS256\"", "{}"), (Self.header, "[]"),
      (Self.header, "{\"a\":01}"), (Self.header, "{} {}"), (Self.header, "{\"a\":tru}"), (Self.header, "{\"a\"}"),
    ] {
      #expect(WebTokenProof.evidence(of: Self.token(header, claims)).effect == .refutes, "\(header) \(claims)")
    }
  }

  @Test func `what a token claims is shown only where it can be no secret`() {
    var random = SeededRandom(seed: 3)
    for _ in 0..<300 {
      let secret = random.value(Letters.alphanumeric, 32)
      let claims = "{\"iss\":\"\(secret)\",\"exp\":\(secret.utf8.first ?? 0),\"sub\":\"\(secret)\"}"
      for fact in WebTokenProof.evidence(of: Self.token(Self.header, claims)).facts { #expect(!fact.contains(secret)) }
    }
  }

  private static func gitlab(_ payload: [UInt8], version: String) -> [UInt8] {
    let text = TemplateEncoding.base64url.encode(payload)
    let digits = String(text.count, radix: 36)
    let length = (digits.utf8.count < 2 ? "0" : "") + digits
    let summed = Array("glp".utf8) + Array("at-".utf8) + text + Array((version + ".").utf8) + Array(length.utf8)
    let sum = String(CRC32.checksum(summed), radix: 36)
    return summed + Array((String(repeating: "0", count: 7 - sum.utf8.count) + sum).utf8)
  }

  @Test(arguments: ["", ".01"]) func `a routable token tells where it belongs`(_ version: String) {
    var random = SeededRandom(seed: 8)
    let noise = (0..<16).map { _ in UInt8.random(in: 0...255, using: &random) }
    let token = Self.gitlab(Array("c:1\no:a\np:10\nu:zz".utf8) + noise + [16], version: version)
    let facts = ["its checksum verifies", "organization 10", "project 36", "user 1295"]
    #expect(RoutableTokenProof.evidence(of: token) == Evidence(.proves, facts))
    for index in [8, 20, token.count - 9, token.count - 1] {
      var broken = token
      broken[index] = broken[index] == 0x61 ? 0x62 : 0x61
      #expect(RoutableTokenProof.evidence(of: broken) == Evidence(.refutes, ["its checksum does not verify"]))
    }
    #expect(RoutableTokenProof.evidence(of: Array(token.prefix(26))) == Evidence(.leaves))
  }

  private static func macaroon(_ caveats: Int, signature: Int = 32) -> [UInt8] {
    func field(_ type: UInt8, _ data: String) -> [UInt8] { [type, UInt8(data.utf8.count)] + Array(data.utf8) }
    var bytes: [UInt8] = [2] + field(1, "pypi.org") + field(2, "b6e5d1f0-0000-4000-8000-000000000000") + [0]
    for index in 0..<caveats { bytes += field(2, "[3,\"\(index)\"]") + [0] }
    bytes += [0, 6, UInt8(signature)] + [UInt8](repeating: 0xA7, count: signature)
    return Array("pypi-".utf8) + TemplateEncoding.base64url.encode(bytes)
  }

  @Test func `a macaroon tells who made it and how many caveats it has`() {
    for (caveats, words) in [(0, "no caveats"), (1, "1 caveat"), (3, "3 caveats")] {
      let expected = Evidence(.proves, ["a whole macaroon", "issued by pypi.org", words])
      #expect(MacaroonProof.evidence(of: Self.macaroon(caveats)) == expected)
    }
    #expect(MacaroonProof.evidence(of: Self.macaroon(1, signature: 31)).effect == .refutes)
    for count in [20, 60, 90] {
      #expect(MacaroonProof.evidence(of: Array(Self.macaroon(2).prefix(count))).effect == .refutes)
    }
  }

  @Test func `a proof raises or lowers the confidence of a finding and adds its facts`() throws {
    let rule = try Rule("(?<secret>ey[0-9A-Za-z_-]{9,200}\\.[0-9A-Za-z_-]{2,200}\\.[0-9A-Za-z_-]{9,200})") {
      $0.proof = Rule.Proof(.jwt, bodyGroup: 1)
    }
    let engine = try Engine(testing: [rule])
    let good = engine.findings(in: Self.token(Self.header, "{\"exp\":1516239022}"))
    #expect(good.map(\.confidence) == [.high] && good[0].facts == ["header and claims are JSON", "expired 2018-01-18"])
    let bad = engine.findings(in: Self.token(Self.header, "{\"exp\"}"))
    #expect(bad.map(\.confidence) == [.low] && bad[0].facts == ["no JSON web token: its claims are no JSON object"])
  }
}
