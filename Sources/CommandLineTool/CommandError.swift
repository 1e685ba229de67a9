package import Findings

/// Why a command ends before it could judge anything.
package struct CommandError: Error, Equatable {
  /// `invalid` for what the caller can put right, `fault` for what he cannot.
  package var verdict: Verdict
  /// One lower-case line: what, where, what to do. Names in it need not be escaped yet.
  package var message: String

  package init(_ verdict: Verdict, _ message: String) {
    self.verdict = verdict
    self.message = message
  }

  /// A problem of usage, configuration, rules or environment.
  package static func invalid(_ message: String) -> CommandError { CommandError(.invalid, message) }

  /// A failure of LeakGate itself or of what it writes to.
  package static func fault(_ message: String) -> CommandError { CommandError(.fault, message) }
}
