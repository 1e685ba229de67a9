import Findings

/// The findings that markers in their own lines accept, where the caller asked for that (docs/decisions/0042).
struct MarkedFindings {
  /// Places told one by one: whoever writes markers must not decide how much is remembered.
  private static let listed = 1000

  /// Findings accepted.
  private(set) var count = 0
  private var places: [CoverageLedger.Note] = []
  private var known: Set<CoverageLedger.Note> = []

  /// Whether a marker accepts the finding.
  ///
  /// Its reason is not repeated: a line that holds a secret may hold it twice.
  mutating func accept(_ finding: Finding) -> Bool {
    guard finding.isMarked else { return false }
    count += 1
    let text = "line \(finding.location.line): \(finding.rule) is accepted by a marker in the line"
    let note = CoverageLedger.Note(artifact: finding.artifact, text: text)
    // A history holds the same line again and again.
    if places.count < Self.listed, known.insert(note).inserted { places.append(note) }
    return true
  }

  /// What is to be told of them.
  var notes: [CoverageLedger.Note] {
    guard places.count == Self.listed else { return places }
    let text = "\(count) findings are accepted in all; the first \(Self.listed) places are listed"
    return places + [CoverageLedger.Note(artifact: ArtifactName("markers"), text: text)]
  }
}
