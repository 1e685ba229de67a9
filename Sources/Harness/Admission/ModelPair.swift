/// A provider and the exact id of one of its models.
package struct ModelPair: Sendable, Hashable {
  package let provider: String
  package let model: String

  /// - Precondition: both parts are exact ids, so that `==` compares bytes.
  init(exactly provider: String, _ model: String) {
    precondition(Self.problem(in: provider) == nil && Self.problem(in: model) == nil, "a pair of no exact ids")
    self.provider = provider
    self.model = model
  }

  /// The pair, `nil` where a part is no exact id: such a pair is never admitted.
  package init?(provider: String, model: String) {
    guard Self.problem(in: provider) == nil, Self.problem(in: model) == nil else { return nil }
    self.init(exactly: provider, model)
  }

  /// `provider / model`, for people.
  package var text: String { "\(provider) / \(model)" }

  /// Case's fallback where its configuration is missing or broken: never admitted silently.
  package static let caseFallback = ModelPair(exactly: "anthropic", "claude-sonnet-4-6")

  /// What makes a text no exact id, as a clause; `nil` where it is one.
  ///
  /// Visible ASCII alone, so that two ids that look alike are alike.
  static func problem(in id: String) -> String? {
    if id.isEmpty { return "is empty" }
    guard id.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      return "holds a blank or a character that is not visible ASCII"
    }
    if id.contains(where: "*?[]{}|,;<>\"'`\\$".contains) { return "is a pattern or a list, not one exact id" }
    let words = id.lowercased().split(whereSeparator: { "-_:/@.".contains($0) })
    if words.isEmpty { return "is no id" }
    if words.contains("latest") { return "says 'latest', which names another model tomorrow" }
    if aliases.contains(id.lowercased()) { return "is an alias, not an exact id" }
    return nil
  }

  /// Words by which providers and agents let somebody else choose.
  private static let aliases: Set<String> = [
    "any", "auto", "best", "default", "fallback", "haiku", "inherit", "none", "opus", "opusplan", "primary", "sonnet",
  ]
}
