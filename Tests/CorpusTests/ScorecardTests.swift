#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import Detection
import Findings
import Rules
import Testing
import TestSupport

/// Recall and precision of the default pack over corpus/.
@Suite struct ScorecardTests {
  /// The corpus judged under policy `code`.
  static func judgements(seed: UInt64) throws -> [CorpusJudgement] {
    let engine = try Engine(pack: RulePack.default, options: EngineOptions(policy: .code))
    let detector = Detector(engine: engine, chunkSize: 1 << 16)
    return try Corpus.artifacts().map { artifact in
      let text = artifact.text(seed: seed)
      let judgement = CorpusJudgement(
        of: artifact, text: text, findings: detector.findings(in: text.bytes, named: artifact.path)
      )
      #expect(detector.failures == [], "\(artifact.file)")
      return judgement
    }
  }

  @Test func `recall and precision are those of the scorecard`() throws {
    let judgements = try Self.judgements(seed: 1)
    let scorecard = Scorecard(of: judgements)
    if ProcessInfo.processInfo.environment["LEAKGATE_UPDATE_SCORECARD"] == "1" {
      try RepositoryFiles.write(scorecard.text, to: Scorecard.path)
    }
    let committed = try Scorecard.committed()
    let text = try RepositoryFiles.text(Scorecard.path)
    guard scorecard != committed || scorecard.text != text else { return }
    let failures = judgements.flatMap(\.failures).joined(separator: "\n")
    Issue.record(
      """
      the scorecard is\n\(scorecard.text)instead of\n\(text)\
      Where it is better, or the corpus grew, run the tests with LEAKGATE_UPDATE_SCORECARD=1 and commit it.
      \(failures)
      """
    )
  }

  @Test(arguments: [2, 3] as [UInt64]) func `what is found does not depend on chance`(_ seed: UInt64) throws {
    let judgements = try Self.judgements(seed: seed)
    #expect(
      Scorecard(of: judgements) == (try Scorecard.committed()),
      "\(judgements.flatMap(\.failures).joined(separator: "\n"))"
    )
  }

  @Test func `every mark names a rule of the pack`() throws {
    let ids = Set(try RulePack.default.rules.map(\.id))
    for artifact in try Corpus.artifacts() {
      for secret in artifact.secrets { #expect(ids.contains(secret.rule), "\(artifact.file): \(secret.mark)") }
    }
  }

  @Test func `clean artifacts hold no marks, the others do`() throws {
    for artifact in try Corpus.artifacts() {
      #expect(artifact.secrets.isEmpty == (artifact.folder == "clean"), "\(artifact.file)")
    }
  }
}

extension CorpusJudgement {
  /// A line for everything that is not as it ought to be.
  var failures: [String] {
    missed.map { "\(artifact.file): \($0.mark) is missed (\($0.rule))" }
      + found.filter { !$0.rules.contains($0.secret.rule) }.map { item in
        "\(artifact.file): \(item.secret.mark) is found by \(item.rules.joined(separator: ", ")), not \(item.secret.rule)"
      }
      + overlapped.map { item in
        let spans = item.findings.map { "\($0.rule) at \($0.span)" }.joined(separator: ", ")
        return "\(artifact.file): \(item.secret.mark) at \(item.mark) is only touched, by \(spans)"
      }
      + stray.map { "\(artifact.file): line \($0.location.line): \($0.rule) finds what is no secret" }
  }
}
