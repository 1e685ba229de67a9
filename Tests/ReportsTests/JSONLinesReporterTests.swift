import Findings
import Foundation
import Reports
import Testing

struct JSONLinesReporterTests {
  func report(_ findings: [Finding], _ summary: ScanSummary) throws -> [String] {
    let text = try Sample.report(findings, summary) { JSONLinesReporter(buffer: $0, policy: .code) }
    return text.split(separator: "\n").map(String.init)
  }

  @Test func `a finding and the summary are lines of the contract, key by key`() throws {
    let lines = try report([Sample.finding()], Sample.summary())
    let print = Fingerprint(of: Array("value".utf8), key: .fixed).text
    #expect(
      lines == [
        #"{"kind":"finding","rule":"example-token","path":"config.env","start":40,"end":60,"line":3,"column":8,"#
          + #""endLine":3,"endColumn":28,"layer":"raw","confidence":"high","severity":"critical","policy":"code","#
          + #""fingerprint":"\#(print)","redacted":"abc_…","summary":"Example token.","facts":["checksum verifies"],"#
          + #""excerpt":{"before":"TOKEN=\"","after":"\" # ci"}}"#,
        #"{"kind":"summary","verdict":"leaking","status":1,"artifacts":2,"bytes":1234,"findings":1,"incomplete":0,"#
          + #""dropped":{},"pack":"\#(Sample.pack)","version":"9.9.9","policy":"code","#
          + #""suppressed":0}"#,
      ]
    )
  }

  @Test func `a value without fingerprint has a null one`() throws {
    #expect(try report([Sample.finding(fingerprint: false)], Sample.summary())[0].contains(#""fingerprint":null,"#))
  }

  @Test func `gaps, notes, exclusions and problems are lines before the summary`() throws {
    let summary = Sample.summary(
      .invalid, findings: 0,
      gaps: [
        .init(artifact: "a.zip", reason: "is encrypted"),
        .init(artifact: "b.sock", reason: "is a socket", isAccepted: true),
      ],
      notes: [.init(artifact: "sub/.git", text: "object store not read")],
      excluded: ["b/": 2, "a": 10], dropped: ["placeholder": 3, "filler": 1], problems: ["no/such: no such file"]
    )
    #expect(
      try report([], summary) == [
        #"{"kind":"incomplete","path":"a.zip","reason":"is encrypted","accepted":false}"#,
        #"{"kind":"incomplete","path":"b.sock","reason":"is a socket","accepted":true}"#,
        #"{"kind":"note","path":"sub/.git","text":"object store not read"}"#,
        #"{"kind":"excluded","pattern":"a","entries":10}"#,
        #"{"kind":"excluded","pattern":"b/","entries":2}"#,
        #"{"kind":"problem","message":"no/such: no such file"}"#,
        #"{"kind":"summary","verdict":"invalid","status":2,"artifacts":2,"bytes":1234,"findings":0,"incomplete":1,"#
          + #""dropped":{"filler":1,"placeholder":3},"pack":"\#(Sample.pack)","version":"9.9.9","policy":"code","#
          + #""suppressed":0}"#,
      ]
    )
  }

  @Test func `a path that is not UTF-8 is escaped and given in base64 too`() throws {
    let lines = try report([Sample.finding(path: ArtifactName(bytes: [0x61, 0xFF, 0x2F, 0x62]))], Sample.summary())
    #expect(lines[0].contains(#""path":"a\\xFF/b","pathBase64":"Yf8vYg==","start""#))
  }

  @Test(arguments: [[UInt8](), [0xFF], [0xFF, 0], [0xFF, 0, 1], [0xFF, 0xFE, 0xFD, 0xFC]])
  func `base64 of a path is that of Foundation`(_ bytes: [UInt8]) throws {
    let name = ArtifactName(bytes: bytes)
    let line = try report([Sample.finding(path: name)], Sample.summary())[0]
    let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    #expect(object["pathBase64"] as? String == (name.isUTF8 ? nil : Data(bytes).base64EncodedString()))
  }

  @Test func `every line is JSON and one line whatever names and excerpts hold`() throws {
    var generator = SystemRandomNumberGenerator()
    let nasty: [[UInt8]] = [
      Array(0...255), Array("\u{2028}\u{2029}\u{85}\u{1B}[31m\"\\\r\n\t\u{0}\u{7F}\u{9B}31m\u{202E}\u{1F600}".utf8),
      [0xC0, 0x80, 0xED, 0xA0, 0x80, 0xF4, 0x90, 0x80, 0x80, 0xE2, 0x28, 0xA1, 0xF0, 0x9F],
    ]
    let random = (0..<200).map { _ in (0..<40).map { _ in UInt8.random(in: 0...255, using: &generator) } }
    for bytes in nasty + random {
      var finding = Sample.finding(path: ArtifactName(bytes: bytes), summary: String(decoding: bytes, as: UTF8.self))
      finding.excerpt = Excerpt(before: bytes, after: bytes.reversed())
      finding.facts = [String(decoding: bytes, as: UTF8.self)]
      finding.redacted = String(decoding: bytes, as: UTF8.self)
      let lines = try report([finding], Sample.summary())
      #expect(lines.count == 2)
      let object = try #require(try JSONSerialization.jsonObject(with: Data(lines[0].utf8)) as? [String: Any])
      #expect(object["path"] as? String == ArtifactName(bytes: bytes).text)
      for scalar in lines[0].unicodeScalars {
        #expect(scalar.value >= 0x20 && !(0x7F...0x9F).contains(scalar.value))
        #expect(![0x2028, 0x2029, 0x202E].contains(scalar.value))
      }
    }
  }

  @Test func `the same events give the same bytes`() throws {
    let summary = Sample.summary(excluded: ["c": 1, "a": 2, "b": 3], dropped: ["x": 1, "y": 2, "z": 3, "w": 4])
    let findings = (0..<50).map { Sample.finding(line: $0 + 1) }
    let first = try report(findings, summary)
    for _ in 0..<5 { #expect(try report(findings, summary) == first) }
  }

  @Test func `a revealed value never stands in it`() throws {
    let finding = Sample.finding(revealed: Array("open-secret".utf8))
    #expect(!(try report([finding], Sample.summary()).joined().contains("open-secret")))
  }
}
