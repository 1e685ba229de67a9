import Reports
import Testing

struct TextTests {
  @Test func `what is not printable is escaped, the rest stands`() {
    #expect(TerminalText.escaped(Array("grün 漢 \u{1F600}".utf8)) == "grün 漢 \u{1F600}")
    #expect(TerminalText.escaped([0x61, 0x1B, 0x0A, 0x09, 0x7F, 0x9B, 0xFF]) == "a\\x1B\\n\\t\\x7F\\x9B\\xFF")
    #expect(TerminalText.escaped("\u{9B}\u{202E}\u{FEFF}\u{E000}") == "\\x9B\\u{202E}\\u{FEFF}\\u{E000}")
    #expect(TerminalText.escaped([0xC0, 0x80, 0xED, 0xA0, 0x80]) == "\\xC0\\x80\\xED\\xA0\\x80")
  }

  @Test func `widths are those of a terminal`() {
    #expect(TerminalText.width("abc") == 3)
    #expect(TerminalText.width("漢字") == 4)
    #expect(TerminalText.width("e\u{301}") == 1)
    #expect(TerminalText.width("\u{1F600}") == 2)
  }

  @Test func `a long text loses its middle`() {
    #expect(TerminalText.shortened("abcdefghij", columns: 5) == "ab…ij")
    #expect(TerminalText.shortened("abcde", columns: 5) == "abcde")
    #expect(TerminalText.shortened("abcdefghij", columns: nil) == "abcdefghij")
    #expect(TerminalText.width(TerminalText.shortened("漢字漢字漢字", columns: 5)) <= 5)
  }

  @Test func `text is broken at blanks`() {
    #expect(TerminalText.wrapped("one two three four", columns: 9) == ["one two", "three", "four"])
  }

  @Test(arguments: [
    (0, "0 bytes"), (1, "1 byte"), (999, "999 bytes"), (1000, "1.0 kB"), (1234, "1.2 kB"), (99_949, "99.9 kB"),
    (123_456, "123 kB"), (999_999, "999 kB"), (1_400_000_000, "1.4 GB"),
  ])
  func `bytes are told in powers of ten`(_ count: Int, _ text: String) { #expect(Quantity.bytes(count) == text) }

  @Test func `counts and times are told for people`() {
    #expect(Quantity.count(1_234_567) == "1,234,567")
    #expect(Quantity.count(-1000) == "-1,000")
    #expect(Quantity.count(1, "entry", "entries") == "1 entry")
    #expect(Quantity.time(.milliseconds(34)) == "0.03 s")
    #expect(Quantity.time(.seconds(75)) == "1 min 15 s")
  }
}
