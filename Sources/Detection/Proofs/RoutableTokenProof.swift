import Rules

/// The parts of a routable GitLab token: where it belongs, its length and a CRC-32.
///
///     prefix payload . [version .] length(2) crc(7)
///
/// Numbers are in base 36. The payload is base64 of lines `key:number`, random bytes, and how many these are
/// (GitLab's design document "Routable Tokens"). Tokens of the older form have no dot and nothing to prove.
enum RoutableTokenProof {
  private static let checkLength = 7
  private static let lengthLength = 2
  /// What the keys of the payload stand for; the number of a cell is of no use to anybody outside.
  private static let names: [(key: UInt8, name: String)] = [
    (UInt8(ascii: "o"), "organization"), (UInt8(ascii: "g"), "group"), (UInt8(ascii: "p"), "project"),
    (UInt8(ascii: "u"), "user"),
  ]

  static func evidence(of value: [UInt8]) -> Evidence {
    let parts = value.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard (2...3).contains(parts.count), let tail = parts.last, tail.count == lengthLength + checkLength else {
      return Evidence(.leaves)
    }
    let sum = CRC32.checksum(value.dropLast(checkLength))
    guard let stated = BinaryText.base36(tail.suffix(checkLength)), stated == Int(sum),
      let length = BinaryText.base36(tail.prefix(lengthLength)), length > 0, length < parts[0].count
    else { return .checksum(verifies: false) }
    return .checksum(verifies: true, routing(BinaryText.base64(parts[0].suffix(length)) ?? []))
  }

  private static func routing(_ payload: [UInt8]) -> [String] {
    guard let random = payload.last, payload.count > Int(random) else { return [] }
    let lines = payload.dropLast(Int(random) + 1).split(separator: UInt8(ascii: "\n"))
    return names.compactMap { key, name in
      let start = [key, UInt8(ascii: ":")]
      guard let line = lines.first(where: { $0.starts(with: start) }) else { return nil }
      return BinaryText.base36(line.dropFirst(2)).map { "\(name) \($0)" }
    }
  }
}
