import Findings
import Foundation
import Reports
import Testing

struct JSONReporterTests {
  func report(_ findings: [Finding], _ summary: ScanSummary) throws -> String {
    try Sample.report(findings, summary) { JSONReporter(buffer: $0, policy: .code) }
  }

  @Test func `an empty report is one object with every member`() throws {
    #expect(
      try report([], Sample.summary(.clean, findings: 0)) == """
        {"findings":[],
        "incomplete":[],
        "notes":[],
        "excluded":{},
        "problems":[],
        "summary":{"verdict":"clean","status":0,"artifacts":2,"bytes":1234,"findings":0,"incomplete":0,"dropped":{},\
        "pack":"\(Sample.pack)","version":"9.9.9","policy":"code","suppressed":0}}

        """
    )
  }

  @Test func `findings, gaps, notes, exclusions and problems are where they belong`() throws {
    let summary = Sample.summary(
      gaps: [.init(artifact: "a", reason: "r"), .init(artifact: "b", reason: "r")],
      notes: [.init(artifact: "n", text: "t")], excluded: ["x": 1], problems: ["p"]
    )
    let text = try report([Sample.finding(), Sample.finding(), Sample.finding()], summary)
    let object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(
      (object["findings"] as? [[String: Any]])?.map { $0["rule"] as? String }
        == Array(repeating: "example-token", count: 3))
    #expect((object["incomplete"] as? [[String: Any]])?.map { $0["path"] as? String } == ["a", "b"])
    #expect((object["notes"] as? [[String: Any]])?.count == 1)
    #expect(object["excluded"] as? [String: Int] == ["x": 1])
    #expect(object["problems"] as? [String] == ["p"])
    #expect((object["summary"] as? [String: Any])?["status"] as? Int == 1)
  }

  @Test(arguments: Verdict.allCases) func `the document is whole for every verdict`(_ verdict: Verdict) throws {
    let text = try report([Sample.finding()], Sample.summary(verdict))
    let object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    let summary = try #require(object["summary"] as? [String: Any])
    #expect(summary["verdict"] as? String == verdict.rawValue)
    #expect(summary["status"] as? Int == Int(verdict.status))
  }

  @Test func `it is JSON whatever names and excerpts hold`() throws {
    var finding = Sample.finding(path: ArtifactName(bytes: Array(0...255)))
    finding.excerpt = Excerpt(before: Array((0...255).reversed()), after: Array(0...255))
    let text = try report([finding], Sample.summary(gaps: [.init(artifact: "\u{1B}\"", reason: "\u{2028}\"\\")]))
    #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(text.utf8)) }
  }
}
