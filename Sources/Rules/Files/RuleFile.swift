/// A rule file as written: every key of docs/rule-format.md with its place, nothing checked but the types.
package struct RuleFile: Sendable, Equatable {
  package var name: String
  package var origin: PackOrigin
  package var title: Written<String>?
  package var description: Written<String>?
  package var extend: Extend?
  package var rules: [Entry] = []
  package var allowlists: [AllowlistEntry] = []
  /// Betterleaks expressions over all findings and over all files.
  package var filter: Written<String>?
  package var prefilter: Written<String>?
  /// What was wrong or unknown while reading.
  package var problems: [RuleProblem] = []

  package init(name: String, origin: PackOrigin) {
    self.name = name
    self.origin = origin
  }

  /// The `[extend]` table: what the file builds on.
  package struct Extend: Sendable, Equatable {
    package var position: TextPosition
    package var useDefault: Written<Bool>?
    package var path: Written<String>?
    package var url: Written<String>?
    package var disabledRules: [Written<String>] = []
  }

  /// One `[[rules]]` table.
  package struct Entry: Sendable, Equatable {
    /// The file it stands in, for messages: an extended file's rules end up beside the extending one's.
    package var file: String
    /// The place of the table's header.
    package var position: TextPosition
    package var id: Written<String>?
    package var description: Written<String>?
    package var regex: Written<String>?
    package var secretGroup: Written<Int>?
    package var context: [Written<String>] = []
    package var gap: Written<String>?
    package var boundary: Written<String>?
    package var entropy: Written<Double>?
    package var checksum: Written<String>?
    package var proof: Written<String>?
    package var confidence: Written<String>?
    package var severity: Written<String>?
    package var keywords: [Written<String>] = []
    package var path: Written<String>?
    package var maxLength: Written<Int>?
    package var tags: [Written<String>] = []
    package var examples: [Written<String>] = []
    package var counterexamples: [Written<String>] = []
    package var references: [Written<String>] = []
    package var remediation: Written<String>?
    package var since: Written<String>?
    package var aliases: [Written<String>] = []
    package var skipReport: Written<Bool>?
    /// Betterleaks expressions.
    package var filter: Written<String>?
    package var prefilter: Written<String>?
    package var validate: Written<String>?
    package var allowlists: [AllowlistEntry] = []
    package var required: [RequiredEntry] = []

    init(file: String, position: TextPosition) {
      self.file = file
      self.position = position
    }
  }

  /// One allowlist table, of a rule or of the whole file.
  package struct AllowlistEntry: Sendable, Equatable {
    package var file: String
    package var position: TextPosition
    package var description: Written<String>?
    package var condition: Written<String>?
    package var commits: [Written<String>] = []
    package var paths: [Written<String>] = []
    package var regexes: [Written<String>] = []
    package var regexTarget: Written<String>?
    package var stopwords: [Written<String>] = []
    package var targetRules: [Written<String>] = []

    init(file: String, position: TextPosition) {
      self.file = file
      self.position = position
    }
  }

  /// One `[[rules.required]]` table.
  package struct RequiredEntry: Sendable, Equatable {
    package var position: TextPosition
    package var id: Written<String>?
    package var withinLines: Written<Int>?
    package var withinColumns: Written<Int>?

    init(position: TextPosition) { self.position = position }
  }
}
