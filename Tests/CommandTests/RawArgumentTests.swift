@testable import CommandLineTool
import Testing

struct RawArgumentTests {
  @Test(
    arguments: [
      [], [0x61], [0xFF], [0x61, 0x80, 0x62], Array("grün/漢".utf8), Array("\u{10FF41}".utf8), [0xF4, 0x8F, 0xBD],
      Array(1...255), [0xC3, 0x28, 0xE2, 0x82],
    ] as [[UInt8]])
  func `every argument comes back as it was`(_ bytes: [UInt8]) {
    #expect(RawArgument.bytes(RawArgument.text(bytes)) == bytes)
  }

  @Test func `random bytes come back as they were`() {
    for _ in 0..<2000 {
      let bytes = (0..<Int.random(in: 0...12)).map { _ in UInt8.random(in: 1...255) }
      #expect(RawArgument.bytes(RawArgument.text(bytes)) == bytes)
    }
  }
}
