/// Reads the fields of a pack image one after the other.
struct PackImageReader {
  let bytes: ImageBytes
  var at: Int
  let end: Int
  var sets: [ByteSet] = []
  var fragments: [[UInt8]] = []
  /// What fields that are read later are taken from; made once the fragments are read.
  private lazy var image = ImageText(bytes, fragments)

  init(_ bytes: ImageBytes, in range: Range<Int>) {
    self.bytes = bytes
    at = range.lowerBound
    end = range.upperBound
  }

  /// The next field and whether anything in it is escaped.
  private mutating func field() throws(RulesError) -> (Range<Int>, isEscaped: Bool) {
    let start = at
    var isEscaped = false
    var stop = start
    // Eight bytes at a time: this loop is much of the time reading takes.
    while stop + 8 <= end {
      let word = bytes.word(at: stop)
      if Self.holds(0x09, word) || Self.holds(0x0A, word) { break }
      if Self.holds(UInt8(ascii: "`"), word) { isEscaped = true }
      stop += 8
    }
    while stop < end, bytes[stop] != 0x09, bytes[stop] != 0x0A {
      if bytes[stop] == UInt8(ascii: "`") { isEscaped = true }
      stop += 1
    }
    guard stop < end else { throw .image("the image ends in a field") }
    at = stop + 1
    return (start..<stop, isEscaped)
  }

  /// Whether one of a word's eight bytes is this one: only then does taking one from the difference borrow from a bit that was
  /// not set.
  @inline(__always)
  private static func holds(_ byte: UInt8, _ word: UInt64) -> Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let difference = word ^ ones &* UInt64(byte)
    return (difference &- ones) & ~difference & ones << 7 != 0
  }

  mutating func raw() throws(RulesError) -> [UInt8] {
    let (range, isEscaped) = try field()
    return try isEscaped ? Self.unescaped(bytes[range], fragments) : bytes.copy(range)
  }

  /// A field's text without escapes.
  static func unescaped(_ bytes: Slice<ImageBytes>, _ fragments: [[UInt8]]) throws(RulesError) -> [UInt8] {
    let range = bytes.startIndex..<bytes.endIndex
    var result: [UInt8] = []
    result.reserveCapacity(range.count)
    var index = range.lowerBound
    while index < range.upperBound {
      let plain = index..<(bytes[index..<range.upperBound].firstIndex(of: UInt8(ascii: "`")) ?? range.upperBound)
      result += bytes[plain]
      index = plain.upperBound + 1
      guard plain.upperBound < range.upperBound else { break }
      guard index < range.upperBound else { throw .image("a field ends in an escape") }
      let kind = bytes[index]
      index += 1
      switch kind {
      case UInt8(ascii: "`"): result.append(kind)
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        let number = Int(kind - 0x30)
        guard number < fragments.count else { throw .image("no fragment \(number)") }
        result += fragments[number]
      case UInt8(ascii: "x"):
        guard index + 2 <= range.upperBound, let high = bytes[index].hexValue, let low = bytes[index + 1].hexValue
        else { throw .image("bad escape") }
        result.append(high << 4 | low)
        index += 2
      default: throw .image("unknown escape")
      }
    }
    return result
  }

  mutating func string() throws(RulesError) -> String {
    let start = at
    let (range, isEscaped) = try field()
    if range.isEmpty { return "" }
    guard isEscaped else { return String(decoding: bytes[range], as: UTF8.self) }
    at = start
    return String(decoding: try raw(), as: UTF8.self)
  }

  /// A pattern, which is read when it is asked for.
  mutating func patternText() throws(RulesError) -> PatternText {
    let (range, _) = try field()
    return PatternText(image, at: range)
  }

  mutating func integer() throws(RulesError) -> Int {
    var index = at
    var value = 0
    while index < end {
      let byte = bytes[index]
      if byte == 0x09 || byte == 0x0A {
        guard index > at else { break }
        at = index + 1
        return value
      }
      guard byte.isDigit, index - at < 15 else { break }
      value = value * 10 + Int(byte - 0x30)
      index += 1
    }
    throw .image("a number is damaged")
  }

  /// A number of things that are still to come, each of at least a byte.
  mutating func count() throws(RulesError) -> Int {
    let value = try integer()
    guard value <= end - at else { throw .image("a count is greater than what follows") }
    return value
  }

  mutating func optionalInteger() throws(RulesError) -> Int? {
    guard at < end, bytes[at] != UInt8(ascii: "-") else {
      _ = try field()
      return nil
    }
    return try integer()
  }

  mutating func range() throws(RulesError) -> ClosedRange<Int> {
    let low = try integer()
    let high = try integer()
    guard low <= high else { throw .image("a range is upside down") }
    return low...high
  }

  mutating func strings() throws(RulesError) -> [String] {
    let count = try count()
    var result: [String] = []
    for _ in 0..<count { result.append(try string()) }
    return result
  }

  /// The `.` that ends lines whose last field could be empty.
  mutating func expectMark() throws(RulesError) {
    let (range, _) = try field()
    guard range.count == 1, bytes[range.lowerBound] == UInt8(ascii: ".") else { throw .image("a line does not end") }
  }

  /// Consecutive ranges of those lengths, which must fill the rest exactly.
  func ranges(of lengths: [Int]) throws(RulesError) -> [Range<Int>] {
    var start = at
    var ranges: [Range<Int>] = []
    ranges.reserveCapacity(lengths.count)
    for length in lengths {
      guard length <= end - start else { throw .image("the details are cut off") }
      ranges.append(start..<(start + length))
      start += length
    }
    guard start == end else { throw .image("there is text behind the details") }
    return ranges
  }
}

extension UInt8 {
  /// The value of a lower-case hex digit.
  var hexValue: UInt8? {
    switch self {
    case 0x30...0x39: self - 0x30
    case 0x61...0x66: self - 0x57
    default: nil
    }
  }
}
