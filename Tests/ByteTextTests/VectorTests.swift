import TestSupport
import Testing

@testable import ByteText

/// What is told of many bytes at once is what is told of them one after the other, whatever the processor has.
@Suite struct VectorTests {
  private static let letters = Array("\\\\%%==&&##xuU0123456789abcdefABCDEFqltgnrzZ;/\"'-+_ .{}\r\n\0\0\u{80}".utf8)

  /// The digits of base64 in either alphabet (RFC 4648).
  private static let digits = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_".utf8)

  /// Bytes with some behind them that may be read.
  private static func bytes(_ count: Int, _ random: inout SeededRandom) -> [UInt8] {
    (0..<count + KeywordAutomaton.padding).map { _ in random.pick(letters) }
  }

  @Test(arguments: 0..<40) func `places that pass the filter`(_ seed: Int) {
    var random = SeededRandom(seed: 6000 + UInt64(seed))
    let bytes = Self.bytes(3000, &random)
    let filter = GramFilter()
    for _ in 0..<600 {
      let place = Int.random(in: 0..<3000, using: &random)
      filter.enter(bytes[place..<place + 4].reversed().reduce(0) { $0 << 8 | UInt32($1) } & Gram.fold)
    }
    let (from, to) = (Int.random(in: 0..<40, using: &random), Int.random(in: 2900..<3000, using: &random))
    var lists = [[UInt32](repeating: 0, count: 1600), [UInt32](repeating: 0, count: 1600)]
    // SAFETY: both lists have room for every even place and eight more, and the bytes go on behind `to`.
    unsafe bytes.withUnsafeBytes { bytes in
      for index in lists.indices {
        let count = unsafe lists[index].withUnsafeMutableBufferPointer { list in
          index == 0
            ? unsafe filter.pass(bytes.baseAddress!, from: from, to: to, into: list.baseAddress!)
            : unsafe filter.passAlone(bytes.baseAddress!, from: from, to: to, into: list.baseAddress!)
        }
        lists[index].removeLast(1600 - count)
      }
    }
    #expect(lists[0] == lists[1])
    #expect(lists[0].count > 200 && lists[0].count < 1400)
  }

  @Test(arguments: 0..<40) func `marks of blocks`(_ seed: Int) {
    var random = SeededRandom(seed: 6100 + UInt64(seed))
    let count = Int.random(in: 1...300, using: &random)
    var bytes = Self.bytes(count * LayerFilter.blockLength, &random)
    // Blocks of one kind are rare among random letters.
    for block in 0..<count where Int.random(in: 0..<3, using: &random) == 0 {
      let isWide = Bool.random(using: &random)
      for index in 0..<LayerFilter.blockLength {
        let isZero = isWide && (index + block) % 2 == 0
        bytes[block * LayerFilter.blockLength + index] = isZero ? 0 : UInt8(ascii: "g") + UInt8(index)
      }
    }
    var marks = [UInt8](repeating: 0xFF, count: count)
    var others = marks
    // SAFETY: both lists have room for every mark, and the bytes go on behind the last block.
    unsafe bytes.withUnsafeBytes { bytes in
      unsafe marks.withUnsafeMutableBufferPointer {
        unsafe LayerFilter.pass(bytes.baseAddress!, count: count, into: $0.baseAddress!)
      }
      unsafe others.withUnsafeMutableBufferPointer {
        unsafe LayerFilter.passAlone(bytes.baseAddress!, count: count, into: $0.baseAddress!)
      }
    }
    #expect(marks == others)
    if count > 100 { #expect(Set(marks).count > 3) }
  }

  @Test(arguments: 0..<20) func `rows of digits`(_ seed: Int) {
    var random = SeededRandom(seed: 6200 + UInt64(seed))
    var answers: Set<Bool> = []
    for _ in 0..<500 {
      let length = Int.random(in: 1...400, using: &random)
      let count = Int.random(in: 1...120, using: &random)
      let rarity = Int.random(in: 1...60, using: &random)
      let bytes = (0..<length + KeywordAutomaton.padding).map { _ in
        Int.random(in: 0..<rarity, using: &random) == 0 ? random.pick(Self.letters) : UInt8(ascii: "k")
      }
      var row = 0
      var holds = false
      for byte in bytes[..<length] {
        row = Self.digits.contains(byte) ? row + 1 : 0
        holds = holds || row >= count
      }
      // SAFETY: the bytes go on behind `length`.
      let told = unsafe bytes.withUnsafeBytes {
        unsafe LayerFilter.mayHoldDigits(count, in: $0.baseAddress!, length: length)
      }
      // What cannot be told quickly may be there.
      #expect(told == holds || told && !LayerFilter.tellsDigits, "\(count) \(bytes[..<length])")
      answers.insert(holds)
    }
    #expect(answers.count == 2)
  }

  @Test(arguments: 0..<20) func `line ends`(_ seed: Int) {
    var random = SeededRandom(seed: 6300 + UInt64(seed))
    let count = Int.random(in: 1...600, using: &random)
    let bytes = (0..<count * 16 + KeywordAutomaton.padding).map { _ in random.pick(Array("ab\r\n\n".utf8)) }
    // SAFETY: the byte behind the blocks is there.
    unsafe bytes.withUnsafeBytes { bytes in
      let ends = unsafe LineCursor.vectorEnds(bytes.baseAddress!, count: count)
      #expect(unsafe ends == LineCursor.vectorEndsAlone(bytes.baseAddress!, count: count) && ends > count)
    }
  }
}
