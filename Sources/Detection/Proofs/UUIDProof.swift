/// What a UUID says of how it was made (RFC 9562).
enum UUIDProof {
  static func evidence(of value: [UInt8]) -> Evidence {
    let digits = value.filter { $0 != UInt8(ascii: "-") }.compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
    guard value.count == 36, digits.count == 32 else { return Evidence(.leaves) }
    guard 8...11 ~= digits[16] else { return Evidence(.refutes, ["no UUID: its variant is not that of RFC 9562"]) }
    switch digits[12] {
    case 4: return Evidence(.leaves, ["UUID version 4"])
    case 8: return Evidence(.leaves, ["UUID version 8"])
    // Made from a clock, an address or a name: what can be worked out is no secret.
    case 1, 2, 6: return Evidence(.refutes, ["UUID version \(digits[12]): made from a clock and an address"])
    case 3, 5: return Evidence(.refutes, ["UUID version \(digits[12]): made from a name"])
    case 7: return Evidence(.leaves, ["UUID version 7: its first half is a time"])
    default: return Evidence(.refutes, ["no UUID: there is no version \(digits[12])"])
    }
  }
}
