import Findings
import Testing
import TestSupport

/// Names are bytes, and are shown without losing one.
@Suite struct ArtifactNameTests {
  @Test(arguments: ["", "a/b c.txt", "-", "na\nme", "naïve/日本/😀"])
  func `a name that is UTF-8 is shown as it is`(_ name: String) {
    #expect(ArtifactName(name).isUTF8)
    #expect(ArtifactName(name).text == name)
    #expect(ArtifactName(name).bytes == Array(name.utf8))
  }

  @Test(
    arguments: [
      ([0x61, 0xFF, 0x62], "a\\xFFb"), ([0xC3], "\\xC3"), ([0xC3, 0x28], "\\xC3("), ([0xE2, 0x82], "\\xE2\\x82"),
      ([0xC3, 0xA9, 0x80], "é\\x80"), ([0xED, 0xA0, 0x80, 0x61], "\\xED\\xA0\\x80a"), ([0xC0, 0xAF], "\\xC0\\xAF"),
      ([0xF0, 0x9F, 0x98, 0x80, 0xF8], "😀\\xF8"), ([0x80, 0x0A], "\\x80\n"),
    ] as [([UInt8], String)]
  )
  func `bytes that are no UTF-8 are escaped one by one`(_ bytes: [UInt8], _ text: String) {
    #expect(!ArtifactName(bytes: bytes).isUTF8)
    #expect(ArtifactName(bytes: bytes).text == text)
  }

  @Test func `every byte of a name can be read off its text`() {
    var random = SeededRandom(seed: 3)
    for _ in 0..<500 {
      let bytes = (0..<Int.random(in: 1...12, using: &random)).map { _ in
        random.pick([0x61, 0x2F, 0x80, 0xBF, 0xC3, 0xA9, 0xE2, 0xF0, 0xFF] as [UInt8])
      }
      var read: [UInt8] = []
      var rest = Array(ArtifactName(bytes: bytes).text.utf8)[...]
      while let byte = rest.first {
        let isEscape = rest.starts(with: Array("\\x".utf8))
        let digits = isEscape ? String(decoding: rest.dropFirst(2).prefix(2), as: UTF8.self) : ""
        read.append(UInt8(digits, radix: 16) ?? byte)
        rest = rest.dropFirst(digits.isEmpty ? 1 : 4)
      }
      #expect(read == bytes)
    }
  }

  @Test func `names are ordered by their bytes`() {
    let names = [[0x41], [0x41, 0x00], [0x61], [0x7F], [0x80], [0xFF]].map { ArtifactName(bytes: $0) }
    #expect(names.shuffled().sorted() == names)
  }
}
