/// Why a report could not be written.
///
/// Whoever meets one exits with the status of `Verdict.fault`: a report that is not whole claims nothing.
package struct ReportError: Error, Equatable {
  /// What was being done to the destination.
  package enum Action: String, Sendable {
    case create
    case write
    case replace
  }
  package var action: Action
  /// Where the report was to go, as the caller named it.
  package var destination: String
  /// The reason, as the system gives it.
  package var reason: String

  package init(_ action: Action, _ destination: String, reason: String) {
    self.action = action
    self.destination = destination
    self.reason = reason
  }

  /// One lower-case line: what, where, and what to do; names are escaped for a terminal.
  package var message: String {
    let advice =
      switch action {
      case .create: "name a file in a folder that exists and can be written to"
      case .write: "make room or keep the reader open, then run again"
      case .replace: "look at the folder's permissions, then run again"
      }
    return "cannot \(action.rawValue) the report at \(TerminalText.escaped(destination)): \(reason); \(advice)"
  }
}
