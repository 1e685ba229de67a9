/// Rows of the tables between two marks of a Markdown page.
///
/// The marks are comments: `<!-- NAME: … -->` and `<!-- end of NAME -->`.
struct MarkdownTable {
  /// The page has no such marks, or nothing between them.
  struct Missing: Error { var name: String }

  /// Cells of each row, headings and rules left out.
  var rows: [[String]] = []

  init(_ name: String, in page: String) throws {
    var isWithin = false
    var isHeading = true
    for line in page.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("<!-- \(name):") { isWithin = true }
      if line.hasPrefix("<!-- end of \(name)") { isWithin = false }
      guard isWithin, line.hasPrefix("|") else {
        isHeading = true
        continue
      }
      let cells = line.dropFirst().split(separator: "|", omittingEmptySubsequences: false).map {
        String($0.trimming(" "))
      }
      if isHeading {
        isHeading = !cells[0].allSatisfy { $0 == "-" || $0 == ":" }
      } else {
        rows.append(cells)
      }
    }
    guard !rows.isEmpty else { throw Missing(name: name) }
  }

  /// What stands in backticks in a cell.
  static func names(in cell: String) -> [String] {
    let pieces = cell.split(separator: "`", omittingEmptySubsequences: false)
    return pieces.indices.filter { $0 % 2 == 1 }.map { String(pieces[$0]) }
  }
}

extension Substring {
  /// The text without that character at its ends.
  func trimming(_ character: Character) -> Substring {
    var rest = self
    while rest.first == character { rest = rest.dropFirst() }
    while rest.last == character { rest = rest.dropLast() }
    return rest
  }
}
