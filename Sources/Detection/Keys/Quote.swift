/// A quotation mark as it is written at one place: `"`, `\"`, `'''`, `&quot;`, `“`.
struct Quote: Equatable {
  /// The mark that closes: an ASCII quote, or the entity's or character's number.
  private enum Kind: Equatable {
    /// A quote of ASCII, behind so many backslashes, so many times.
    case plain(UInt8, escapes: Int, times: Int)
    case entity(UInt8)
    /// `‘…’`, `“…”`: the last byte of the closing character (UTF-8, E2 80 xx).
    case typographic(closing: UInt8)
  }

  private let kind: Kind
  /// Bytes of the mark.
  let length: Int

  private init(kind: Kind, length: Int) {
    self.kind = kind
    self.length = length
  }

  /// Whether a mark may start with a byte.
  static func mayStart(with byte: UInt8) -> Bool {
    byte.isQuote || byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "&") || byte == 0xE2
  }

  /// The mark that starts at an index.
  init?(at index: Int, in bytes: ByteView) {
    var place = index
    while bytes[place] == UInt8(ascii: "\\"), place - index < 16 { place += 1 }
    let byte = bytes[place]
    if byte.isQuote {
      let isTriple = place == index && bytes[place + 1] == byte && bytes[place + 2] == byte
      let times = isTriple ? 3 : 1
      self.init(kind: .plain(byte, escapes: place - index, times: times), length: place - index + times)
      return
    }
    guard place == index else { return nil }
    if byte == UInt8(ascii: "&"), let entity = Self.entity(at: index, in: bytes) {
      self.init(kind: .entity(entity.byte), length: entity.length)
      return
    }
    if byte == 0xE2, bytes[index + 1] == 0x80, [0x98, 0x99, 0x9C, 0x9D].contains(bytes[index + 2]) {
      self.init(kind: .typographic(closing: bytes[index + 2] | 1), length: 3)
      return
    }
    return nil
  }

  /// The mark that ends right before an index.
  init?(before index: Int, in bytes: ByteView) {
    let byte = bytes[index - 1]
    if byte.isQuote {
      var start = index - 1
      while start > 0, bytes[start - 1] == UInt8(ascii: "\\"), index - start < 16 { start -= 1 }
      self.init(kind: .plain(byte, escapes: index - 1 - start, times: 1), length: index - start)
      return
    }
    if byte == UInt8(ascii: ";") {
      for start in stride(from: index - 4, through: index - 6, by: -1) {
        if let entity = Self.entity(at: start, in: bytes), start + entity.length == index {
          self.init(kind: .entity(entity.byte), length: entity.length)
          return
        }
      }
    }
    guard index >= 3, bytes[index - 3] == 0xE2, let quote = Quote(at: index - 3, in: bytes) else { return nil }
    self = quote
  }

  /// Whether the same quotation ends at an index.
  func closes(at index: Int, in bytes: ByteView) -> Bool {
    switch kind {
    case .plain(let byte, let escapes, let times):
      guard bytes[index + (times == 3 ? 0 : escapes)] == byte else { return false }
      if times == 3 { return bytes[index + 1] == byte && bytes[index + 2] == byte }
      var count = 0
      var place = index + escapes - 1
      while place >= 0, bytes[place] == UInt8(ascii: "\\"), count <= 16 {
        count += 1
        place -= 1
      }
      return escapes == 0 ? count % 2 == 0 : count == escapes
    case .entity(let byte):
      return Self.entity(at: index, in: bytes).map { $0.byte == byte } ?? false
    case .typographic(let closing):
      return bytes[index] == 0xE2 && bytes[index + 1] == 0x80 && bytes[index + 2] == closing
    }
  }

  /// The first place of a range at which the same quotation ends.
  func closing(in range: ClosedRange<Int>, of bytes: ByteView) -> Int? {
    // What stands there, and how far behind the place.
    let (byte, distance): (UInt8, Int) =
      switch kind {
      case .plain(let byte, let escapes, let times): (byte, times == 3 ? 0 : escapes)
      case .entity: (UInt8(ascii: "&"), 0)
      case .typographic: (0xE2, 0)
      }
    var start = range.lowerBound + distance
    while let found = bytes.first(byte, in: start..<max(start, range.upperBound + distance + 1)) {
      if closes(at: found - distance, in: bytes) { return found - distance }
      start = found + 1
    }
    return nil
  }

  /// Whether a quotation started here can go on over line ends.
  var spansLines: Bool {
    if case .plain(let byte, _, let times) = kind { return times == 3 || byte == UInt8(ascii: "`") }
    return false
  }

  /// Whether something is quoted from here on, rather than the mark ending what is before it.
  static func isOpening(before index: Int, in bytes: ByteView) -> Bool {
    let next = bytes[index]
    return !next.isSpace && next != UInt8(ascii: ",") && next != UInt8(ascii: ";") && next != UInt8(ascii: ")")
      && next != UInt8(ascii: "]") && next != UInt8(ascii: ":") && next != UInt8(ascii: "=")
      && next != UInt8(ascii: "}")
      && next != UInt8(ascii: ">")
  }

  /// `&quot;`, `&#34;`, `&apos;`, `&#39;`, `&#x27;`.
  private static func entity(at index: Int, in bytes: ByteView) -> (byte: UInt8, length: Int)? {
    guard bytes[index] == UInt8(ascii: "&") else { return nil }
    if bytes.holds("&quot;", at: index) { return (0x22, 6) }
    if bytes.holds("&#34;", at: index) { return (0x22, 5) }
    if bytes.holds("&apos;", at: index) { return (0x27, 6) }
    if bytes.holds("&#39;", at: index) { return (0x27, 5) }
    if bytes.holds("&#x27;", at: index) { return (0x27, 6) }
    if bytes.holds("&#x22;", at: index) { return (0x22, 6) }
    return nil
  }
}
