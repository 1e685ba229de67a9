/// What can go wrong in this target.
package enum RulesError: Error, Equatable {
  /// The rules as written cannot be used: every problem found, warnings included, in the order of the files.
  case invalid([RuleProblem])
  /// A template cannot be read: offset in its UTF-8 bytes, and why in one lower-case clause.
  case template(offset: Int, reason: String)
  /// An embedded pack is damaged: why, in one lower-case clause.
  case image(String)

  /// One line per thing that is wrong.
  package var lines: [String] {
    switch self {
    case .invalid(let problems): problems.map(\.text)
    case .template(let offset, let reason): ["template, byte \(offset): \(reason)"]
    case .image(let reason): ["embedded rule pack: \(reason)"]
    }
  }
}
