/// The parts of a macaroon in its second binary form: who made it, its caveats, and 32 bytes of signature.
///
/// https://github.com/rescrv/libmacaroons/blob/master/doc/format.txt; PyPI's tokens are such, behind `pypi-`.
enum MacaroonProof {
  private enum Field {
    static let end: UInt8 = 0
    static let location: UInt8 = 1
    static let identifier: UInt8 = 2
    static let verification: UInt8 = 4
    static let signature: UInt8 = 6
  }

  static func evidence(of value: [UInt8]) -> Evidence {
    let text = value.starts(with: "pypi-".utf8) ? value.dropFirst(5) : value[...]
    guard let bytes = BinaryText.base64(text), let parts = Parts(bytes) else {
      return Evidence(.refutes, ["no macaroon: its parts do not fit together"])
    }
    var facts = ["a whole macaroon"]
    if let host = HostName(parts.location) { facts.append("issued by \(host.text)") }
    facts.append(parts.caveats == 1 ? "1 caveat" : parts.caveats == 0 ? "no caveats" : "\(parts.caveats) caveats")
    return Evidence(.proves, facts)
  }

  private struct Parts {
    var location: [UInt8] = []
    var caveats = 0

    init?(_ bytes: [UInt8]) {
      var reader = ByteReader(bytes)
      guard reader.byte() == 2 else { return nil }
      guard let head = Self.section(&reader), head.last?.type == Field.identifier else { return nil }
      if head[0].type == Field.location { location = head[0].data }
      while let section = Self.section(&reader), !section.isEmpty {
        guard section.contains(where: { $0.type == Field.identifier }) else { return nil }
        caveats += 1
      }
      guard reader.byte() == Field.signature, reader.varint() == 32, reader.bytes(32) != nil, reader.isAtEnd else {
        return nil
      }
    }

    /// The fields up to the next end mark, in ascending order of their types; `nil` where there is none.
    private static func section(_ reader: inout ByteReader) -> [(type: UInt8, data: [UInt8])]? {
      var fields: [(type: UInt8, data: [UInt8])] = []
      while let type = reader.byte() {
        if type == Field.end { return fields }
        guard [Field.location, Field.identifier, Field.verification].contains(type), type > fields.last?.type ?? 0,
          let length = reader.varint(), let data = reader.bytes(length)
        else { return nil }
        fields.append((type, data))
      }
      return nil
    }
  }
}
