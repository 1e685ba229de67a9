import ByteText
import Findings
import Rules

/// The features of every pair of a secret key name and a value in a text: what the judge is trained on.
package enum ValueSurvey {
  /// One pair: where its value stands, and its features by name.
  package struct Row {
    package var value: Range<Int>
    package var features: [(name: String, value: Double)]
  }

  /// The pairs in the order of their keys; those that are set aside before features are weighed are left out.
  package static func rows(in bytes: [UInt8], named path: String) -> [Row] {
    let padded = bytes + [UInt8](repeating: 0, count: KeywordAutomaton.padding)
    // SAFETY: the padding the automaton asks for stands behind the bytes, which do not move during the call.
    return unsafe padded.withUnsafeBytes { buffer in
      let text = unsafe UnsafeRawBufferPointer(rebasing: buffer[..<bytes.count])
      var hits: [KeywordHit] = []
      unsafe automaton.search(text, starts: 0..<bytes.count, into: &hits)
      return unsafe KeySearch.contexts(of: hits, in: ByteView(text), of: ArtifactKind(Array(path.utf8)))
        .compactMap {
          guard ValueJudge(policy: .code).reasonToDrop($0) == nil else { return nil }
          let features = ValueFeatures($0)
          return Row(value: $0.pair.value, features: ValueFeature.allCases.map { ($0.name, features[$0]) })
        }
    }
  }

  private static let automaton = KeywordAutomaton(KeyWords.all)
}
