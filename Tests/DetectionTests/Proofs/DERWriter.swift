/// Writes DER (ITU-T X.690) and the formats around it, so that tests have keys nobody ever used.
enum DERWriter {
  static func element(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
    var length = [UInt8(truncatingIfNeeded: content.count)]
    if content.count >= 0x80 {
      length =
        content.count < 0x100
        ? [0x81] + length : [0x82, UInt8(truncatingIfNeeded: content.count >> 8)] + length
    }
    return [tag] + length + content
  }

  static func integer(_ bytes: [UInt8]) -> [UInt8] { element(0x02, (bytes.first ?? 0) >= 0x80 ? [0] + bytes : bytes) }
  static func sequence(_ parts: [[UInt8]]) -> [UInt8] { element(0x30, parts.flatMap(\.self)) }
  static func octets(_ content: [UInt8]) -> [UInt8] { element(0x04, content) }
  static func identifier(_ content: [UInt8]) -> [UInt8] { element(0x06, content) }

  /// A string as SSH writes it (RFC 4251, section 5).
  static func sshString(_ content: [UInt8]) -> [UInt8] {
    stride(from: 24, through: 0, by: -8).map { UInt8(truncatingIfNeeded: content.count >> $0) } + content
  }

  /// A block of PEM with lines of 64 digits.
  static func pem(_ label: String, _ text: [UInt8], header: String = "") -> String {
    var lines = ["-----BEGIN \(label)-----"]
    if !header.isEmpty { lines += [header, ""] }
    for start in stride(from: 0, to: text.count, by: 64) {
      lines.append(String(decoding: text[start..<min(start + 64, text.count)], as: UTF8.self))
    }
    return (lines + ["-----END \(label)-----"]).joined(separator: "\n")
  }
}
