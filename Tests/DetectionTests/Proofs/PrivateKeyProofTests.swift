import Rules
import Testing
import TestSupport

@testable import Detection

/// Private keys of made-up numbers, told from text that only looks like keys.
@Suite struct PrivateKeyProofTests {
  private var random = SeededRandom(seed: 11)

  private mutating func number(_ count: Int) -> [UInt8] {
    [0x9D] + (1..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
  }

  private static func base64(_ bytes: [UInt8]) -> [UInt8] { TemplateEncoding.base64.encode(bytes) }

  private static func evidence(_ text: String) -> Evidence { PrivateKeyProof.evidence(of: Array(text.utf8)) }

  private static let rsaName = DERWriter.identifier([0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01])
  private static let curveName = DERWriter.identifier([0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01])

  private mutating func rsa(_ bits: Int) -> [UInt8] {
    let numbers = [[0], number(bits / 8), [1, 0, 1], number(bits / 8)] + (0..<5).map { _ in number(bits / 16) }
    return DERWriter.sequence(numbers.map(DERWriter.integer))
  }

  private mutating func pkcs8(_ name: [UInt8], _ key: [UInt8]) -> [UInt8] {
    DERWriter.sequence([DERWriter.integer([0]), DERWriter.sequence([name, [0x05, 0x00]]), DERWriter.octets(key)])
  }

  @Test mutating func `a key is told by its numbers, however it is wrapped`() {
    let bare = rsa(2048)
    let curve = DERWriter.sequence([DERWriter.integer([1]), DERWriter.octets(number(32))])
    let edwards = pkcs8(DERWriter.identifier([0x2B, 0x65, 0x70]), DERWriter.octets(number(32)))
    let dsa = DERWriter.sequence(
      [[0], number(128), number(20), number(128), number(128), number(20)].map(DERWriter.integer))
    let wrapped = pkcs8(Self.rsaName, rsa(1024))
    for (label, key, kind) in [
      ("RSA PRIVATE KEY", bare, "RSA key of 2048 bits"), ("PRIVATE KEY", wrapped, "RSA key of 1024 bits"),
      ("EC PRIVATE KEY", curve, "EC key"), ("PRIVATE KEY", pkcs8(Self.curveName, curve), "EC key"),
      ("PRIVATE KEY", edwards, "Ed25519 key"), ("DSA PRIVATE KEY", dsa, "DSA key of 1024 bits"),
    ] {
      let expected = Evidence(.proves, [kind, "not encrypted"])
      let text = DERWriter.pem(label, Self.base64(key))
      for form in [
        text, text.replacing("\n", with: "\r\n"), text.replacing("\n", with: "\\n"), text.replacing("\n", with: " "),
        text.replacing("\n", with: "\n    "), text.replacing("\n", with: "\n+"),
        text.replacing("\n", with: "\\n\"\n  \""),
      ] {
        #expect(Self.evidence(form) == expected, "\(label): \(form.prefix(40))")
      }
      #expect(PrivateKeyProof.evidence(of: Self.base64(Array(text.utf8))) == expected)
      #expect(PrivateKeyProof.evidence(of: Self.base64(key)) == expected)
    }
  }

  @Test mutating func `a key that is encrypted says so`() {
    let algorithm = DERWriter.sequence([
      DERWriter.identifier([0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x05, 0x0D]), [0x05, 0x00],
    ])
    let encrypted = DERWriter.sequence([algorithm, DERWriter.octets(number(200))])
    #expect(
      Self.evidence(DERWriter.pem("ENCRYPTED PRIVATE KEY", Self.base64(encrypted))) == Evidence(.proves, ["encrypted"]))
    let header = "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00"
    let old = DERWriter.pem("RSA PRIVATE KEY", Self.base64(number(400)), header: header)
    #expect(Self.evidence(old) == Evidence(.leaves, ["encrypted"]))
    let putty = "PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: aes256-cbc\nComment: none\n"
    #expect(Self.evidence(putty) == Evidence(.leaves, ["encrypted"]))
    #expect(Self.evidence(putty.replacing("aes256-cbc", with: "none")) == Evidence(.leaves, ["not encrypted"]))
  }

  @Test(arguments: ["none", "aes256-ctr"]) mutating func `a key of OpenSSH is told by its head`(_ cipher: String) {
    let publicKey = DERWriter.sshString(Array("ssh-ed25519".utf8)) + DERWriter.sshString(number(32))
    var bytes = Array("openssh-key-v1\0".utf8) + DERWriter.sshString(Array(cipher.utf8))
    bytes += DERWriter.sshString(Array("none".utf8)) + DERWriter.sshString([]) + [0, 0, 0, 1]
    bytes += DERWriter.sshString(publicKey) + DERWriter.sshString(number(144))
    let text = DERWriter.pem("OPENSSH PRIVATE KEY", Self.base64(bytes))
    let state = cipher == "none" ? "not encrypted" : "encrypted"
    #expect(Self.evidence(text) == Evidence(.proves, ["ssh-ed25519 key", state]))
  }

  @Test mutating func `what only looks like a key is less sure`() {
    let noise = Self.evidence(DERWriter.pem("PRIVATE KEY", Self.base64([0x11] + number(600))))
    #expect(noise == Evidence(.refutes, ["no private key: its body does not decode as one"]))
    let broken = DERWriter.pem("PRIVATE KEY", Array(String(repeating: "QUJD", count: 20).utf8) + Array("Q".utf8))
    #expect(Self.evidence(broken).effect == .refutes)
  }

  @Test mutating func `a key that is cut off says so and is no less sure`() {
    let text = DERWriter.pem("RSA PRIVATE KEY", Self.base64(rsa(2048)))
    #expect(Self.evidence(String(text.prefix(32 + 5 * 65))) == Evidence(.leaves, ["cut off"]))
  }

  @Test mutating func `no damage to a key crashes the reader, nor makes it tell the key`() {
    let key = rsa(1024)
    let text = Array(DERWriter.pem("PRIVATE KEY", Self.base64(pkcs8(Self.rsaName, key))).utf8)
    for _ in 0..<2000 {
      var damaged = text
      for _ in 0..<3 { damaged[Int.random(in: 0..<damaged.count, using: &random)] = random.pick(Letters.printable) }
      damaged.removeLast(random.pick([0, 0, 1, 40, 300]))
      for fact in PrivateKeyProof.evidence(of: damaged).facts { #expect(fact.utf8.count < 60) }
    }
  }
}
