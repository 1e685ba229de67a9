/// Something about a rule file its author should know.
package struct RuleProblem: Sendable, Hashable {
  package enum Level: String, Sendable {
    /// The pack cannot be used.
    case error
    /// The pack is used; the message says how.
    case warning
  }

  package var level: Level
  /// Name of the file as the caller gave it.
  package var file: String
  package var position: TextPosition
  /// Id of the rule it is about, where it is about one.
  package var rule: String?
  /// One lower-case line: what is wrong and what to do.
  package var message: String

  package init(level: Level, file: String, position: TextPosition, rule: String? = nil, message: String) {
    self.level = level
    self.file = file
    self.position = position
    self.rule = rule
    self.message = message
  }

  package var isError: Bool { level == .error }

  /// `file:line:column: level: rule: message`, the form editors know how to jump to.
  package var text: String {
    let subject = rule.map { "\($0): " } ?? ""
    return "\(file):\(position.line):\(position.column): \(level.rawValue): \(subject)\(message)"
  }
}

/// A place in a text file.
package struct TextPosition: Sendable, Hashable, Comparable {
  /// From 1.
  package var line: Int
  /// In bytes, from 1.
  package var column: Int

  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// Where a file starts; the place of problems of a file as a whole.
  package static let start = TextPosition(line: 1, column: 1)

  package static func < (left: TextPosition, right: TextPosition) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}
