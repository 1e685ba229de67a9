import Foundation
import Testing

/// The memory law, on the release binary where `make test` names one, else on the one built with the tests.
struct StreamMemoryTests {
  private static let release = ProcessInfo.processInfo.environment["LEAKGATE_RELEASE_BINARY"]

  /// Two gigabytes where the binary is a fast one; what a debug build can read in seconds otherwise.
  private static var megabytes: Int { release == nil ? 48 : 2048 }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/usr/bin/python3") || release != nil))
  func `a stream of any size stays within 64 MiB, and its last secret is found`() throws {
    let workspace = try Workspace()
    let secret = try Secret.groq()
    try workspace.write(secret, to: "secret")
    // One line without an end: no line, however long, may be held in memory.
    let stream =
      "yes 'lorem ipsum dolor sit amet 0123456789' | tr -d '\\n' | head -c \(Self.megabytes * 1_048_576); cat secret"
    let binary = Self.release ?? "leakgate"
    let line = """
      (\(stream)) | { exec 3<&0; '\(binary)' scan - --format jsonl -o report <&3 & wait_for=$!; peak=0;
      while kill -0 $wait_for 2>/dev/null; do
        now=$(sed -n 's/^VmHWM:[^0-9]*\\([0-9]*\\).*/\\1/p' /proc/$wait_for/status 2>/dev/null);
        [ -n "$now" ] && peak=$now; sleep 0.02; done; wait $wait_for; echo "$? $peak"; }
      """
    let outcome = try workspace.run(
      line.replacingOccurrences(of: ";\n", with: "; ").replacingOccurrences(of: "\n", with: " "))
    let numbers = outcome.output.split { $0 == " " || $0 == "\n" }.compactMap { Int($0) }
    #expect(numbers.first == 1, "status of \(outcome)")
    let peak = try #require(numbers.last)
    #expect(peak > 1024, "the peak was measured")
    #expect(peak <= 64 * 1024, "\(peak) KiB")
    #expect(try workspace.read("report").contains("\"start\":\(Self.megabytes * 1_048_576)"))
  }
}
