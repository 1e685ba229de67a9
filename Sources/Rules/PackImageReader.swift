/// Reads the fields of a pack image one after the other.
struct PackImageReader {
  let bytes: [UInt8]
  var at: Int
  let end: Int
  var sets: [ByteSet] = []
  var fragments: [[UInt8]] = []

  init(_ bytes: [UInt8], in range: Range<Int>) {
    self.bytes = bytes
    at = range.lowerBound
    end = range.upperBound
  }

  /// The next field and whether anything in it is escaped.
  private mutating func field() throws(RulesError) -> (Range<Int>, isEscaped: Bool) {
    // Kept in locals: this loop is most of the time reading takes.
    let start = at
    var index = start
    var isEscaped = false
    while index < end {
      let byte = bytes[index]
      if byte == 0x09 || byte == 0x0A {
        at = index + 1
        return (start..<index, isEscaped)
      }
      if byte == UInt8(ascii: "`") { isEscaped = true }
      index += 1
    }
    throw .image("the image ends in a field")
  }

  mutating func raw() throws(RulesError) -> [UInt8] {
    let (range, isEscaped) = try field()
    guard isEscaped else { return Array(bytes[range]) }
    var result: [UInt8] = []
    result.reserveCapacity(range.count)
    var index = range.lowerBound
    while index < range.upperBound {
      let byte = bytes[index]
      index += 1
      guard byte == UInt8(ascii: "`") else {
        result.append(byte)
        continue
      }
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
