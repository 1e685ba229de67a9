#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

// SAFETY: every buffer is a piece of the detector's window, which does not move while a match is judged; indices are
// below its count.
/// How much a value tells.
enum Entropy {
  /// Shannon entropy of the bytes, in bits per byte; 0 for none.
  ///
  /// - Complexity: linear in the length.
  static func shannon(_ value: UnsafeRawBufferPointer) -> Double {
    guard value.count > 0 else { return 0 }
    var counts = [Int](repeating: 0, count: 256)
    for index in 0..<value.count { counts[unsafe Int(value[index])] += 1 }
    let total = Double(value.count)
    return counts.reduce(0) { sum, count in
      count == 0 ? sum : sum - Double(count) / total * log2(Double(count) / total)
    }
  }

  /// How many bits one would have to guess at most: the lesser of what the bytes' alphabet allows and what they show.
  ///
  /// A value of few bits can be found by trying, so its fingerprint under a public key would tell it.
  static func guessableBits(_ value: UnsafeRawBufferPointer) -> Double {
    var alphabet = 0
    if unsafe value.contains(where: { $0 >= 0x30 && $0 <= 0x39 }) { alphabet += 10 }
    if unsafe value.contains(where: { $0 >= 0x61 && $0 <= 0x7A }) { alphabet += 26 }
    if unsafe value.contains(where: { $0 >= 0x41 && $0 <= 0x5A }) { alphabet += 26 }
    if unsafe value.contains(where: { !($0 >= 0x30 && $0 <= 0x39) && !(($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A) }) {
      alphabet += 32
    }
    guard alphabet > 0 else { return 0 }
    return unsafe Double(value.count) * min(log2(Double(alphabet)), shannon(value))
  }
}
