/// A table of separated values (RFC 4180) with columns of secrets, read on behind its head however long it is.
struct Sheet {
  /// A column whose head is a secret's name.
  struct Column {
    var index: Int
    var name: KeyName
    /// The head as written.
    var head: [UInt8]
  }

  /// A field of such a column that holds something.
  struct Cell {
    /// Offsets in the artifact, without quotes.
    var value: Range<Int>
    var isQuoted: Bool
    var column: Column
  }

  /// What of a field a byte is.
  enum Part { case start, bare, quoted, closed }

  /// Longest value that is judged.
  private static let greatestValue = 512
  /// Longest field; what is longer began with a quote that none closes.
  private static let greatestField = 8192

  let separator: UInt8
  /// Fields of the head, and so of each row.
  let width: Int
  var columns: [Column]
  /// Offset of the first row.
  let rows: Int
  /// Whether a row came that is none.
  private(set) var isOver = false
  /// Offset of the next byte to be read.
  private var next: Int
  private var fieldStart: Int
  private var field = 0
  private var part = Part.start

  init(_ head: SheetHead, _ column: Column, at base: Int) {
    separator = head.separator
    width = head.width
    rows = base + head.rows
    columns = [column]
    next = rows
    fieldStart = rows
  }

  /// Offset at which the secret starts whose end is not read yet, `nil` where none is under way.
  var openSecret: Int? { !isOver && columns.contains { $0.index == field } ? fieldStart : nil }

  /// Reads on, and gives the fields that end on the way.
  ///
  /// - Parameters:
  ///   - end: offset behind the last byte to be read.
  ///   - isEnd: whether nothing follows it.
  ///   - base: offset of the view's first byte.
  mutating func cells(upTo end: Int, isEnd: Bool, in bytes: ByteView, at base: Int) -> [Cell] {
    var cells: [Cell] = []
    while next < end, !isOver {
      let byte = bytes[next - base]
      if part != .quoted, byte == separator || byte == 0x0A {
        endField(in: bytes, at: base, &cells)
        if byte == 0x0A { endRow() }
      } else {
        part = part.behind(byte)
        if next - fieldStart > Self.greatestField { isOver = true }
      }
      next += 1
      if part == .start { fieldStart = next }
    }
    if isEnd, !isOver { endField(in: bytes, at: base, &cells) }
    return cells
  }

  private mutating func endField(in bytes: ByteView, at base: Int, _ cells: inout [Cell]) {
    if let column = columns.first(where: { $0.index == field }) {
      var value = fieldStart..<next
      let isQuoted = part == .closed
      while let last = value.last, bytes[last - base].isSpace { value = value.dropLast() }
      if isQuoted { value = (value.lowerBound + 1)..<max(value.lowerBound + 1, value.upperBound - 1) }
      if !value.isEmpty, value.count <= Self.greatestValue {
        cells.append(Cell(value: value, isQuoted: isQuoted, column: column))
      }
    }
    field += 1
    part = .start
  }

  private mutating func endRow() {
    if field != width { isOver = true }
    field = 0
  }
}

extension Sheet.Part {
  /// The part of a field a byte leads to; a quote counts where a field starts with one, and twice it is one byte.
  func behind(_ byte: UInt8) -> Self {
    switch self {
    case .start: byte == 0x22 ? .quoted : .bare
    case .quoted: byte == 0x22 ? .closed : .quoted
    case .closed: byte == 0x22 ? .quoted : .closed
    case .bare: .bare
    }
  }
}
