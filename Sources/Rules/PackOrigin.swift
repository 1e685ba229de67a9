/// Whose rules a pack holds, and so how strictly it is read.
package enum PackOrigin: Sendable {
  /// The project's own: every doubt is an error.
  case own
  /// Another project's or the caller's, in the gitleaks format or ours: what can be read safely is, with warnings.
  case foreign
}

/// A rule file somebody else has read: its name for messages and its bytes.
package struct RuleSource: Sendable, Equatable {
  package var name: String
  package var bytes: [UInt8]

  package init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }
}
