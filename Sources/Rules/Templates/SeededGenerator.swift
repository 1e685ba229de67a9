/// SplitMix64 (Steele, Lea, Flood 2014): the same numbers for the same seed, in every build.
///
/// The standard library's `random(in:using:)` may draw differently from one version to the next, so bounded numbers
/// are drawn here.
package struct SeededGenerator: RandomNumberGenerator, Sendable {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }

  /// A number from 0 up to, not including, `bound`; the bias of the multiplication is below 2⁻³² for small bounds.
  package mutating func next(below bound: Int) -> Int {
    precondition(bound > 0, "a bound above 0")
    return Int(next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// One of the elements.
  package mutating func pick(_ elements: [UInt8]) -> UInt8 { elements[next(below: elements.count)] }
}
