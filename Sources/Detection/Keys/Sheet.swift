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
    /// Whether it is a text by itself, quoted or not.
    var isQuoted: Bool
    var column: Column
  }

  /// What of a field a byte is.
  enum Part { case start, bare, quoted, closed }

  /// Longest value that is judged; of a longer one its last bytes are, which are at hand.
  private static let greatestValue = 1024
  /// Rows in succession that have another number of fields than the head and do not end the table: a separator that should have been quoted.
  private static let mostMisfits = 4

  let separator: UInt8
  /// Fields of the head, and so of each row.
  let width: Int
  var columns: [Column]
  /// Offset of the first row.
  let rows: Int
  /// Whether a row came that is none.
  private(set) var isOver = false
  /// Offset of the next byte to be read.
  private let isDump: Bool
  private var next: Int
  private var fieldStart: Int
  private var field = 0
  private var part = Part.start
  private var misfits = 0

  init(_ head: SheetHead, _ column: Column, at base: Int) {
    separator = head.separator
    isDump = head.isDump && head.separator == 0x09
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
        part = isDump ? .bare : part.behind(byte)
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
      // A long field need not be at hand whole.
      if value.count > Self.greatestValue { value = (next - Self.greatestValue)..<next }
      while let last = value.last, bytes[last - base].isSpace { value = value.dropLast() }
      if isQuoted {
        let start = max(value.lowerBound, fieldStart + 1)
        value = start..<max(start, value.upperBound - 1)
      }
      let isMissing = isDump && value.count == 2 && bytes[value.lowerBound - base] == UInt8(ascii: "\\")
      if !value.isEmpty, !isMissing {
        cells.append(Cell(value: value, isQuoted: isQuoted || isDump, column: column))
      }
    }
    field += 1
    part = .start
  }

  private mutating func endRow() {
    misfits = field == width ? 0 : misfits + 1
    // A line of one field is none of the table.
    if misfits > 0, field == 1 || misfits > Self.mostMisfits { isOver = true }
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
