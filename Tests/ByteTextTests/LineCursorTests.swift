import ByteText
import Testing
import TestSupport

/// A cursor that moves over windows tells what counting from the start tells.
@Suite struct LineCursorTests {
  /// Line and start of line of every offset, counted over the whole text.
  private static func places(in text: [UInt8]) -> [(line: Int, lineStart: Int)] {
    var places = [(line: 1, lineStart: 0)]
    for (index, byte) in text.enumerated() {
      let isEnd = byte == 0x0A || byte == 0x0D && (index + 1 == text.count || text[index + 1] != 0x0A)
      let last = places[index]
      places.append(isEnd ? (last.line + 1, index + 1) : last)
    }
    return places
  }

  private static func text(_ random: inout SeededRandom, _ length: Int) -> [UInt8] {
    let pieces: [[UInt8]] = [
      [0x0A], [0x0D, 0x0A], [0x0D], [0x0D, 0x0D, 0x0A], [0x61], Array("some words".utf8), [0x85],
      [0x0B, 0x0C, 0x8A, 0x0E], [UInt8](repeating: 0x62, count: 40), [UInt8](repeating: 0x0A, count: 300),
    ]
    let kinds = random.pick([pieces, [pieces[0], pieces[5]], [pieces[2], pieces[4]], [pieces[5], pieces[8]]])
    var text: [UInt8] = []
    while text.count < length { text += random.pick(kinds) }
    return text
  }

  private static func move(
    _ cursor: inout LineCursor, to target: Int, in text: [UInt8], _ window: Range<Int>, earliest: LineCursor
  ) {
    // SAFETY: the buffer is used within the closure only.
    unsafe text.withUnsafeBytes { buffer in
      let bytes = unsafe UnsafeRawBufferPointer(rebasing: buffer[window])
      unsafe cursor.move(to: target, in: bytes, at: window.lowerBound, earliest: earliest)
    }
  }

  @Test(arguments: 0..<40) func `a cursor that goes to and fro over sliding windows is where counting is`(_ seed: Int) {
    var random = SeededRandom(seed: UInt64(seed))
    let text = Self.text(&random, 3000)
    let places = Self.places(in: text)
    var start = LineCursor()
    var cursor = LineCursor()
    var base = 0
    var end = 0
    while base < text.count {
      end = max(end, min(text.count, base + Int.random(in: 2...700, using: &random)))
      let window = base..<end
      // A CR that is the last byte at hand may yet be half of a CRLF.
      let greatest = window.upperBound == text.count ? text.count : window.upperBound - 1
      for _ in 0..<12 {
        let target = Int.random(in: base...greatest, using: &random)
        Self.move(&cursor, to: target, in: text, window, earliest: start)
        #expect(cursor.offset == target)
        #expect(cursor.line == places[target].line && cursor.lineStart == places[target].lineStart, "at \(target)")
        #expect(cursor.column == target - places[target].lineStart + 1)
      }
      base = max(base + 1, Int.random(in: base...greatest, using: &random))
      if base > greatest { break }
      Self.move(&start, to: base, in: text, window, earliest: start)
      if cursor.offset < base { Self.move(&cursor, to: base, in: text, window, earliest: start) }
    }
    #expect(end == text.count)
  }

  @Test(arguments: [
    ("", 1, 1), ("abc", 1, 4), ("abc\n", 2, 1), ("a\r\nb", 2, 2), ("a\rb", 2, 2), ("a\r", 2, 1), ("\r\r\n\n", 4, 1),
    ("a\u{85}b\u{0B}c\u{2028}", 1, 10), ("\n\r", 3, 1),
  ])
  func `a line ends at LF, CRLF or a CR alone`(_ text: String, _ line: Int, _ column: Int) {
    var cursor = LineCursor()
    let bytes = Array(text.utf8)
    Self.move(&cursor, to: bytes.count, in: bytes, 0..<bytes.count, earliest: LineCursor())
    #expect(cursor.line == line && cursor.column == column)
  }

  @Test func `between CR and LF the line has not ended`() {
    let bytes = Array("ab\r\ncd".utf8)
    var cursor = LineCursor()
    Self.move(&cursor, to: 3, in: bytes, 0..<6, earliest: LineCursor())
    #expect(cursor.line == 1 && cursor.column == 4)
    Self.move(&cursor, to: 4, in: bytes, 0..<6, earliest: LineCursor())
    #expect(cursor.line == 2 && cursor.column == 1)
    Self.move(&cursor, to: 3, in: bytes, 0..<6, earliest: LineCursor())
    #expect(cursor.line == 1 && cursor.column == 4)
  }

  @Test func `more line ends than a byte can count are counted`() {
    for count in [254, 255, 256, 2032, 2040, 5000, 100_000] {
      for byte in [0x0A, 0x0D] as [UInt8] {
        let text = [UInt8](repeating: byte, count: count)
        var cursor = LineCursor()
        Self.move(&cursor, to: count, in: text, 0..<count, earliest: LineCursor())
        #expect(cursor.line == count + 1)
        Self.move(&cursor, to: 0, in: text, 0..<count, earliest: LineCursor())
        #expect(cursor == LineCursor())
      }
    }
  }
}
