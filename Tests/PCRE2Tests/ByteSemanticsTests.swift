import PCRE2
import Testing

/// A byte is a character, whatever it is.
@Suite struct ByteSemanticsTests {
  private let scratch = MatchScratch()

  @Test func `every byte is matched by its own escape and by no other`() throws {
    for byte in UInt8.min...UInt8.max {
      for pattern in try bothWays("\\x{\(String(byte, radix: 16))}") {
        for other in UInt8.min...UInt8.max {
          #expect((scratch.find(pattern, in: [other]).whole == 0..<1) == (byte == other))
        }
      }
    }
  }

  @Test func `a dot takes every byte but a line feed, one at a time`() throws {
    let all = Array(UInt8.min...UInt8.max)
    for pattern in try bothWays(".") {
      for (place, byte) in all.enumerated() {
        let expected = byte == 0x0A ? 0x0B..<0x0C : place..<(place + 1)
        #expect(scratch.find(pattern, in: all, Search(start: place)).whole == expected)
      }
    }
    for pattern in try bothWays("(?s).{256}") { #expect(scratch.find(pattern, in: all).whole == 0..<256) }
  }

  @Test func `classes and cases are those of ASCII`() throws {
    let classes: [(String, (UInt8) -> Bool)] = [
      ("\\d", { (0x30...0x39).contains($0) }),
      ("\\w", { (0x30...0x39).contains($0) || $0 == 0x5F || (0x61...0x7A).contains($0 | 0x20) && $0 < 0x80 }),
      ("\\s", { (0x09...0x0D).contains($0) || $0 == 0x20 }),
      ("[[:alpha:]]", { (0x61...0x7A).contains($0 | 0x20) && $0 < 0x80 }),
      ("(?i)k", { $0 == 0x4B || $0 == 0x6B }), ("(?i)\\xe9", { $0 == 0xE9 }), ("[^a]", { $0 != 0x61 }),
    ]
    for (text, holds) in classes {
      for pattern in try bothWays(text) {
        for byte in UInt8.min...UInt8.max {
          #expect((scratch.find(pattern, in: [byte]).outcome == .matched) == holds(byte), "\(text) \(byte)")
        }
      }
    }
  }

  @Test func `a NUL ends nothing`() throws {
    let text: [UInt8] = [0x61, 0, 0x62, 0, 0, 0x63]
    for pattern in try bothWays("b\\x00{2}c$") { #expect(scratch.find(pattern, in: text).whole == 2..<6) }
    for pattern in try bothWays("a$") { #expect(scratch.find(pattern, in: text).outcome == .none) }
    for pattern in try bothWays("a\0b") { #expect(scratch.find(pattern, in: text).whole == 0..<3) }
  }

  @Test func `text that is no UTF-8 is searched like any other`() throws {
    let text: [UInt8] = [0xFF, 0xFE, 0xC3, 0x28, 0xED, 0xA0, 0x80, 0xF8, 0x6B, 0x65, 0x79, 0xC0, 0xAF]
    for pattern in try bothWays("key") { #expect(scratch.find(pattern, in: text).whole == 8..<11) }
    // Between the two bytes of a character, too.
    for pattern in try bothWays("\\xa9x") { #expect(scratch.find(pattern, in: "éx").whole == 1..<3) }
  }

  @Test func `only a line feed ends a line`() throws {
    let text: [UInt8] = Array("a\rb\u{0B}c".utf8) + [0x85] + Array("d\ne".utf8)
    for pattern in try bothWays("(?m)^.") {
      #expect(scratch.find(pattern, in: text, Search(start: 1)).whole == 8..<9)
    }
  }

  @Test func `nothing is found in nothing, and empty matches are`() throws {
    for pattern in try bothWays("x?") { #expect(scratch.find(pattern, in: []).whole == 0..<0) }
    for pattern in try bothWays("") { #expect(scratch.find(pattern, in: "ab", Search(start: 2)).whole == 2..<2) }
    for pattern in try bothWays("x") { #expect(scratch.find(pattern, in: []) == .nothing) }
  }
}
