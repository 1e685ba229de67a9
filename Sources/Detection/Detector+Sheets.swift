import ByteText
import Findings
import Rules

// SAFETY: the views lie within the detector's window, which does not move while rows are read.
extension Detector {
  /// Tables read at a time at most.
  private static let mostSheets = 8

  /// Starts to read a table whose head was met, or one more column of it.
  func openSheet(_ head: SheetHead, _ name: KeyName, in bytes: ByteView, at base: Int, _ sheets: inout [Sheet]) {
    guard head.isWhole, kind != .code || head.isDump, let role = name.role, role == .password || !name.isWeak else {
      return
    }
    let column = Sheet.Column(index: head.column, name: name, head: bytes.copy(head.text))
    if let index = sheets.firstIndex(where: { $0.rows == base + head.rows }) {
      sheets[index].columns.append(column)
    } else if sheets.count < Self.mostSheets {
      sheets.append(Sheet(head, column, at: base))
    } else {
      tell("holds more than \(Self.mostSheets) tables of secrets at once: not all are read to their end")
    }
  }

  /// Reads the rows of tables up to an offset, and judges what stands in the columns of secrets.
  func readSheets(to limit: Int, isEnd: Bool) {
    guard !sheets.isEmpty else { return }
    let bytes = unsafe ByteView(window.bytes)
    for index in sheets.indices {
      for cell in sheets[index].cells(upTo: limit, isEnd: isEnd, in: bytes, at: window.base) {
        let pair = pair(of: cell)
        judge(pair, cell.column.name, head: cell.column.head, in: bytes, at: window.base, isEnd: isEnd)
      }
    }
    sheets.removeAll(where: \.isOver)
  }

  /// Weighs the rows not read yet, of tables under way and of those whose heads are among the bytes not searched yet.
  func foreseeSheets(_ found: [Sheet], _ view: inout Foresight) {
    let bytes = unsafe ByteView(window.bytes)
    for var sheet in sheets + found {
      for cell in sheet.cells(upTo: window.end, isEnd: false, in: bytes, at: window.base) {
        foresee(pair(of: cell), cell.column.name, head: cell.column.head, in: bytes, at: window.base, &view)
      }
      if let start = sheet.openSecret { hold(start, &view) }
    }
  }

  private func pair(of cell: Sheet.Cell) -> KeyValue {
    let value = (cell.value.lowerBound - window.base)..<(cell.value.upperBound - window.base)
    return KeyValue(key: value.lowerBound..<value.lowerBound, value: value, form: .column, isQuoted: cell.isQuoted)
  }
}
