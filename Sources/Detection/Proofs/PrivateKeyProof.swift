/// Whether a private key is one, of what kind, and whether a passphrase protects it.
///
/// PEM (RFC 7468, RFC 1421 for encrypted ones), OpenSSH (its PROTOCOL.key), PuTTY, and DER or PEM in base64 without a frame.
enum PrivateKeyProof {
  static func evidence(of value: [UInt8]) -> Evidence {
    if value.starts(with: "PuTTY-User-Key-File-".utf8) { return putty(value) }
    if value.starts(with: "-----BEGIN ".utf8) { return framed(value) }
    guard let bytes = BinaryText.base64(value) else { return Evidence(.leaves) }
    return bytes.starts(with: "-----BEGIN ".utf8) ? framed(bytes) : key(bytes)
  }

  private static func framed(_ value: [UInt8]) -> Evidence {
    let frame = PEMFrame(value)
    // What is encrypted as a whole cannot be looked into.
    if frame.hasEncryptionHeader { return Evidence(.leaves, ["encrypted"]) }
    if frame.label.starts(with: "PGP".utf8) { return Evidence(.leaves) }
    guard let bytes = BinaryText.base64(frame.body) else {
      return Evidence(.refutes, ["no private key: its body is no base64"])
    }
    return key(bytes, isWhole: frame.isWhole)
  }

  private static func key(_ bytes: [UInt8], isWhole: Bool = true) -> Evidence {
    if let key = OpenSSHKey(bytes) {
      return Evidence(.proves, [key.kind, key.isEncrypted ? "encrypted" : "not encrypted"])
    }
    switch DERKey.reading(bytes) {
    case .key(let kind): return Evidence(.proves, kind.map { [$0, "not encrypted"] } ?? ["not encrypted"])
    case .encrypted: return Evidence(.proves, ["encrypted"])
    case .cutOff: return Evidence(.leaves, ["cut off"])
    case .none:
      return isWhole
        ? Evidence(.refutes, ["no private key: its body does not decode as one"]) : Evidence(.leaves, ["cut off"])
    }
  }

  /// The line `Encryption:` of PuTTY's format (https://the.earth.li/~sgtatham/putty/latest/htmldoc/AppendixC.html).
  private static func putty(_ value: [UInt8]) -> Evidence {
    let head = Array("Encryption: ".utf8)
    guard let place = value.indices.first(where: { value[$0...].starts(with: head) }) else { return Evidence(.leaves) }
    let isBare = value[(place + head.count)...].starts(with: "none".utf8)
    return Evidence(.leaves, [isBare ? "not encrypted" : "encrypted"])
  }
}
