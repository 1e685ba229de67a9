import Findings
import Harness
import TestSupport
import Testing

/// Logs that could tell which pair was used, in a form in which they are not read for it.
struct LogFormTests {
  private static let event = #"{"event":"model","provider":"anthropic","model":"claude-opus-4-1"}"# + "\n"

  private static let forms: [(String, [UInt8])] = [
    ("UTF-16", event.utf16.flatMap { [UInt8($0), 0] }),
    ("UTF-16 with its mark", [0xFE, 0xFF] + event.utf16.flatMap { [0, UInt8($0)] }),
    ("UTF-16 behind text", Array("started\n".utf8) + event.utf16.flatMap { [UInt8($0), 0] }),
    // What begins like it is enough: that it is whole is the scanner's to say.
    ("gzip", [0x1F, 0x8B, 8, 8, 1, 2, 3, 4, 2, 3] + Array("log".utf8)), ("zstandard", [0x28, 0xB5, 0x2F, 0xFD, 0x24]),
    ("bzip2", Array("BZh91AY&SY".utf8) + [0xC8, 0x91, 0x33]), ("xz", [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0, 0, 4]),
    ("zlib", [0x78, 0x9C, 0x4B, 0xCA]),
  ]

  @Test func `X12: a log that is packed or in wide characters is not read for the pair, and the audit is incomplete`()
    throws
  {
    let world = HarnessWorld()
    #expect(try world.perform(HarnessWorld.working).status == .pass)
    for (form, bytes) in Self.forms {
      for name in ["backend/more.log", "backend/case.log.1", "case-data/.case/x/events/1.jsonl.gz"] {
        try world.run.write(bytes, to: name)
        let result = try world.audit()
        #expect(!result.isPass && result.verdict == .incomplete, "\(form) \(name)")
        #expect(result.gaps.contains { $0.artifact == ArtifactName(name) }, "\(form) \(name)")
        world.tree.remove("run/\(name)")
      }
    }
    let plain = ["", "\u{1B}[1mGrüße\u{1B}[0m\r\n", String(repeating: "€", count: 40)]
    for text in plain {
      world.tree.file("run/backend/more.log", text)
      #expect(try world.audit().isPass)
    }
  }

  @Test(arguments: [
    #"printf 'p\0r\0o\0'"#, #"printf '\037\213\010\0x' > "$CASE_DATA_DIR/.case.jsonl.gz""#,
    // It may run before the folder is there.
    #"mkdir -p ../backend; printf '\037\213\010\0x' > ../backend/b.log"#,
  ]) func `a run whose backend leaves such a log does not pass`(_ line: String) throws {
    let world = HarnessWorld()
    let report = try world.perform("\(line); \(HarnessWorld.working)")
    #expect(report.status == .fail && Set(report.failures.map(\.kind)) == [.evidenceIncomplete], "\(report.failures)")
  }
}
