/// Why a 7z archive, or a part of it, is not read: a lower-case clause.
package struct SevenZipRefusal: Error {
  let reason: String

  /// What is told is not there, or cannot be.
  static let damaged = SevenZipRefusal(reason: "its directory is damaged")
  /// It says something other than the members do, or the opposite of itself.
  static let atOdds = SevenZipRefusal(reason: "its directory is at odds with its members")
  /// Decoding, or keeping what has to be kept, takes too much.
  static let memory = SevenZipRefusal(reason: "decoding it takes more memory than is allowed")
}

/// A place in the directory of a 7z archive, which is read piece by piece (7zFormat.txt, "Data types").
struct SevenZipCursor {
  private let bytes: HeldBytes
  private(set) var offset: Int
  private let end: Int

  /// - Parameter range: the part that may be read.
  init(_ bytes: HeldBytes, _ range: Range<Int>) {
    self.bytes = bytes
    offset = range.lowerBound
    end = range.upperBound
  }

  /// Number of bytes that are left.
  var left: Int { end - offset }

  mutating func byte() throws(SevenZipRefusal) -> UInt8 {
    guard left > 0 else { throw .damaged }
    defer { offset += 1 }
    return bytes[offset]
  }

  /// A number of so many bytes, the lowest first.
  mutating func number(length: Int) throws(SevenZipRefusal) -> Int {
    var value = 0
    for index in 0..<length { value |= Int(try byte()) << (8 * index) }
    guard value >= 0 else { throw .damaged }
    return value
  }

  /// A number whose first byte tells, by the ones it begins with, how many bytes follow.
  mutating func number() throws(SevenZipRefusal) -> Int {
    let first = try byte()
    let length = (~first).leadingZeroBitCount
    let low = try number(length: length)
    return length < 7 ? low | Int(first & (0x7F >> UInt8(length))) << (8 * length) : low
  }

  /// Goes over so many bytes and gives a cursor for them.
  mutating func part(_ count: Int) throws(SevenZipRefusal) -> SevenZipCursor {
    guard count <= left else { throw .damaged }
    defer { offset += count }
    return SevenZipCursor(bytes, offset..<offset + count)
  }

  /// Goes over so many numbers, and gives a cursor for them.
  mutating func numbers(_ count: Int) throws(SevenZipRefusal) -> SevenZipCursor {
    let start = self
    guard count <= left else { throw .damaged }
    for _ in 0..<count { _ = try number() }
    return start
  }

  /// All that is left.
  mutating func rest() throws(SevenZipRefusal) -> [UInt8] {
    var rest: [UInt8] = []
    while left > 0 { rest.append(try byte()) }
    return rest
  }

  /// One bit for each of so many things.
  mutating func flags(_ count: Int) throws(SevenZipRefusal) -> SevenZipFlags {
    SevenZipFlags(bits: try part(count / 8 + (count % 8 > 0 ? 1 : 0)), count: count)
  }

  /// A byte that says that there is something for each of so many things, or a bit for each.
  mutating func flagsOrAll(_ count: Int) throws(SevenZipRefusal) -> SevenZipFlags {
    try byte() == 0 ? flags(count) : SevenZipFlags(bits: nil, count: count)
  }

  /// The checksums of so many things ("Digests"), of each of which it may be missing.
  mutating func sums(_ count: Int) throws(SevenZipRefusal) -> SevenZipSums {
    let flags = try flagsOrAll(count)
    let known = flags.setCount
    guard known <= left / 4 else { throw .damaged }
    return SevenZipSums(flags: flags, values: try part(4 * known))
  }

  /// A byte of a range that is read out of order.
  fileprivate func byte(at index: Int) -> UInt8 { bytes[offset + index] }
}

/// A bit for each of some things, the highest of a byte first.
struct SevenZipFlags {
  /// Nothing where all are set.
  fileprivate let bits: SevenZipCursor?
  fileprivate let count: Int

  /// No bit is set.
  static var none: SevenZipFlags { SevenZipFlags(bits: nil, count: 0) }

  subscript(index: Int) -> Bool {
    guard index < count else { return false }
    return bits.map { $0.byte(at: index / 8) & 0x80 >> UInt8(index % 8) != 0 } ?? true
  }

  fileprivate var setCount: Int { bits == nil ? count : (0..<count).count { self[$0] } }
}

/// Checksums, one thing after the other.
struct SevenZipSums {
  let flags: SevenZipFlags
  fileprivate var values: SevenZipCursor?
  private var index = 0

  /// None is known.
  static var none: SevenZipSums { SevenZipSums(flags: .none, values: nil) }

  fileprivate init(flags: SevenZipFlags, values: SevenZipCursor?) {
    self.flags = flags
    self.values = values
  }

  /// The checksum of the next thing, where it is known.
  mutating func next() throws(SevenZipRefusal) -> UInt? {
    defer { index += 1 }
    return flags[index] ? try values?.number(length: 4).magnitude : nil
  }
}
