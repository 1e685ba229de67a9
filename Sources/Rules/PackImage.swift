/// The embedded form of a rule pack: placeholder until the image lands.
package struct PackImage: Sendable {
  package func details(at index: Int) -> RuleDetails { RuleDetails(summary: "") }
}
