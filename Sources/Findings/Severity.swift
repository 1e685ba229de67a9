/// How bad the leak of a credential is.
package enum Severity: UInt8, Sendable, CaseIterable, Comparable {
  case low
  case medium
  case high
  case critical

  /// The word used in rule packs and reports.
  package var name: String {
    switch self {
    case .low: "low"
    case .medium: "medium"
    case .high: "high"
    case .critical: "critical"
    }
  }

  /// The severity of that name, `nil` for any other word.
  package init?(name: String) {
    guard let match = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = match
  }

  package static func < (left: Severity, right: Severity) -> Bool { left.rawValue < right.rawValue }
}
