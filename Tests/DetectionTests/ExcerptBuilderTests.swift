import TestSupport
import Testing

@testable import Detection

struct ExcerptBuilderTests {
  @Test(arguments: 0..<100) func `pieces of a value stand again where they are found one by one`(_ seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let letters = Array(seed % 2 == 0 ? "ab".utf8 : "abcdef".utf8)
    let value = (0..<Int.random(in: 0...300, using: &random)).map { _ in random.pick(letters) }
    var around = (0..<Int.random(in: 0...64, using: &random)).map { _ in random.pick(letters + [0x20]) }
    if value.count > 8, around.count > 20 { around.replaceSubrange(5..<13, with: value[..<8]) }
    let expected = around.indices.dropLast(4).filter { start in
      value.indices.dropLast(4).contains { value[$0..<($0 + 5)].elementsEqual(around[start..<(start + 5)]) }
    }
    let found = unsafe value.withUnsafeBytes { unsafe ExcerptBuilder.echoes(of: $0, in: around, at: 7) }
    #expect(Set(found) == Set(expected.map { 7 + $0..<(7 + $0 + 5) }))
  }
}
