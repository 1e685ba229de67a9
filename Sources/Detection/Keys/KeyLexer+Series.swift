import Rules

/// Reading lists of values, of any length.
extension KeyLexer {
  /// Up to where values that start there are whole, whatever follows the view.
  func limit(isEnd: Bool) -> Int { isEnd ? bytes.count : bytes.count - Series.reach }

  /// Reads the values of a list that start before a limit.
  ///
  /// - Parameters:
  ///   - isEnd: whether nothing follows the view; otherwise a value that may go on behind it is left for the next call.
  ///   - key: the name of the list, where it stands in the view.
  /// - Complexity: linear in the bytes read.
  func read(_ series: inout Series, to limit: Int, isEnd: Bool, of key: Range<Int>? = nil) -> [KeyValue] {
    var values: [KeyValue] = []
    while series.next < min(limit, bytes.count), !series.isOver {
      let start = series.next
      if series.isPassing {
        passLine(&series, to: min(limit, bytes.count))
        continue
      }
      var state = series
      let value = step(&state, of: key ?? start..<start)
      if !isEnd, mayGoOn(state, from: start, isValue: value != nil) { break }
      series = state
      if var value, !value.value.isEmpty {
        value.isEncoded = series.isEncoded
        values.append(value)
      }
    }
    if isEnd, limit >= bytes.count { series.isOver = true }
    return values
  }

  /// Whether what follows the view may change what was read from a place: it goes on to the end, or seems to be no value, on a line
  /// that is not whole.
  private func mayGoOn(_ series: Series, from start: Int, isValue: Bool) -> Bool {
    if series.next >= bytes.count { return true }
    guard !isValue, series.isOver || series.isPassing, bytes.count - start < Series.reach else { return false }
    return !(series.next..<bytes.count).contains { bytes[$0] == 0x0A }
  }

  /// Reads one piece of a list: a value, or what parts it from the next.
  private func step(_ series: inout Series, of key: Range<Int>) -> KeyValue? {
    switch series.kind {
    case .rows(var rows):
      defer { series.kind = .rows(rows) }
      return step(&rows, &series, of: key)
    case .cells(let column, let bars, let isAtStart): return cell(&series, of: key, column, bars, isAtStart)
    case .aligned(let head): return alignedValue(&series, of: key, head)
    case .items(let indent): return item(&series, of: key, indent)
    case .strings(var strings):
      defer { series.kind = .strings(strings) }
      return string(&strings, &series, of: key)
    case .markup(let column, let cell): return markupCell(&series, of: key, column, cell)
    case .spread(let column, let width, let cells): return spreadCell(&series, of: key, column, width, cells)
    case .object(var object):
      defer { series.kind = .object(object) }
      return step(&object, &series)
    case .manifest(var manifest):
      defer { series.kind = .manifest(manifest) }
      return step(&manifest, &series)
    case .document(var document):
      defer { series.kind = .document(document) }
      return step(&document, &series)
    case .lines(let column, let indent): return line(&series, column, indent)
    }
  }

  private func passLine(_ series: inout Series, to limit: Int) {
    let end = bytes.first(0x0A, in: series.next..<limit)
    series.next = end.map { $0 + 1 } ?? limit
    series.isPassing = end == nil
  }

  // MARK: Rows and cells

  private func step(_ rows: inout Series.Rows, _ series: inout Series, of key: Range<Int>) -> KeyValue? {
    let index = series.next
    let byte = bytes[index]
    if let quote = rows.quote {
      series.next = passed(index, in: quote, &rows.quote, overLines: true) ?? index
      return nil
    }
    series.next += 1
    if byte.isSpace, byte != 0, rows.isAtStart || rows.field == nil { return nil }
    guard let field = rows.field else {
      switch byte {
      case UInt8(ascii: "(") where rows.isAtStart: rows.field = 0
      case UInt8(ascii: ",") where !rows.isAtStart: rows.isAtStart = true
      default: series.isOver = true
      }
      return nil
    }
    let isFirst = rows.isAtStart
    rows.isAtStart = false
    if isFirst, field == rows.column, let value = inserted(at: index) {
      series.next = value.upperBound
      rows.quote = Quote(before: value.lowerBound, in: bytes)
      return KeyValue(key: key, value: value, form: .column, isQuoted: true)
    }
    switch byte {
    case UInt8(ascii: ";"), 0: series.isOver = true
    case UInt8(ascii: "("): rows.open += 1
    case UInt8(ascii: ")") where rows.open > 0: rows.open -= 1
    case UInt8(ascii: ")"): (rows.field, rows.isAtStart) = (nil, false)
    case UInt8(ascii: ",") where rows.open == 0: (rows.field, rows.isAtStart) = (field + 1, true)
    case UInt8(ascii: "`"): break
    default:
      guard Quote.mayStart(with: byte), let quote = Quote(at: index, in: bytes) else { break }
      rows.quote = quote
      series.next = index + quote.length
    }
    return nil
  }

  /// Where the bytes of a string end that are passed at once; its mark is taken away where it is closed. `nil` where a line ends in
  /// a string that goes over none: what seemed to be its mark was none.
  func passed(_ start: Int, in quote: Quote, _ mark: inout Quote?, overLines: Bool) -> Int? {
    let end = min(start + Series.stride, bytes.count)
    let closing = quote.closing(in: start...end, of: bytes)
    if !overLines, bytes[start..<(closing ?? end)].holdsLineEnd { return nil }
    guard let closing else { return end }
    mark = nil
    return closing + quote.length
  }

  /// Whether a string is open, of which then as much is passed as is at once.
  func passes(_ mark: inout Quote?, _ series: inout Series) -> Bool {
    guard let quote = mark else { return false }
    let end = passed(series.next, in: quote, &mark, overLines: false)
    (series.next, series.isOver) = (end ?? series.next, end == nil)
    return true
  }

  private func cell(
    _ series: inout Series, of key: Range<Int>, _ column: Int, _ bars: Int, _ isAtStart: Bool
  ) -> KeyValue? {
    let index = series.next
    if isAtStart {
      series.kind = .cells(column: column, bars: 0, isAtStart: false)
      if let end = rule(from: index) {
        series.kind = .cells(column: column, bars: 0, isAtStart: true)
        (series.next, series.isPassing) = (end, true)
        return nil
      }
      if column == 0 { return cell(&series, of: key, from: index) }
    }
    let bar = bar(at: index)
    series.next = index + max(1, bar)
    switch bytes[index] {
    case _ where bar > 0:
      series.kind = .cells(column: column, bars: bars + 1, isAtStart: false)
      return bars + 1 == column ? cell(&series, of: key, from: index + bar) : nil
    case 0x0A:
      series.isOver = bars < max(1, column)
      series.kind = .cells(column: column, bars: 0, isAtStart: true)
    case 0: series.isOver = true
    default: break
    }
    return nil
  }

  private func cell(_ series: inout Series, of key: Range<Int>, from start: Int) -> KeyValue? {
    var end = start
    while end - start < KeyReach.value, bar(at: end) == 0, !bytes[end].isLineEnd, end < bytes.count { end += 1 }
    series.next = end
    return bytes[start..<end].holdsText ? value(of: key, from: start, form: .column) : nil
  }

  // MARK: Items

  private func item(_ series: inout Series, of key: Range<Int>, _ indent: Int) -> KeyValue? {
    let line = series.next
    var index = line
    while bytes[index].isBlank { index += 1 }
    series.isPassing = true
    series.next = index
    if bytes[index].isLineEnd || bytes[index] == UInt8(ascii: "#") { return nil }
    // What stands deeper belongs to the item above.
    if index - line > indent { return nil }
    guard index - line == indent, bytes[index] == UInt8(ascii: "-"), bytes[index + 1].isSpace else {
      series.isOver = true
      return nil
    }
    // What is no value alone, a mapping or nothing, is passed.
    guard bytes[index + 1].isBlank, let item = value(of: key, from: index + 2, form: .item), !item.value.isEmpty,
      bytes[item.value.upperBound - 1] != UInt8(ascii: ":"), !bytes[(index + 2)..<item.value.lowerBound].holdsLineEnd
    else { return nil }
    series.next = item.value.upperBound
    return item
  }

  // MARK: Members

  func step(_ object: inout Series.Object, _ series: inout Series) -> KeyValue? {
    if passes(&object.quote, &series) { return nil }
    if object.open > 0 {
      skip(to: Self.nestedSigns, &series)
    } else if object.isBehindValue {
      skip(to: Self.memberEnds, &series)
    }
    let index = series.next
    let byte = bytes[index]
    series.next += 1
    if byte == 0 {
      series.isOver = true
    } else if object.open > 0 {
      if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") { object.open += 1 }
      if byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") { object.open -= 1 }
      if Quote.mayStart(with: byte), let quote = Quote(at: index, in: bytes) {
        object.quote = quote
        series.next = index + quote.length
      }
    } else if object.isBehindValue, byte != UInt8(ascii: "}"), byte != UInt8(ascii: ","), byte != 0x0A {
      return nil
    } else if byte.isSpace || byte == UInt8(ascii: ",") {
      object.isBehindValue = false
    } else if let end = commentEnd(at: index) {
      series.next = end
      series.isPassing = byte == UInt8(ascii: "#") || bytes[index + 1] == byte
    } else if !object.isBehindValue, let member = member(at: index) {
      return value(of: member, &object, &series)
    } else {
      series.isOver = true
    }
    return nil
  }

  /// Passes bytes that none of a set is among, no more than is passed at once.
  private func skip(to signs: ByteSet, _ series: inout Series) {
    let end = min(series.next + Series.stride, bytes.count)
    while series.next < end, !signs.contains(bytes[series.next]) { series.next += 1 }
  }

  /// What counts within the value of a member, and behind it; zero ends all.
  private static let nestedSigns = ByteSet(Array("{}[]\"'`\\&".utf8) + [0, 0xE2])
  private static let memberEnds = ByteSet(Array("},\n".utf8) + [0])

  /// What a member holds, unless that is an object or a list, which is passed.
  private func value(of member: KeyValue, _ object: inout Series.Object, _ series: inout Series) -> KeyValue? {
    object.isBehindValue = true
    series.next = member.value.upperBound
    let first = bytes[member.value.lowerBound]
    if !member.isQuoted, first == UInt8(ascii: "{") || first == UInt8(ascii: "[") {
      object.open = 1
      series.next = member.value.lowerBound + 1
      return nil
    }
    if member.isQuoted { object.quote = Quote(before: member.value.lowerBound, in: bytes) }
    return member.value.isEmpty ? nil : member
  }

  private func line(_ series: inout Series, _ column: Int?, _ indent: Int?) -> KeyValue? {
    var index = series.next
    while bytes[index].isBlank { index += 1 }
    let own = index - series.next
    series.isPassing = true
    series.next = index
    if bytes[index].isLineEnd || bytes[index] == UInt8(ascii: "#") || bytes[index] == UInt8(ascii: ";") { return nil }
    if let column {
      series.isOver = own <= column || own < indent ?? 0
      if series.isOver || own > indent ?? own { return nil }
      series.kind = .lines(column: column, indent: own)
    } else if bytes[index] == UInt8(ascii: "[") {
      series.isOver = true
      return nil
    }
    guard self.member(at: index) != nil else {
      series.isOver = column != nil
      return nil
    }
    return member(onLineAt: index, &series)
  }

  /// The member of a line whose value ends with it.
  func member(onLineAt index: Int, _ series: inout Series) -> KeyValue? {
    guard let member = member(at: index) else { return nil }
    series.next = member.value.upperBound
    let rest = member.value.upperBound + (member.isQuoted ? 1 : 0)
    // `bob = …, role`: a section may tell more of an account.
    let goesOn = series.form == .member && bytes[rest] == UInt8(ascii: ",") && column(of: member.key.lowerBound) == 0
    guard !member.value.isEmpty, member.isCut || endsLine(rest) || goesOn,
      !Self.nodeMarks.contains(bytes[member.value.lowerBound])
    else { return nil }
    return member
  }

  /// What a node of YAML starts with that is no value on its line.
  private static let nodeMarks = ByteSet("|>&!{".utf8)
}
