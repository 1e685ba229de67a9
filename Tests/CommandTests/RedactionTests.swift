import Testing

/// X05: no output holds a secret or enough of it to rebuild it.
struct RedactionTests {
  static let formats = ["", "--format json", "--format jsonl", "--explain", "-o report; cat report"]

  /// Runs every format and demands that no eight bytes of the secret behind its prefix are in any output.
  private func expectNothing(of secret: String, in workspace: Workspace, _ line: String = "leakgate scan .") throws {
    let body = Array(secret.utf8.dropFirst(4))
    for format in Self.formats {
      let outcome = try workspace.run("rm -f report; \(line) \(format)")
      let shown = Array((outcome.output + outcome.errors).utf8)
      for start in 0...(body.count - 8) {
        let piece = body[start..<(start + 8)]
        #expect(!shown.contains(subsequence: piece), "\(format): byte \(start)")
      }
    }
  }

  @Test func `X05: a secret in a line, beside another, in a long line and in a file name`() throws {
    let (secret, other) = (try Secret.groq(1), try Secret.groq(2))
    let workspace = try Workspace().write("a=\(secret) b=\(other)\n", to: "two")
    try workspace.write(
      String(repeating: "z", count: 5000) + " " + secret + " " + String(repeating: "z", count: 5000), to: "long")
    try workspace.write(secret, to: "named-\(secret).txt").write(secret + "\n" + secret, to: "lines")
    try expectNothing(of: secret, in: workspace)
    try expectNothing(of: other, in: workspace)
  }

  @Test func `X05: a secret in the name of what cannot be read`() throws {
    let secret = try Secret.groq()
    let workspace = try Workspace().write("x", to: "a")
    _ = try workspace.run("mkfifo 'pipe-\(secret)'")
    try expectNothing(of: secret, in: workspace)
    try expectNothing(of: secret, in: workspace, "leakgate scan 'missing-\(secret)'")
  }
}

extension [UInt8] {
  func contains(subsequence: ArraySlice<UInt8>) -> Bool {
    guard count >= subsequence.count else { return false }
    return (0...(count - subsequence.count)).contains { self[$0..<($0 + subsequence.count)].elementsEqual(subsequence) }
  }
}
