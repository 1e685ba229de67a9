import Findings
import Foundation
import Reports
import Testing

/// docs/schemas/finding-lines.schema.json against what is written.
struct SchemaTests {
  private typealias Object = [String: Any]

  private func definitions() throws -> Object {
    var root = URL(fileURLWithPath: #filePath)
    for _ in 0..<3 { root.deleteLastPathComponent() }
    let data = try Data(contentsOf: root.appendingPathComponent("docs/schemas/finding-lines.schema.json"))
    let schema = try #require(try JSONSerialization.jsonObject(with: data) as? Object)
    return try #require(schema["$defs"] as? Object)
  }

  @Test func `every kind of line has the keys its definition requires and no other`() throws {
    let definitions = try definitions()
    let odd = ArtifactName(bytes: [0xFF])
    let summary = Sample.summary(
      gaps: [.init(artifact: odd, reason: "r")], notes: [.init(artifact: odd, text: "t")], excluded: ["a": 1],
      dropped: ["filler": 1], problems: ["p"]
    )
    let text = try Sample.report([Sample.finding(path: odd)], summary) { JSONLinesReporter(buffer: $0, policy: .code) }
    var kinds: [String] = []
    for line in text.split(separator: "\n") {
      let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? Object)
      let kind = try #require(object["kind"] as? String)
      kinds.append(kind)
      let definition = try #require(definitions[kind] as? Object)
      let required = try #require(definition["required"] as? [String])
      let known = try #require(definition["properties"] as? Object)
      #expect(Set(required).isSubset(of: object.keys), "\(kind)")
      #expect(Set(object.keys).isSubset(of: known.keys), "\(kind)")
    }
    #expect(kinds == ["finding", "incomplete", "note", "excluded", "problem", "summary"])
  }

  @Test func `the words of the schema are those of the program`() throws {
    let definitions = try definitions()
    func words(_ kind: String, _ key: String) throws -> Set<String> {
      let properties = try #require((definitions[kind] as? Object)?["properties"] as? Object)
      return Set(try #require((properties[key] as? Object)?["enum"] as? [String]))
    }
    #expect(try words("finding", "confidence") == Set(Confidence.allCases.map(\.name)))
    #expect(try words("finding", "severity") == Set(Severity.allCases.map(\.name)))
    #expect(try words("summary", "verdict") == Set(Verdict.allCases.map(\.rawValue)))
    #expect((definitions["policy"] as? Object)?["enum"] as? [String] == Policy.allCases.map(\.rawValue))
  }
}
