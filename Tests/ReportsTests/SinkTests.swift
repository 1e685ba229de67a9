import Findings
import Foundation
import Reports
import Testing

struct SinkTests {
  @Test func `a sink that fills up ends the report with an error, in every format`() throws {
    let makers: [(ReportBuffer) -> any Reporter] = [
      { JSONReporter(buffer: $0, policy: .code) }, { JSONLinesReporter(buffer: $0, policy: .code) },
      { HumanReporter(buffer: $0, style: .init(), details: { _ in nil }) },
    ]
    for make in makers {
      for room in [0, 100, 300_000] {
        var reporter = make(ReportBuffer(sink: FullSink(room: room)))
        #expect(throws: ReportError.self) {
          for _ in 0..<2000 { try reporter.finding(Sample.finding()) }
          try reporter.finish(Sample.summary(findings: 2000))
        }
      }
    }
  }

  @Test func `a full device is an error that names it`() throws {
    // SAFETY: the path is a literal.
    let descriptor = unsafe open("/dev/full", O_WRONLY)
    try #require(descriptor >= 0)
    defer { close(descriptor) }
    let buffer = ReportBuffer(sink: DescriptorSink(descriptor: descriptor, name: "standard output"))
    var reporter = JSONLinesReporter(buffer: buffer, policy: .code)
    let error = #expect(throws: ReportError.self) { try reporter.finish(Sample.summary()) }
    #expect(error?.message.contains("cannot write the report at standard output: No space left on device") == true)
  }

  @Test func `a file appears whole, with mode 0600, when the report is finished, and not before`() throws {
    try withFolder { folder in
      let file = folder + "/report.jsonl"
      let buffer = ReportBuffer(sink: try FileSink(path: ArtifactName(file)))
      var reporter = JSONLinesReporter(buffer: buffer, policy: .code)
      for _ in 0..<5000 { try reporter.finding(Sample.finding()) }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
      try reporter.finish(Sample.summary())
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["report.jsonl"])
      #expect(try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int == 0o600)
      #expect(try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").count == 5001)
    }
  }

  @Test func `a report that is not finished leaves the old file as it was`() throws {
    try withFolder { folder in
      let file = folder + "/report.json"
      try "old".write(toFile: file, atomically: false, encoding: .utf8)
      do {
        var reporter = JSONReporter(buffer: ReportBuffer(sink: try FileSink(path: ArtifactName(file))), policy: .code)
        for _ in 0..<5000 { try reporter.finding(Sample.finding()) }
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["report.json"])
      #expect(try String(contentsOfFile: file, encoding: .utf8) == "old")
    }
  }

  @Test func `a link stays one and its target is replaced`() throws {
    try withFolder { folder in
      try "old".write(toFile: folder + "/target", atomically: false, encoding: .utf8)
      try FileManager.default.createSymbolicLink(atPath: folder + "/link", withDestinationPath: "target")
      let sink = try FileSink(path: ArtifactName(folder + "/link"))
      try sink.write(Array("new".utf8).span)
      try sink.commit()
      #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder + "/link") == "target")
      #expect(try String(contentsOfFile: folder + "/target", encoding: .utf8) == "new")
    }
  }

  @Test func `folders, dangling links and missing folders are refused before anything is written`() throws {
    try withFolder { folder in
      try FileManager.default.createSymbolicLink(atPath: folder + "/link", withDestinationPath: "nothing")
      for path in [folder, folder + "/link", folder + "/no/report", ""] {
        #expect(throws: ReportError.self, "\(path)") { try FileSink(path: ArtifactName(path)) }
      }
    }
  }

  @Test func `however many findings there are, they leave in pieces of bounded size`() throws {
    final class LargestPiece: ReportSink {
      let isInteractive = false
      var largest = 0
      func write(_ piece: Span<UInt8>) throws(ReportError) { largest = max(largest, piece.count) }
      func commit() throws(ReportError) {}
    }
    let sink = LargestPiece()
    var reporter = JSONLinesReporter(buffer: ReportBuffer(sink: sink), policy: .code)
    let finding = Sample.finding()
    for _ in 0..<20_000 { try reporter.finding(finding) }
    try reporter.finish(Sample.summary(findings: 20_000))
    #expect(sink.largest < 256 << 10)
  }

  private func withFolder(_ body: (String) throws -> Void) throws {
    let folder = NSTemporaryDirectory() + "/leakgate-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }
}
