import TestSupport
import Testing

@testable import Detection

/// What looks at many bytes at once comes to where looking byte by byte comes to.
struct ByteViewTests {
  private static let alphabet = Array("ab,(|\n".utf8)

  private static func text(_ count: Int, _ random: inout SeededRandom) -> [UInt8] {
    (0..<count).map { _ in
      Int.random(in: 0..<8, using: &random) > 0 ? 0x61 : alphabet.randomElement(using: &random) ?? 0x61
    }
  }

  @Test(arguments: 0..<100) func `the last place of a byte is the one found byte by byte`(_ seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let text = Self.text(Int.random(in: 0...70, using: &random), &random)
    unsafe text.withUnsafeBytes { buffer in
      let bytes = unsafe ByteView(buffer)
      for _ in 0..<50 {
        let start = Int.random(in: -20...90, using: &random)
        let range = start..<(start + Int.random(in: 0...60, using: &random))
        for byte in Self.alphabet {
          #expect(bytes.last(byte, in: range) == range.last { text.indices.contains($0) && text[$0] == byte })
        }
      }
    }
  }

  @Test(arguments: 0..<50) func `lines start and end where they do byte by byte`(_ seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var text = Self.text(Int.random(in: 0...100, using: &random), &random)
    if seed % 2 == 0 { text += [UInt8](repeating: 0x61, count: 2 * KeyReach.before) }
    unsafe text.withUnsafeBytes { buffer in
      let bytes = unsafe ByteView(buffer)
      let lexer = KeyLexer(bytes)
      for index in 0...(text.count + 3) {
        var start = index
        while start > 0, index - start < KeyReach.before, bytes[start - 1] != 0x0A { start -= 1 }
        #expect(lexer.column(of: index) == index - start)
        var end = index
        while end < bytes.count, bytes[end] != 0x0A { end += 1 }
        #expect(lexer.lineEnd(from: index) == end)
        #expect(lexer.nextLine(index) == (end + 1 < bytes.count ? end + 1 : nil))
      }
    }
  }

  /// A head whose key word has so many fields of ten bytes on its sides.
  private func standsInHead(_ before: Int, _ behind: Int) -> Bool {
    let head = String(repeating: "abcdefghi,", count: before) + "token" + String(repeating: ",abcdefghi", count: behind)
    let row = String(repeating: "1,", count: before + behind) + "1\n"
    let text = Array(("x\n" + head + "\r\n" + row).utf8)
    return unsafe text.withUnsafeBytes { buffer in
      let start = 2 + 10 * before
      return unsafe KeyLexer(ByteView(buffer)).sheetHead(around: start..<(start + 5)) != nil
    }
  }

  @Test func `a head of a table reaches as far as it may, and no further`() {
    #expect(standsInHead(1, 1))
    #expect(standsInHead(89, 1))
    #expect(standsInHead(1, 89))
    #expect(standsInHead(89, 89))
    #expect(!standsInHead(90, 1))
    #expect(!standsInHead(1, 90))
  }

  /// Whether rows are read below a column with so many bytes of other columns before it.
  private func headsRows(_ before: Int) -> Bool {
    let opening = "insert into t ("
    let text = Array((opening + String(repeating: "a", count: before - 1) + ",token) values ('a')").utf8)
    let start = opening.utf8.count + before
    return unsafe text.withUnsafeBytes { buffer in
      unsafe KeyLexer(ByteView(buffer)).rows(under: start..<(start + 5)) != nil
    }
  }

  @Test func `a list of columns reaches as far as it may, and no further`() {
    #expect(headsRows(2))
    #expect(headsRows(KeyReach.before))
    #expect(!headsRows(KeyReach.before + 1))
  }
}
