/// Rules for every file of `Sources` that the compiler does not know.
enum SourceRules {
  /// Lines a file may have.
  static let greatestLength = 400
  /// Lines from a `// SAFETY:` comment to an `unsafe` it speaks for, or between two that share one.
  static let safetyReach = 6

  /// A message for each file that is too long.
  static func lengthViolations(in files: [SourceFile]) -> [String] {
    files.filter { !$0.isGenerated && $0.lines.count > greatestLength }
      .map { "\($0.path): \($0.lines.count) lines, \(greatestLength) are the limit" }
  }

  /// A message for each `unsafe` no comment accounts for.
  ///
  /// A `// SAFETY:` comment speaks for the lines within reach below it, for the whole of the declaration or statement it
  /// stands above, and from an `unsafe` it speaks for to the next one within reach, up to an empty line.
  static func safetyViolations(in files: [SourceFile]) -> [String] {
    files.filter { !$0.isGenerated }.flatMap { file -> [String] in
      var messages: [String] = []
      var nearest: Int?
      var blockEnd = -1
      for (index, line) in file.lines.enumerated() {
        if line.allSatisfy(\.isWhitespace) { nearest = nil }
        if line.contains("// SAFETY:") {
          nearest = index
          blockEnd = max(blockEnd, endOfBlock(below: index, in: file.lines))
        }
        guard holdsUnsafe(file.code[index]) else { continue }
        if let last = nearest, index - last <= safetyReach {
          nearest = index
        } else if index > blockEnd {
          messages.append("\(file.path):\(index + 1): unsafe without a // SAFETY: comment")
        }
      }
      return messages
    }
  }

  /// The last line of what begins below a comment, told by indentation.
  private static func endOfBlock(below comment: Int, in lines: [String]) -> Int {
    func indentation(_ line: String) -> Int { line.prefix { $0 == " " }.count }
    func isComment(_ line: String) -> Bool { line.drop { $0 == " " }.hasPrefix("//") }
    let depth = indentation(lines[comment])
    guard isComment(lines[comment]), let first = lines[comment...].firstIndex(where: { !isComment($0) }) else {
      return comment
    }
    var end = first
    for index in (first + 1)..<max(first + 1, lines.count) where !lines[index].isEmpty {
      let text = lines[index].drop { $0 == " " }
      let isInner = indentation(lines[index]) > depth
      let isContinued = indentation(lines[index]) == depth && text.hasPrefix("}") && text.hasSuffix("{")
      if !isInner && !isContinued { break }
      end = index
    }
    return end
  }

  /// Whether the keyword stands in a line of code; the attribute `@unsafe` only declares.
  private static func holdsUnsafe(_ code: String) -> Bool {
    var rest = code[...]
    while let range = rest.firstRange(of: "unsafe") {
      let before = rest[..<range.lowerBound].last ?? code[..<range.lowerBound].last
      let after = rest[range.upperBound...].first
      let isWord =
        !(before.map { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "@" } ?? false)
        && !(after.map { $0.isLetter || $0.isNumber || $0 == "_" } ?? false)
      if isWord { return true }
      rest = rest[range.upperBound...]
    }
    return false
  }
}
