import ByteText

/// Text in which a character takes two or four bytes: UTF-16 and UTF-32, in either order.
final class WideText {
  /// Characters that are not ASCII after which the text counts as ended.
  private static let greatestSilence = 64
  /// How characters are laid out.
  struct Encoding: Equatable {
    /// Bytes of a unit: 2 or 4.
    var width: Int
    var isBigEndian: Bool

    /// ASCII characters in a row that make a text.
    var leastCount: Int { width == 4 ? 5 : 8 }
    /// Bytes of these.
    var proof: Int { leastCount * width }

    var name: String { "utf-\(width * 8)\(isBigEndian ? "be" : "le")" }

    /// The number in the unit at an offset.
    func unit(at offset: Int, _ view: BytesAtHand) -> Int {
      (0..<width).reduce(0) { $0 << 8 | Int(view[offset + (isBigEndian ? $1 : width - 1 - $1)]) }
    }

    /// The ASCII character in the unit at an offset.
    func ascii(at offset: Int, _ view: BytesAtHand) -> UInt8? {
      let unit = unit(at: offset, view)
      return unit > 0 && unit < 0x80 && Digits.isText(UInt8(unit)) ? UInt8(unit) : nil
    }
  }

  /// Where a text starts, and how it is written.
  struct Start {
    var encoding: Encoding
    var offset: Int
  }

  let session: LayerSession
  private let encoding: Encoding
  /// Offset of the next unit.
  private(set) var position: Int
  private var silence = 0
  /// Offset of the last character of ASCII.
  private var lastVisible: Int
  /// Where it ended because its characters lie otherwise from there on: there it is another text.
  private(set) var successor: Start?
  private var line = 0
  private var lineStart: Int?

  init(_ start: Start, session: LayerSession) {
    encoding = start.encoding
    position = start.offset
    lastVisible = start.offset
    self.session = session
  }

  /// The text that a byte order mark at the start of the artifact tells of.
  static func marked(_ view: BytesAtHand) -> Start? {
    guard view.base == 0 else { return nil }
    switch (view[0], view[1], view[2], view[3]) {
    case (0xFF, 0xFE, 0, 0): return Start(encoding: Encoding(width: 4, isBigEndian: false), offset: 4)
    case (0, 0, 0xFE, 0xFF): return Start(encoding: Encoding(width: 4, isBigEndian: true), offset: 4)
    case (0xFF, 0xFE, _, _): return Start(encoding: Encoding(width: 2, isBigEndian: false), offset: 2)
    case (0xFE, 0xFF, _, _): return Start(encoding: Encoding(width: 2, isBigEndian: true), offset: 2)
    default: return nil
    }
  }

  /// The text a block lies in, where it begins with nothing but ASCII characters of one width.
  static func find(at block: Int, after least: Int, _ view: BytesAtHand) -> Start? {
    guard let visible = (block..<block + 4).first(where: { view[$0] != 0 }) else { return nil }
    for width in [4, 2] {
      let little = Encoding(width: width, isBigEndian: false)
      guard (0..<little.leastCount).allSatisfy({ little.ascii(at: visible + $0 * width, view) != nil }) else {
        continue
      }
      var start = visible
      while start - width >= max(least, view.base), visible - start < LayerScanner.reachBefore / 2,
        little.ascii(at: start - width, view) != nil
      {
        start -= width
      }
      // Characters whose zeros come first read as if they came last, one place on. Only the first tells: before it stands
      // a zero that is not the end of something else.
      let zeros = (1..<width).prefix { start - $0 >= max(least, view.base) && view[start - $0] == 0 }.count
      let isBigEndian =
        zeros == width - 1 && (start < width || view[start - width] != 0 || !start.isMultiple(of: width))
      return Start(
        encoding: Encoding(width: width, isBigEndian: isBigEndian), offset: isBigEndian ? start - width + 1 : start)
    }
    return nil
  }

  /// Reads the text up to a bound, and gives whether it ended before.
  func advance(_ view: BytesAtHand, to bound: Int, isEnd: Bool) -> Bool {
    while position < bound, silence < Self.greatestSilence {
      // A last unit that is cut off may still hold its character.
      let unit = encoding.unit(at: position, view)
      let isVisible = unit > 0 && unit < 0x80
      if !isVisible, let other = other(view) {
        successor = other
        return true
      }
      if isVisible { lastVisible = position }
      var length = encoding.width
      var value = unit
      if encoding.width == 2, (0xD800..<0xDC00).contains(unit) {
        let low = encoding.unit(at: position + 2, view)
        if (0xDC00..<0xE000).contains(low) {
          value = 0x10000 + (unit - 0xD800) << 10 + low - 0xDC00
          length = 4
        }
      }
      let bytes = ShortText(character: value)
      session.map.add(
        symbol: session.count, from: position, line: line, lineStart: lineStart, symbols: bytes.count, bytes: length)
      session.append(bytes)
      silence = isVisible ? 0 : silence + 1
      for offset in position..<position + length where Self.isLineEnd(offset, view) {
        line += 1
        lineStart = offset + 1
      }
      position += length
    }
    return isEnd || silence >= Self.greatestSilence
  }

  /// The text that starts here, or since the last character of ASCII, where it is not this one.
  private func other(_ view: BytesAtHand) -> Start? {
    guard let other = Self.find(at: position, after: lastVisible, view),
      other.encoding != encoding || !(other.offset - position).isMultiple(of: encoding.width)
    else { return nil }
    return other
  }

  private static func isLineEnd(_ offset: Int, _ view: BytesAtHand) -> Bool {
    view[offset] == 0x0A || view[offset] == 0x0D && view[offset + 1] != 0x0A
  }
}
