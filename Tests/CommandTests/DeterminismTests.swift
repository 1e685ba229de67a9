import Testing

struct DeterminismTests {
  @Test func `a report is the same byte for byte whatever the number of workers`() throws {
    let workspace = try Workspace()
    for index in 0..<120 {
      let lines = (0..<(index % 7)).map { line in
        line % 3 == 0 ? "key_\(line) = \"\((try? Secret.groq()) ?? "")\"" : "plain \(line)"
      }
      try workspace.write(lines.joined(separator: "\n"), to: "tree/d\(index % 11)/f\(index).txt")
    }
    for format in ["json", "jsonl", "github", "sarif"] {
      let first = try workspace.run("leakgate scan tree --format \(format) --jobs 1")
      #expect(first.status == 1)
      #expect(first.output.contains("groq-api-key"))
      for jobs in 2...8 {
        let other = try workspace.run("leakgate scan tree --format \(format) --jobs \(jobs)")
        #expect(other.output == first.output, "\(jobs) workers")
        #expect(other.status == first.status)
      }
    }
  }

  @Test func `one artifact gives the same whether another thread helps or not`() throws {
    let workspace = try Workspace()
    let secrets = try (0..<40).map { _ in try Secret.groq() }
    let lines = (0..<40_000).map { line in
      line % 1000 == 7 ? "key_\(line) = \"\(secrets[line / 1000])\"" : "line \(line) of a log without anything in it"
    }
    try workspace.write(lines.joined(separator: "\n"), to: "log.txt")
    let alone = try workspace.run("leakgate scan log.txt --format jsonl --jobs 1")
    #expect(alone.status == 1)
    #expect(alone.output.split(separator: "\n").count == 41)
    for arguments in ["log.txt --jobs 2", "log.txt --jobs 8", "- --jobs 1 < log.txt", "- --jobs 2 < log.txt"] {
      let other = try workspace.run("leakgate scan --format jsonl \(arguments)")
      #expect(other.status == 1)
      #expect(other.output.replacing("\"path\":\"-\"", with: "\"path\":\"log.txt\"") == alone.output, "\(arguments)")
    }
  }
}
