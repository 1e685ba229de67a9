/// How strict a scan is.
package enum Policy: String, Sendable, CaseIterable {
  /// Source and configuration under version control: what is likely a real credential.
  case code
  /// What a run left behind: secret-shaped tokens and secret key names with any real value.
  case artifact
  /// Governed documents: a secret key name is a finding whatever its value.
  case sot
}
