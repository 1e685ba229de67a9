import TestSupport
import Testing

@testable import Detection

struct QuoteTests {
  private static let pieces: [String] = [
    "\"", "'", "`", "\\", "\\\\", "\\\"", "'''", "\"\"\"", "&quot;", "&#39;", "&#x22;", "&", "“", "”", "‘", "’", "a",
    " ", "\n", "é",
  ]

  /// Whoever looks for the end of a quotation at once has to come to the place that looking byte by byte comes to.
  @Test(arguments: 0..<200) func `a quotation ends where the first place is at which it closes`(_ seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var text: [UInt8] = []
    while text.count < 120 { text += (Self.pieces.randomElement(using: &random) ?? "").utf8 }
    unsafe text.withUnsafeBytes { buffer in
      let bytes = unsafe ByteView(buffer)
      for start in 0..<bytes.count {
        guard let quote = Quote(at: start, in: bytes) else { continue }
        for end in [start, start + 1, start + 17, bytes.count - 1, bytes.count] where end >= start {
          let expected = (start...end).first { quote.closes(at: $0, in: bytes) }
          #expect(quote.closing(in: start...end, of: bytes) == expected, "from \(start) to \(end)")
        }
      }
    }
  }
}
