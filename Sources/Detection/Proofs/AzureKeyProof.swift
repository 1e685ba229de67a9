/// Keys of Microsoft services that name their provider and end in a Marvin checksum.
///
/// https://github.com/microsoft/security-utilities: `IdentifiableSecrets` for both forms, `IdentifiableMetadata` for the
/// signatures, and for the words that seed the checksum and so tell what a key is for.
enum AzureKeyProof {
  private static let coreSignature = Array("JQQJ".utf8)
  private static let coreOffset = 52

  static func evidence(of value: [UInt8]) -> Evidence {
    guard let bytes = BinaryText.base64(value) else { return Evidence(.leaves) }
    let isAnnotated =
      value.count > coreOffset + 6 && value[coreOffset...].starts(with: coreSignature)
      && (bytes.count == 63 || bytes.count == 64)
    return isAnnotated ? annotated(value, bytes) : identifiable(value, bytes)
  }

  /// A common annotated key: 60 bytes, then the first three or all four of their checksum.
  private static func annotated(_ value: [UInt8], _ bytes: [UInt8]) -> Evidence {
    // Of derived keys and hashes (9D, 9H) there is more than one account of how the sum is written.
    guard value[coreOffset + 5] == UInt8(ascii: "9") else { return Evidence(.leaves) }
    let sum = littleEndian(Marvin32.checksum(bytes[..<60], seed: seed("Default0")))
    guard sum.starts(with: bytes[60...]) else { return .checksum(verifies: false) }
    var facts: [String] = []
    // A year since 2024 and a month, each a base64 digit.
    if let year = BinaryText.base64Digit(value[coreOffset + 6]), year < 52,
      let month = BinaryText.base64Digit(value[coreOffset + 7]), month < 12
    {
      facts.append("made in \(2024 + year)-\(month < 9 ? "0" : "")\(month + 1)")
    }
    return .checksum(verifies: true, facts)
  }

  /// An identifiable key: a signature of four digits stands ten from the end, and the last four bytes are the checksum.
  private static func identifiable(_ value: [UInt8], _ bytes: [UInt8]) -> Evidence {
    let text = value.prefix { $0 != UInt8(ascii: "=") }
    guard text.count >= 20, bytes.count > 8 else { return Evidence(.leaves) }
    let name = String(decoding: text.suffix(10).prefix(4), as: UTF8.self)
    guard let kinds = kinds[name] else { return Evidence(.leaves) }
    let kind = kinds.first { kind in
      littleEndian(Marvin32.checksum(bytes.dropLast(4), seed: seed(kind.seed))).elementsEqual(bytes.suffix(4))
    }
    if let kind { return .checksum(verifies: true, kind.fact.map { [$0] } ?? []) }
    // Redis rewrites keys after their checksum was taken.
    return name == "AzCa" ? Evidence(.leaves) : .checksum(verifies: false)
  }

  private typealias Kind = (seed: StaticString, fact: String?)

  private static let messaging: [Kind] = [
    ("Send0000", "a key to send with"), ("Listen00", "a key to listen with"), ("Manage00", "a key to manage with"),
    ("System00", "a system key"), ("Unknown0", nil),
  ]

  private static let kinds: [String: [Kind]] = [
    "+ASb": messaging, "+AEh": messaging, "+ARm": messaging,
    "AZEG": [("Default0", nil)], "+ASt": [("Default0", nil)], "+ABa": [("AbAcct00", nil)], "AzCa": [("Access00", nil)],
    "+AMC": [("Classic0", nil)], "+ACR": [("ACRDflt0", nil)],
    "AzFu": [("Master00", "a master key"), ("System00", "a system key"), ("Functi00", "a function key")],
    "ACDb": [
      ("MastRW00", "a primary key for reading and writing"), ("MastRO00", "a primary key for reading"),
      ("SystRW00", "a system key for reading and writing"), ("SystRO00", "a system key for reading"),
      ("SysAll00", "a system key"), ("Resour00", nil), ("Encryp00", "a key for encryption"),
    ],
    "AzSe": [("PAdmin00", "an admin key"), ("Query000", "a query key")],
    "AIoT": [
      ("IoTHub00", "a key of a hub"), ("DpsKey00", "a key for provisioning"), ("Device00", "a key of a device"),
    ],
    "APIM": [
      ("Tenant00", "a key for direct management"), ("IoTHub00", "a subscription key"), ("Gatewy00", "a gateway key"),
      ("GitKey00", "a repository key"),
    ],
  ]

  /// The eight letters of a kind as a number, the first one highest.
  private static func seed(_ name: StaticString) -> UInt64 {
    name.description.utf8.reduce(0) { $0 << 8 | UInt64($1) }
  }

  private static func littleEndian(_ sum: UInt32) -> [UInt8] {
    stride(from: 0, to: 32, by: 8).map { UInt8(truncatingIfNeeded: sum >> UInt32($0)) }
  }
}
