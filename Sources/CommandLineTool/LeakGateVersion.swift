/// The version of LeakGate, as reports and `leakgate --version` tell it.
package enum LeakGateVersion {
  /// Semantic version (semver.org) of the tool and of the pack embedded in it.
  package static let text = "0.1.0"

  /// What `leakgate --version` prints.
  static let line = "leakgate " + text
}
