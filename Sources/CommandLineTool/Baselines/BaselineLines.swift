import Findings
import Rules

/// The suppressions of a baseline, each value and rule once.
struct BaselineLines {
  private let reason: String
  private let author: String?
  private let expires: String?
  private(set) var text = ""
  private(set) var count = 0
  /// What becomes of entries a file holds already, by their index: those that expired are renewed.
  private(set) var changes: [Int: Suppression?] = [:]
  private var seen: Set<String> = []
  /// Indices of what has expired, by what it accepted.
  private var expired: [String: [Int]] = [:]

  /// - Parameter known: what a file holds already; what has not expired there is not written again.
  init(reason: String, author: String?, expires: String?, known: [Suppression] = []) {
    self.reason = reason
    self.author = Suppressions.author(author)
    self.expires = expires
    for (index, suppression) in known.enumerated() {
      let value = suppression.fingerprint + (suppression.rule ?? "")
      if Suppressions.hasExpired(suppression) {
        expired[value, default: []].append(index)
      } else {
        seen.insert(value)
      }
    }
  }

  /// Accepts the value that a rule finds.
  mutating func add(_ fingerprint: Fingerprint, rule: String) {
    guard seen.insert(fingerprint.text + rule).inserted else { return }
    count += 1
    let suppression = Suppression(
      fingerprint: fingerprint.text, rule: rule, reason: reason, author: author, added: Suppressions.today,
      expires: expires)
    if let places = expired[fingerprint.text + rule] {
      for place in places { changes[place] = .some(place == places[0] ? suppression : nil) }
      return
    }
    text += (text.isEmpty ? "" : "\n") + SuppressionFile.text(suppression)
  }
}
