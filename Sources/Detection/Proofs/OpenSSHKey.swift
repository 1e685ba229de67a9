/// The public head of a private key in OpenSSH's own format (PROTOCOL.key in its sources).
struct OpenSSHKey {
  private static let magic = Array("openssh-key-v1\0".utf8)

  /// As in `ssh-ed25519 key`.
  var kind: String
  var isEncrypted: Bool

  /// `nil` where the bytes are no such key.
  init?(_ bytes: [UInt8]) {
    guard bytes.starts(with: Self.magic) else { return nil }
    var reader = ByteReader(Array(bytes.dropFirst(Self.magic.count)))
    guard let cipher = reader.sshString(), reader.sshString() != nil, reader.sshString() != nil,
      reader.number(4) == 1, let publicKey = reader.sshString()
    else { return nil }
    isEncrypted = cipher != Array("none".utf8)
    var inner = ByteReader(publicKey)
    guard let name = inner.sshString(), (4...48).contains(name.count), name.allSatisfy(Self.isNameByte) else {
      return nil
    }
    kind = String(decoding: name, as: UTF8.self) + " key"
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    0x30...0x39 ~= byte || 0x61...0x7A ~= byte
      || [UInt8(ascii: "-"), UInt8(ascii: "@"), UInt8(ascii: ".")].contains(byte)
  }
}
