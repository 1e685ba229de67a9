#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Bytes that are at hand during one call, read one by one; outside of them every byte is NUL.
///
/// A lexer that meets the end of what it sees need not ask for it: NUL belongs to no key and ends every value.
// SAFETY: a view is made and dropped within a call during which the bytes do not move; every read is checked.
@safe struct ByteView {
  private let bytes: UnsafeRawBufferPointer

  init(_ bytes: UnsafeRawBufferPointer) { unsafe self.bytes = bytes }

  var count: Int { unsafe bytes.count }

  subscript(_ index: Int) -> UInt8 {
    // SAFETY: the index is below the count.
    index >= 0 && index < count ? unsafe bytes[index] : 0
  }

  /// A part of the view, cut to what there is.
  subscript(_ range: Range<Int>) -> ByteView {
    let range = range.clamped(to: 0..<count)
    // SAFETY: the range lies within the bytes.
    return unsafe ByteView(UnsafeRawBufferPointer(rebasing: bytes[range]))
  }

  /// The bytes of a range, copied.
  func copy(_ range: Range<Int>) -> [UInt8] {
    // SAFETY: the range lies within the bytes.
    unsafe Array(UnsafeRawBufferPointer(rebasing: bytes[range.clamped(to: 0..<count)]))
  }

  /// Number of blanks in the view.
  var blanks: Int { (0..<count).count { self[$0].isBlank } }

  /// Whether anything but blanks stands in the view.
  var holdsText: Bool { blanks < count }

  /// Whether a line ends in the view.
  var holdsLineEnd: Bool { first(0x0A, in: 0..<count) != nil || first(0x0D, in: 0..<count) != nil }

  /// The first place of a byte in a range of the view.
  func first(_ byte: UInt8, in range: Range<Int>) -> Int? {
    let range = range.clamped(to: 0..<count)
    // SAFETY: memchr(3) looks at the bytes of the range, which lies within the view; without any there may be no address.
    guard !range.isEmpty, let start = unsafe bytes.baseAddress,
      let found = unsafe memchr(start + range.lowerBound, CInt(byte), range.count)
    else { return nil }
    return unsafe UnsafeRawPointer(found) - start
  }

  /// The last place of a byte in a range of the view.
  func last(_ byte: UInt8, in range: Range<Int>) -> Int? {
    let range = range.clamped(to: 0..<count)
    var end = range.upperBound
    // Sixteen at a time: lines may be long, and what starts one is looked for before many a key word.
    while end - range.lowerBound >= 16 {
      // SAFETY: the block lies within the range, which was cut to the view's own.
      let block = unsafe bytes.loadUnaligned(fromByteOffset: end - 16, as: SIMD16<UInt8>.self)
      var last: Int?
      for place in Places(of: block .== SIMD16(repeating: byte), count: 16) { last = end - 16 + place }
      if let last { return last }
      end -= 16
    }
    while end > range.lowerBound {
      end -= 1
      if self[end] == byte { return end }
    }
    return nil
  }

  /// Whether a range of the view holds these bytes and no others.
  func holds(_ text: some Collection<UInt8>, in range: Range<Int>) -> Bool {
    // SAFETY: the range lies within the bytes, which are only read.
    unsafe range.lowerBound >= 0 && range.upperBound <= count && text.elementsEqual(bytes[range])
  }

  /// Whether a punctuation mark of East Asian width stands at an index: `：`, `＝`, `，`, `。`, brackets (UTF-8).
  func isWideMark(at index: Int) -> Bool {
    switch self[index] {
    case 0xEF: self[index + 1] == 0xBC && [0x88, 0x89, 0x8C, 0x9A, 0x9D].contains(self[index + 2])
    case 0xE3: self[index + 1] == 0x80 && [0x81, 0x82, 0x8C, 0x8D, 0x90, 0x91].contains(self[index + 2])
    default: false
    }
  }

  /// Whether a text starts somewhere in a range; ASCII letters of the view count in either case, the text is lower case and
  /// starts with a letter.
  func holds(_ text: StaticString, startingIn range: Range<Int>) -> Bool {
    // SAFETY: a text is not empty.
    let first = unsafe text.utf8Start[0]
    let range = range.clamped(to: 0..<count)
    var index = range.lowerBound
    // Sixteen at a time: names are looked for before every key word with a blank behind it.
    while index + 16 <= range.upperBound {
      // SAFETY: the block ends within the range, which was cut to the view's own.
      let block = unsafe bytes.loadUnaligned(fromByteOffset: index, as: SIMD16<UInt8>.self)
      for place in Places(of: (block | SIMD16(repeating: 0x20)) .== SIMD16(repeating: first), count: 16)
      where holds(text, at: index + place) { return true }
      index += 16
    }
    while index < range.upperBound {
      // SAFETY: the index is below the count.
      if unsafe bytes[index] | 0x20 == first, holds(text, at: index) { return true }
      index += 1
    }
    return false
  }

  /// Whether these bytes stand at an index; ASCII letters of the view count in either case, the text is lower case.
  func holds(_ text: StaticString, at index: Int) -> Bool {
    guard index >= 0, index + text.utf8CodeUnitCount <= count else { return false }
    // SAFETY: the text's code units are read below its length only.
    return (0..<text.utf8CodeUnitCount).allSatisfy { unsafe self[index + $0].lowercased == text.utf8Start[$0] }
  }
}

/// Kinds of bytes, as lexers tell them apart (ASCII; bytes from 0x80 on are pieces of UTF-8 characters).
extension UInt8 {
  var isDigit: Bool { self >= 0x30 && self <= 0x39 }
  var isUpper: Bool { self >= 0x41 && self <= 0x5A }
  var isLower: Bool { self >= 0x61 && self <= 0x7A }
  var isLetter: Bool { (self | 0x20).isLower }
  var isAlphanumeric: Bool { isLetter || isDigit }
  var isHexDigit: Bool { isDigit || (self | 0x20) >= 0x61 && (self | 0x20) <= 0x66 }
  /// Space or tab.
  var isBlank: Bool { self == 0x20 || self == 0x09 }
  /// LF or CR.
  var isLineEnd: Bool { self == 0x0A || self == 0x0D }
  /// Blank, line end, or no text at all.
  var isSpace: Bool { self <= 0x20 }
  /// A byte names are made of in most languages: letters, digits, `_`, and all that is not ASCII.
  var isNameByte: Bool { isAlphanumeric || self == 0x5F || self >= 0x80 }
  /// A byte of a dotted or dashed name.
  var isPathByte: Bool { isNameByte || self == 0x2D || self == 0x2E }
  /// The three quotes of ASCII.
  var isQuote: Bool { self == 0x22 || self == 0x27 || self == 0x60 }
}
