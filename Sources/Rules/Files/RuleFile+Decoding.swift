internal import TOMLKit

extension RuleFile {
  /// Reads a rule file; what is wrong with it is in `problems`.
  ///
  /// Never fails as a whole: text that is no TOML gives a file without rules and an error with its place.
  ///
  /// - Complexity: linear in the length of the text.
  package init(decoding source: RuleSource, origin: PackOrigin) {
    self.init(name: source.name, origin: origin)
    guard let text = validated(source.bytes) else { return }
    let table: TOMLTable
    do {
      table = try TOMLTable(string: text)
    } catch let error as TOMLParseError {
      let begin = error.source.begin
      fail(TextPosition(line: begin.line, column: begin.column), "no valid TOML: \(error.description.shown)")
      return
    } catch {
      fail(.start, "no valid TOML")
      return
    }
    let places = TOMLPlaces(of: source.bytes)
    for position in places.escapedNULs { fail(position, "NUL characters are not supported in rule files: write \\x00") }
    let document = TableReader.Document(file: name, origin: origin, places: places)
    var reader = TableReader(table, path: "", document: document)
    read(&reader)
    problems += document.problems.sorted { $0.position < $1.position }
  }

  /// The text, or `nil` and an error where TOMLKit would not see all of it.
  private mutating func validated(_ bytes: [UInt8]) -> String? {
    if let offset = bytes.firstIndex(of: 0) {
      fail(TOMLPlaces(lines: bytes).position(offset), "the file holds a NUL byte: it is cut off, or no TOML")
      return nil
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      // No UTF-8 sequence spans a line end, so the first line that is not valid alone is the one.
      let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      let line = lines.firstIndex { String(validating: $0, as: UTF8.self) == nil } ?? 0
      fail(TextPosition(line: line + 1, column: 1), "the line is not UTF-8")
      return nil
    }
    if let offset = Self.deepKey(in: bytes) {
      fail(TOMLPlaces(lines: bytes).position(offset), "more than \(Self.greatestKeyDepth) names are joined by dots")
      return nil
    }
    return text
  }

  /// More tables than this stand in one another in no rule file; TOMLKit goes down into them until the stack ends.
  private static let greatestKeyDepth = 1000

  /// Where more names than that are joined by dots, whatever they stand for.
  private static func deepKey(in bytes: [UInt8]) -> Int? {
    var dots = 0
    return bytes.firstIndex { byte in
      if byte == UInt8(ascii: ".") { dots += 1 } else if !keyBytes.contains(byte) { dots = 0 }
      return dots > greatestKeyDepth
    }
  }

  private static let keyBytes = ByteSet.word.union(ByteSet("-\"' \t".utf8))

  private mutating func fail(_ position: TextPosition, _ message: String) {
    problems.append(RuleProblem(level: .error, file: name, position: position, message: message))
  }

  private mutating func read(_ reader: inout TableReader) {
    title = reader.string("title")
    description = reader.string("description")
    // Versions of other tools; our own format has none.
    _ = reader.string("minVersion")
    _ = reader.string("betterleaksMinVersion")
    filter = reader.string("filter")
    prefilter = reader.string("prefilter")
    if var table = reader.table("extend") {
      var extend = Extend(position: table.position)
      extend.useDefault = table.bool("useDefault")
      extend.path = table.string("path")
      extend.url = table.string("url")
      extend.disabledRules = table.strings("disabledRules")
      table.finish()
      self.extend = extend
    }
    for var table in reader.tables("rules") { rules.append(entry(&table)) }
    allowlists = allowlists(in: &reader)
    reader.finish()
  }

  private func entry(_ table: inout TableReader) -> Entry {
    var entry = Entry(file: name, position: table.position)
    entry.id = table.string("id")
    table.rule = entry.id?.value.shown
    entry.description = table.string("description")
    entry.regex = table.string("regex")
    entry.secretGroup = table.integer("secretGroup")
    entry.context = table.strings("context")
    entry.gap = table.string("gap")
    entry.boundary = table.string("boundary")
    entry.entropy = table.number("entropy")
    entry.checksum = table.string("checksum")
    entry.proof = table.string("proof")
    entry.confidence = table.string("confidence")
    entry.severity = table.string("severity")
    entry.keywords = table.strings("keywords")
    entry.path = table.string("path")
    entry.maxLength = table.integer("maxLength")
    entry.tags = table.strings("tags")
    entry.examples = table.strings("examples")
    entry.counterexamples = table.strings("counterexamples")
    entry.references = table.strings("references")
    entry.remediation = table.string("remediation")
    entry.since = table.string("since")
    entry.aliases = table.strings("aliases")
    entry.skipReport = table.bool("skipReport")
    entry.filter = table.string("filter")
    entry.prefilter = table.string("prefilter")
    entry.validate = table.string("validate")
    entry.allowlists = allowlists(in: &table)
    for var half in table.tables("required") {
      var required = RequiredEntry(position: half.position)
      required.id = half.string("id")
      required.withinLines = half.integer("withinLines")
      required.withinColumns = half.integer("withinColumns")
      half.finish()
      entry.required.append(required)
    }
    table.finish()
    return entry
  }

  /// `[[…allowlists]]`, and `[…allowlist]` as gitleaks wrote it before version 8.21.
  private func allowlists(in reader: inout TableReader) -> [AllowlistEntry] {
    (reader.tables("allowlists") + reader.tables("allowlist")).map { table in
      var table = table
      var entry = AllowlistEntry(file: name, position: table.position)
      entry.description = table.string("description")
      entry.condition = table.string("condition")
      entry.commits = table.strings("commits")
      entry.paths = table.strings("paths")
      entry.regexes = table.strings("regexes")
      entry.regexTarget = table.string("regexTarget")
      entry.stopwords = table.strings("stopwords")
      // Inside a rule the key has no meaning, and is reported as unknown.
      if table.rule == nil { entry.targetRules = table.strings("targetRules") }
      table.finish()
      return entry
    }
  }
}
