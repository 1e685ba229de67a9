import Rules
import TestSupport

/// What the tests of the default pack share.
enum DefaultPack {
  /// Each rule on its own; made once.
  static let trials = Result { try RuleTrial.all(of: RulePack.default) }
  /// What rules/*.toml compile to; made once.
  static let fromFiles = Result { try OwnRules.load() }
}
