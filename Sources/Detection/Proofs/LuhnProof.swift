/// Digits whose last one is a check over the others (ISO/IEC 7812-1, annex B): numbers of cards and the like.
enum LuhnProof {
  static func evidence(of value: [UInt8]) -> Evidence {
    let digits = value.filter { 0x30...0x39 ~= $0 }.map { Int($0) - 0x30 }
    guard digits.count >= 2 else { return Evidence(.leaves) }
    let sum = digits.reversed().enumerated().reduce(0) { sum, place in
      let doubled = place.element * (place.offset % 2 + 1)
      return sum + doubled / 10 + doubled % 10
    }
    // One number in ten passes by chance: passing says little, failing says all.
    return sum % 10 == 0
      ? Evidence(.leaves, ["its check digit is right"]) : Evidence(.refutes, ["its check digit is wrong"])
  }
}
