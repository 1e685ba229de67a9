#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import TestSupport

/// What the default pack makes of the corpus, folder by folder: corpus/scorecard.json.
struct Scorecard: Codable, Equatable {
  static let path = "corpus/scorecard.json"

  struct Counts: Codable, Equatable {
    var artifacts = 0
    var marks = 0
    /// Marks that a finding covers exactly.
    var found = 0
    /// Of these, marks that the rule of the manifest covers; elsewhere another rule's finding was kept.
    var foundByRule = 0
    /// Marks that findings only overlap.
    var overlapped = 0
    /// Findings that overlap no mark.
    var stray = 0
  }

  var folders: [String: Counts] = [:]

  init(of judgements: [CorpusJudgement]) {
    for judgement in judgements {
      var counts = folders[judgement.artifact.folder, default: Counts()]
      counts.artifacts += 1
      counts.marks += judgement.artifact.secrets.count
      counts.found += judgement.found.count
      counts.foundByRule += judgement.found.filter { $0.rules.contains($0.secret.rule) }.count
      counts.overlapped += judgement.overlapped.count
      counts.stray += judgement.stray.count
      folders[judgement.artifact.folder] = counts
    }
  }

  /// The scorecard in the repository.
  static func committed() throws -> Scorecard {
    try JSONDecoder().decode(Scorecard.self, from: Data(RepositoryFiles.bytes(path)))
  }

  /// The text of the file: one line a folder.
  var text: String {
    let lines = Corpus.folders.compactMap { folder in
      folders[folder].map { counts in
        """
            "\(folder)": { "artifacts": \(counts.artifacts), "marks": \(counts.marks), "found": \(counts.found), \
        "foundByRule": \(counts.foundByRule), "overlapped": \(counts.overlapped), "stray": \(counts.stray) }
        """
      }
    }
    return "{\n  \"folders\": {\n\(lines.joined(separator: ",\n"))\n  }\n}\n"
  }
}
