import ByteText
import Findings
import TestSupport
import Testing

@testable import Detection

/// The block filter only saves work: no escape, run of digits or wide text stands in a block without its mark.
@Suite struct LayerMarksTests {
  private static let letters = Array("\\\\\\%%==&&#xuU0123456789abcdefABCDEFqltgnr;/\"'-+_ .{}\r\n\0\0".utf8)

  private static let beginnings = [
    "\\x4", "\\u004", "\\u{4", "\\U0000004", "\\10", "\\4", "\\/", "\\\"", "\\'", "--\\n", "a%2", "%5F", "%u004", "&#6",
    "&#x4",
    "&lt;", "&gt", "&quot;", "=3D", "=2", "a=\r\nb", "a=\nb", "\\", "%", "&", "=",
  ]

  /// Calls with a view of the bytes.
  private func look(at bytes: [UInt8], _ body: (BytesAtHand) throws -> Void) rethrows {
    var window = Window(capacity: bytes.count + 64)
    // SAFETY: the window has room for the bytes; the view is used while the window stands.
    _ = unsafe window.append { buffer in
      unsafe buffer.copyBytes(from: bytes)
      return bytes.count
    }
    try body(BytesAtHand(window))
  }

  @Test(arguments: 0..<60) func `whatever has to be looked at is marked`(_ seed: Int) {
    var random = SeededRandom(seed: 4000 + UInt64(seed))
    // Beginnings of escapes that go on well or not, among signs and letters.
    let bytes = (0..<400).flatMap { _ in
      Array(random.pick(Self.beginnings).utf8)
        + (0..<Int.random(in: 0...5, using: &random)).map { _ in random.pick(Self.letters) }
    }
    var escapes = 0
    look(at: bytes) { view in
      var marks = LayerMarks()
      marks.renew(from: 0, to: bytes.count, view)
      for (offset, byte) in bytes.enumerated() {
        guard let family = EscapeFamily.allCases.first(where: { $0.sign == byte }),
          let code = family.code(at: offset, view)
        else { continue }
        let range = offset..<offset + 1
        if code.isStrong {
          escapes += 1
          #expect(marks.contains(LayerFilter.escape, in: range), "\(bytes[offset..<offset + code.length])")
        }
        for isKey in [false, true] where FoundKeyword(offset: 0, isKey: isKey).asks(for: code, of: family) {
          let wanted = LayerFilter.escape | LayerFilter.entity | (isKey ? 0 : LayerFilter.quote)
          #expect(marks.contains(wanted, in: range))
        }
      }
    }
    #expect(escapes > 20)
  }

  @Test func `a block of digits is marked, and no other`() {
    var random = SeededRandom(seed: 4100)
    for byte in UInt8.min...UInt8.max {
      var bytes = Array(random.value(Letters.alphanumeric, 32).utf8)
      bytes[Int.random(in: 0..<16, using: &random)] = byte
      look(at: bytes) { view in
        var marks = LayerMarks()
        marks.renew(from: 0, to: 32, view)
        let isDigit = Digits.base64[Int(byte)] != Digits.none
        #expect(marks.contains(LayerFilter.digits, in: 0..<16) == isDigit, "\(byte)")
        #expect(marks.contains(LayerFilter.digits, in: 16..<32))
      }
    }
  }

  @Test func `a digest and a name are no text, and text is some in every way of reading it`() {
    var random = SeededRandom(seed: 4200)
    for _ in 0..<200 {
      let plain = Array(random.value(Letters.printable, 18 + Int.random(in: 0...30, using: &random)).utf8)
      let noise = (0..<9).map { _ in UInt8.random(in: 0x80...0xFF, using: &random) }
      for shift in 0..<4 {
        let before = Array("zzzz".utf8.prefix(shift))
        for (isHex, encoded) in [
          (false, Encodings.base64(noise + plain, padded: false)), (true, Encodings.hex(noise + plain)),
        ] {
          // SAFETY: the digits are read within the call.
          let ways = unsafe (before + encoded).withUnsafeBytes { unsafe DigitReading.waysWithText($0) }
          for (index, reading) in DigitReading.all.enumerated()
          where reading.isHex == isHex && reading.findsText(in: (before + encoded)[...], first: 0) {
            #expect(ways & 1 << UInt8(index) != 0, "hex \(isHex), shift \(shift)")
          }
          #expect(ways != 0)
        }
      }
    }
  }

  @Test(arguments: 0..<20) func `an escaped sign of an anchor is looked at, whatever stands around it`(_ seed: Int) {
    var random = SeededRandom(seed: 4300 + UInt64(seed))
    let signs = Array("\n\r\"".utf8)
    for _ in 0..<50 {
      var anchor = Array(random.value(Letters.alphanumeric + Array("\"'\\$.-= \t\n".utf8), 5).utf8)
      anchor[Int.random(in: 0..<5, using: &random)] = random.pick(signs)
      let anchorSigns = AnchorSigns([Keyword(anchor, isExact: random.pick([true, false]))])
      let text = [0x78, 0x78] + Encodings.json(anchor).dropFirst().dropLast() + [0x78, 0x78]
      look(at: text) { view in
        let codes = text.indices.compactMap { index in
          text[index] == 0x5C ? EscapeFamily.backslash.code(at: index, view).map { (index, $0) } : nil
        }
        #expect(codes.contains { $1.isStrong || anchorSigns.mayStand($1, at: $0, view) }, "\(anchor)")
      }
    }
    let anchorSigns = AnchorSigns([Keyword(Array("create\n".utf8))])
    for (text, isWanted) in [("create\\n", true), ("CREATE\\n", true), ("rotate\\n", false), ("create\\\"", false)] {
      look(at: Array(text.utf8)) { view in
        let code = EscapeFamily.backslash.code(at: 6, view)
        #expect(code.map { anchorSigns.mayStand($0, at: 6, view) } == isWanted, "\(text)")
      }
    }
  }
}
