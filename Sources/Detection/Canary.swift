import Findings
import Rules

/// Text that is known to hold two secrets of the engine's own making.
///
/// Before anything is called clean the engine has to find them, one by its prefix and one by its context: a build whose
/// engine finds nothing must not pass (docs/fail-closed.md, J09).
enum Canary {
  private static let prefix = "leakgate-canary-"
  private static let context = "leakgate-nest"
  private static let value = "07f3c19e5a2b86d4e1907c35"

  static let rules: [Rule] = {
    let patterns = [
      "(?<secret>\(prefix)[0-9a-f]{16,24})",
      "(?i:\(context))[ =:]{1,8}(?<secret>[0-9a-f]{24})(?![0-9a-f])",
    ]
    return zip(["canary-prefix", "canary-context"], patterns).compactMap { id, pattern in
      guard let syntax = try? PatternSyntax(parsing: pattern), let shape = try? syntax.shape(secretGroup: 1) else {
        return nil
      }
      return Rule(id: id, pattern: pattern, secretGroup: 1, shape: shape)
    }
  }()

  static var text: [UInt8] { Array("x\(prefix)\(value)\n\(context.uppercased()): \(value)\n".utf8) }
}

extension Engine {
  /// Whether a rule is one of the canaries.
  func isCanary(_ index: Int) -> Bool { index >= pack.rules.count }

  /// Proves that the engine finds what is there.
  ///
  /// - Throws: `canaryMissed`, naming what was not found.
  package func checkCanaries() throws(DetectionError) {
    let detector = Detector(engine: self, chunkSize: 16)
    detector.hearsCanaries = true
    detector.begin(ArtifactName("canary"))
    detector.feed(Canary.text)
    detector.finish()
    let found = detector.takeFindings().map(\.rule)
    for rule in Canary.rules where found.filter({ $0 == rule.id }).count != 1 { throw .canaryMissed(rule.id) }
    guard Canary.rules.count == 2, detector.failures.isEmpty else { throw .canaryMissed("patterns") }
  }
}
