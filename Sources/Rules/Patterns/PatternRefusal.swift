/// Why the library that searches does not take a pattern.
package enum PatternRefusal: Sendable, Equatable {
  /// Compiled it would be larger than the library holds; lower bounds may help.
  case tooLarge
  /// Anything else, in the library's words.
  case broken(String)

  /// One lower-case clause.
  var reason: String {
    switch self {
    case .tooLarge: "it is too large once its bounds are written out: give quantifiers lower upper bounds"
    case .broken(let reason): reason
    }
  }
}

/// Tries a pattern as it will be compiled: `nil` where the library takes it.
///
/// The library is kept out of this room, so who loads rules brings the trial.
package typealias PatternTrial = (_ pattern: String) -> PatternRefusal?
