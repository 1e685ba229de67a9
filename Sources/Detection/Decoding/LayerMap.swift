import ByteText
import Findings

/// Where each byte of a decoded text comes from.
///
/// A decoded text is made of symbols: digits of an encoding, or its own bytes. A piece is a run of symbols that stand in a
/// row on one line of the artifact, each unit of `symbols` made from `bytes`.
final class LayerMap {
  struct Piece {
    /// Number of the first symbol.
    var symbol: Int
    /// Offset it comes from.
    var origin: Int
    var symbols: Int
    var bytes: Int
    /// Whether each unit is an escaped sign that stands for itself: `\"`, `\\`.
    var isPlain: Bool
    /// Lines between that of the text's start and that of the origin, and where the latter starts; `nil` where it is the
    /// same.
    var line: Int
    var lineStart: Int?

    /// Whether its first symbol comes from right behind what the last one of another comes from.
    func follows(_ other: Piece) -> Bool {
      other.origin + (symbol - other.symbol) / other.symbols * other.bytes == origin
    }
  }

  /// Pieces kept at most; of more, those in the middle go. A secret that long is told by its ends.
  private static let capacity = 1 << 16

  /// Bits of the decoded text a symbol stands for.
  let bits: Int
  private(set) var pieces: [Piece] = []

  /// A place in the line in which the text starts; `nil` until it is known.
  var start: LineCursor?
  /// Whether the text is a member of a container, which comes from its start.
  private let isMember: Bool
  /// Whether the text stands in the container as it is.
  let isVerbatim: Bool

  init(bits: Int = 8) {
    self.bits = bits
    isMember = false
    isVerbatim = false
  }

  /// The map of a member: line by line where it stands in the container as it is, else all of it leads to its start.
  init(of start: LineCursor, isVerbatim: Bool) {
    bits = 8
    self.start = start
    isMember = true
    self.isVerbatim = isVerbatim
  }

  /// Adds symbols behind those there are, unless the last piece already says where they come from.
  func add(
    symbol: Int, from origin: Int, line: Int, lineStart: Int?, symbols: Int = 1, bytes: Int = 1, isPlain: Bool = false
  ) {
    if let last = pieces.last, last.symbols == symbols, last.bytes == bytes, last.isPlain == isPlain,
      last.lineStart == lineStart,
      (symbol - last.symbol).isMultiple(of: symbols),
      last.origin + (symbol - last.symbol) / symbols * bytes == origin
    {
      return
    }
    pieces.append(
      Piece(
        symbol: symbol, origin: origin, symbols: symbols, bytes: bytes, isPlain: isPlain, line: line,
        lineStart: lineStart))
    if pieces.count > Self.capacity { pieces.removeSubrange((Self.capacity / 4)..<(Self.capacity / 2)) }
  }

  /// Forgets what lies wholly before a decoded offset.
  func forget(before offset: Int) {
    let symbol = max(0, offset) * 8 / bits
    let keep = index(of: symbol)
    // Removing moves what stays: it pays only where much goes.
    if keep > 256, keep > pieces.count / 2 { pieces.removeFirst(keep) }
  }

  /// Offset in the artifact from which a decoded byte comes.
  func origin(of offset: Int) -> Int {
    if isMember { return (start?.offset ?? 0) + (isVerbatim ? offset : 0) }
    return place(offset).origin
  }

  /// Whether some byte of a decoded range stands for something other than itself, or not behind the one before it.
  ///
  /// - Parameter countsPlain: whether escaped signs that stand for themselves count.
  func isDecoded(in range: Range<Int>, countsPlain: Bool = true) -> Bool {
    if bits != 8 || isMember { return true }
    var index = index(of: range.lowerBound)
    while index < pieces.count, pieces[index].symbol < range.upperBound {
      let piece = pieces[index]
      if piece.isPlain {
        if countsPlain { return true }
      } else if piece.symbols != 1 || piece.bytes != 1 {
        return true
      } else if index > 0, piece.symbol > range.lowerBound, !piece.follows(pieces[index - 1]) {
        return true
      }
      index += 1
    }
    return false
  }

  /// Where what stands at a place in the decoded text stands in the artifact.
  func location(of inner: Location) -> Location {
    if isMember, let start { return location(of: inner, from: start) }
    let first = place(inner.start)
    guard inner.end > inner.start else {
      return Location(
        start: first.origin, end: first.origin, line: first.line, column: first.column, endLine: first.line,
        endColumn: first.column)
    }
    let last = placeBehind(inner.end)
    return Location(
      start: first.origin, end: last.origin, line: first.line, column: first.column, endLine: last.line,
      endColumn: last.column)
  }

  private func location(of inner: Location, from whole: LineCursor) -> Location {
    guard isVerbatim else {
      return Location(
        start: whole.offset, end: whole.offset, line: whole.line, column: whole.column, endLine: whole.line,
        endColumn: whole.column)
    }
    return Location(
      start: whole.offset + inner.start, end: whole.offset + inner.end, line: whole.line + inner.line - 1,
      column: inner.column + (inner.line == 1 ? whole.column - 1 : 0), endLine: whole.line + inner.endLine - 1,
      endColumn: inner.endColumn + (inner.endLine == 1 ? whole.column - 1 : 0))
  }

  private typealias Place = (origin: Int, line: Int, column: Int)

  private func place(_ offset: Int) -> Place {
    let symbol = offset * 8 / bits
    guard let piece = piece(of: symbol) else { return (0, 1, 1) }
    return place(piece.origin + (symbol - piece.symbol) / piece.symbols * piece.bytes, of: piece)
  }

  /// The place behind the symbols of the bytes before an offset.
  private func placeBehind(_ offset: Int) -> Place {
    let symbols = (offset * 8 + bits - 1) / bits
    guard let piece = piece(of: symbols - 1) else { return (0, 1, 1) }
    let units = (symbols - piece.symbol + piece.symbols - 1) / piece.symbols
    return place(piece.origin + units * piece.bytes, of: piece)
  }

  private func place(_ origin: Int, of piece: Piece) -> Place {
    let lineStart = piece.lineStart ?? start?.lineStart ?? 0
    return (origin, piece.line + (start?.line ?? 1), origin - lineStart + 1)
  }

  private func piece(of symbol: Int) -> Piece? { pieces.isEmpty ? nil : pieces[index(of: symbol)] }

  /// Index of the last piece that starts at a symbol or before it; 0 where all start behind it.
  private func index(of symbol: Int) -> Int {
    var low = 0
    var high = pieces.count
    while low + 1 < high {
      let middle = (low + high) / 2
      if pieces[middle].symbol <= symbol { low = middle } else { high = middle }
    }
    return low
  }
}
