/// How sure a finding is a credential.
package enum Confidence: UInt8, Sendable, CaseIterable, Comparable {
  case low
  case medium
  case high

  /// The word used in rule packs and reports.
  package var name: String {
    switch self {
    case .low: "low"
    case .medium: "medium"
    case .high: "high"
    }
  }

  /// The confidence of that name, `nil` for any other word.
  package init?(name: String) {
    guard let match = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = match
  }

  /// The next lower one; the lowest stays.
  package var lowered: Confidence { Confidence(rawValue: rawValue == 0 ? 0 : rawValue - 1) ?? .low }

  package static func < (left: Confidence, right: Confidence) -> Bool { left.rawValue < right.rawValue }
}
