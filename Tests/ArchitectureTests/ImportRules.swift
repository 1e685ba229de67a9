/// Which room may import what: the table of docs/architecture.md.
struct ImportRules {
  /// Modules of the system that every room may import.
  static let everywhere: Set = ["Darwin", "Glibc", "Musl", "Synchronization"]

  /// What each room may import.
  var allowed: [String: Set<String>] = [:]

  init(page: String) throws {
    for row in try MarkdownTable("rooms", in: page).rows where row.count >= 4 {
      for room in MarkdownTable.names(in: row[0]) {
        allowed[room] = Set(MarkdownTable.names(in: row[2]) + MarkdownTable.names(in: row[3]))
      }
    }
  }

  /// A message for each import the table does not have.
  func violations(in files: [SourceFile]) -> [String] {
    files.flatMap { file -> [String] in
      guard let allowed = allowed[file.room] else { return ["\(file.path): room \(file.room) is not in the table"] }
      return Self.imports(of: file).filter { !allowed.contains($0.module) && !Self.everywhere.contains($0.module) }
        .map { "\(file.path):\($0.line): \(file.room) must not import \($0.module)" }
    }
  }

  /// The modules a file imports, with the lines they stand on.
  static func imports(of file: SourceFile) -> [(line: Int, module: String)] {
    file.code.enumerated().compactMap { index, line in
      let words = line.split(separator: " ")
      guard let place = words.firstIndex(of: "import"), words[..<place].allSatisfy(isModifier),
        var name = words[(place + 1)...].first
      else { return nil }
      // `import struct Module.Type`
      let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias"]
      if kinds.contains(name), let next = words.dropFirst(place + 2).first { name = next }
      return (index + 1, String(name.prefix { $0 != "." && $0 != ";" }))
    }
  }

  private static func isModifier(_ word: Substring) -> Bool {
    let levels: Set<Substring> = ["public", "package", "internal", "fileprivate", "private"]
    return levels.contains(word) || word.hasPrefix("@")
  }
}
