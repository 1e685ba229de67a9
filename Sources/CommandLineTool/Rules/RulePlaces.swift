import Rules

/// Where the parts of rules stand in their files.
struct RulePlaces {
  /// A file and a place in it.
  struct Place {
    var file: String
    var position: TextPosition
  }

  private var entries: [String: RuleFile.Entry] = [:]
  private let fallback: String

  init(_ sources: [RuleSource], origin: PackOrigin) {
    fallback = sources.first?.name ?? ""
    for source in sources {
      for entry in RuleFile(decoding: source, origin: origin).rules {
        if let id = entry.id?.value { entries[id] = entry }
      }
    }
  }

  /// The rule's pattern, or the rule where it stands elsewhere.
  func pattern(of id: String) -> Place { place(of: id) { $0.regex?.position } }

  /// The example of that text.
  func example(_ text: String, of id: String) -> Place {
    place(of: id) { entry in (entry.examples + entry.counterexamples).first { $0.value == text }?.position }
  }

  private func place(of id: String, _ position: (RuleFile.Entry) -> TextPosition?) -> Place {
    guard let entry = entries[id] else { return Place(file: fallback, position: .start) }
    return Place(file: entry.file, position: position(entry) ?? entry.position)
  }
}
