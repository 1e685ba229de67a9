internal import TOMLKit

/// Takes the known keys out of one TOML table, and notes what has the wrong type or is not known.
struct TableReader {
  /// What all tables of a file share.
  final class Document {
    let file: String
    let origin: PackOrigin
    let places: TOMLPlaces
    var problems: [RuleProblem] = []

    init(file: String, origin: PackOrigin, places: TOMLPlaces) {
      self.file = file
      self.origin = origin
      self.places = places
    }
  }

  let document: Document
  private let table: TOMLTable
  private let path: String
  /// The spelling in the file by the spelling looked for.
  private let spellings: [String: String]
  private var taken: Set<String> = []
  /// Id of the rule the table belongs to.
  var rule: String?

  init(_ table: TOMLTable, path: String, rule: String? = nil, document: Document) {
    self.table = table
    self.path = path
    self.rule = rule
    self.document = document
    var spellings: [String: String] = [:]
    for key in table.keys {
      // gitleaks reads its keys in any case; where two spellings meet, the one of the format counts.
      if document.origin == .foreign, spellings[key.lowercased()] == nil { spellings[key.lowercased()] = key }
    }
    for key in table.keys { spellings[key] = key }
    self.spellings = spellings
  }

  /// The place of the table itself.
  var position: TextPosition { document.places.places[path]?.key ?? .start }

  // MARK: Values

  mutating func string(_ key: String) -> Written<String>? {
    take(key, "a string") { $0.string }
  }

  mutating func bool(_ key: String) -> Written<Bool>? {
    take(key, "true or false") { $0.bool }
  }

  mutating func integer(_ key: String) -> Written<Int>? {
    take(key, "a whole number") { $0.int }
  }

  mutating func number(_ key: String) -> Written<Double>? {
    take(key, "a number") { value in value.double ?? value.int.map(Double.init) }
  }

  mutating func strings(_ key: String) -> [Written<String>] {
    elements(of: key, "a list of strings") { value, path, reader in
      guard let string = value.string else { return nil }
      return reader.written(string, at: path)
    }
  }

  /// One table, by its header or inline.
  mutating func table(_ key: String) -> TableReader? {
    guard let (value, path) = value(of: key) else { return nil }
    guard let table = value.table else {
      complain(about: path, "\(key) must be a table")
      return nil
    }
    return TableReader(table, path: path, rule: rule, document: document)
  }

  /// A list of tables, by their headers or inline; a single table is a list of one.
  mutating func tables(_ key: String) -> [TableReader] {
    if let (value, _) = value(of: key), value.table != nil { return table(key).map { [$0] } ?? [] }
    return elements(of: key, "a list of tables: write [[…]] above each") { value, path, reader in
      value.table.map { TableReader($0, path: path, rule: reader.rule, document: reader.document) }
    }
  }

  /// Notes every key that was not asked for; call it last.
  func finish() {
    for key in table.keys where !taken.contains(key) {
      let place = document.places.places[joined(key)]?.key ?? position
      let whereTo = path.isEmpty ? "" : " in \(path.indexless)"
      document.problems.append(
        RuleProblem(
          level: document.origin == .own ? .error : .warning, file: document.file, position: place, rule: rule,
          message: "unknown key \(key.shown)\(whereTo): \(document.origin == .own ? "remove it" : "it has no effect")"
        )
      )
    }
  }

  // MARK: Ways

  private func joined(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

  private mutating func value(of key: String) -> (value: any TOMLValueConvertible, path: String)? {
    guard let spelling = spellings[key] ?? (document.origin == .foreign ? spellings[key.lowercased()] : nil),
      let value = table[spelling]
    else { return nil }
    taken.insert(spelling)
    return (value, joined(spelling))
  }

  private func written<Value>(_ value: Value, at path: String) -> Written<Value> {
    let place = document.places.places[path]
    return Written(value, at: place?.value ?? position, isVerbatim: place?.isVerbatim ?? false)
  }

  private func complain(about path: String, _ message: String) {
    let place = document.places.places[path]?.key ?? position
    document.problems.append(
      RuleProblem(level: .error, file: document.file, position: place, rule: rule, message: message)
    )
  }

  private mutating func take<Value>(
    _ key: String, _ type: String, _ convert: (any TOMLValueConvertible) -> Value?
  ) -> Written<Value>? {
    guard let (value, path) = value(of: key) else { return nil }
    guard let converted = convert(value) else {
      complain(about: path, "\(key) must be \(type)")
      return nil
    }
    return written(converted, at: path)
  }

  private mutating func elements<Element>(
    of key: String, _ type: String,
    _ convert: (any TOMLValueConvertible, _ path: String, TableReader) -> Element?
  ) -> [Element] {
    guard let (value, path) = value(of: key) else { return [] }
    guard let array = value.array else {
      complain(about: path, "\(key) must be \(type)")
      return []
    }
    var elements: [Element] = []
    for index in 0..<array.count {
      if let element = convert(array[index], "\(path)[\(index)]", self) {
        elements.append(element)
      } else {
        complain(about: "\(path)[\(index)]", "\(key) must be \(type)")
      }
    }
    return elements
  }
}

extension String {
  /// The path without the indices of its lists, as people write it.
  fileprivate var indexless: String {
    var result = ""
    var isInside = false
    for character in self {
      if character == "[" { isInside = true }
      if !isInside { result.append(character) }
      if character == "]" { isInside = false }
    }
    return result
  }

  /// The text with everything that could break a line of a message or a terminal escaped.
  var shown: String {
    var result = ""
    for scalar in unicodeScalars {
      if scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) {
        result += "\\u{" + String(scalar.value, radix: 16) + "}"
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
