import Findings
import Rules

/// Ids of rules as people write them.
enum RuleNames {
  /// Ids that are told where one is not known.
  private static let told = 3

  /// That a pack has no rule of an id, and which are like it.
  static func unknown(_ id: String, in pack: RulePack) -> CommandError {
    let near = near(id, in: pack)
    let hint = near.isEmpty ? "'leakgate rules list' shows what there is" : "there is \(near.joined(separator: ", "))"
    return .invalid("there is no rule \(id); \(hint)")
  }

  /// The rules an id may mean: whose alias it is, else those that differ in the fewest letters.
  static func near(_ id: String, in pack: RulePack) -> [String] {
    let renamed = pack.rules.indices.filter { pack.details(at: $0).aliases.contains(id) }
    if !renamed.isEmpty { return renamed.prefix(told).map { pack.rules[$0].id } }
    let most = max(2, id.utf8.count / 3)
    let ranked = pack.rules.map { (id: $0.id, distance: distance(id, $0.id)) }.filter { $0.distance <= most }
    return ranked.sorted { ($0.distance, $0.id) < ($1.distance, $1.id) }.prefix(told).map(\.id)
  }

  /// Letters to be changed, put in or left out to make one id of another (Levenshtein's distance).
  ///
  /// - Complexity: the product of both lengths.
  static func distance(_ first: String, _ second: String) -> Int {
    let (first, second) = (Array(first.utf8), Array(second.utf8))
    var row = Array(0...second.count)
    for (line, letter) in first.enumerated() {
      var diagonal = row[0]
      row[0] = line + 1
      for (column, other) in second.enumerated() {
        let changed = diagonal + (letter == other ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(changed, diagonal + 1, row[column] + 1)
      }
    }
    return row[second.count]
  }
}
