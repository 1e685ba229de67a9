import Testing

struct ContentOverNameTests {
  @Test func `R10: the content decides, never the name or how the content begins`() throws {
    let workspace = try Workspace()
    let secret = try Secret.groq()
    let names = [
      "a.png", "a.svg", "a.pdf", "a.bin", "a.dll", "yarn.lock", "a.js.map", "a.gz", "a.zip", "trace.gz.json",
      "notes.zip.md", "a.min.js", "LICENSE", "go.sum", "a.pyc", "node_modules/a.js", "vendor/a.go", ".git/config",
    ]
    for name in names { try workspace.write("key \(secret)\n", to: "tree/" + name) }
    for (index, start) in ["%PDF-1.7\n", "\u{7F}ELF\u{2}\u{1}", "PK\u{3}\u{4}", "\u{0}\u{0}", "GIF89a"].enumerated() {
      try workspace.write(start + "\n\(secret)\n", to: "tree/start-\(index)")
    }
    let outcome = try workspace.run("leakgate scan tree --format jsonl")
    #expect(outcome.status == 1)
    for name in names + (0..<5).map({ "start-\($0)" }) {
      #expect(outcome.output.contains("\"path\":\"tree/\(name)\""), "\(name) was passed over")
    }
  }
}
