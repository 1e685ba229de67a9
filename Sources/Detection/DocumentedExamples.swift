import Findings

/// Values that providers' documentation uses as examples: everybody has them, nobody's account has.
///
/// Kept as fingerprints under the fixed key, so that this source holds nothing that looks like a secret.
enum DocumentedExamples {
  // SAFETY: the value is read within the call only.
  /// - Complexity: one fingerprint.
  static func contains(_ value: UnsafeRawBufferPointer) -> Bool {
    guard (16...200).contains(value.count) else { return false }
    return unsafe fingerprints.contains(Fingerprint(of: value, key: .fixed).text)
  }

  private static let fingerprints: Set<String> = []
}
