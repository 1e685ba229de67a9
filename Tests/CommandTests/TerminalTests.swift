import Foundation
import Reports
import Testing

struct TerminalTests {
  let workspace: Workspace
  let secret: String
  init() throws {
    secret = try Secret.groq()
    workspace = try Workspace().write("some long text before KEY=\(secret) and some long text after it\n", to: "a.env")
  }

  @Test func `colours are used on a terminal, and not when they are not wanted`() throws {
    let terminal = try Terminal(columns: 100)
    #expect(try terminal.run("leakgate scan a.env", in: workspace).shown.contains("\u{1B}[1;31mhigh\u{1B}[0m"))
    #expect(!(try terminal.run("leakgate scan --no-color a.env", in: workspace).shown.contains("\u{1B}")))
    #expect(
      !(try terminal.run("leakgate scan a.env", in: workspace, environment: ["NO_COLOR": "1"]).shown.contains("\u{1B}"))
    )
    #expect(
      !(try terminal.run("leakgate scan a.env", in: workspace, environment: ["TERM": "dumb"]).shown.contains("\u{1B}")))
    #expect(!(try workspace.run("leakgate scan a.env").output.contains("\u{1B}")))
  }

  @Test(arguments: [30, 60, 90] as [UInt16]) func `no line is wider than the terminal`(_ columns: UInt16) throws {
    let shown = try Terminal(columns: columns).run("leakgate scan --no-color --explain a.env", in: workspace).shown
    for line in shown.split(whereSeparator: \.isNewline) { #expect(TerminalText.width(String(line)) <= Int(columns)) }
  }

  @Test func `--reveal shows the secret on a terminal`() throws {
    let terminal = try Terminal(columns: 200)
    #expect(!(try terminal.run("leakgate scan a.env", in: workspace).shown.contains(secret)))
    let revealed = try terminal.run("leakgate scan --reveal a.env", in: workspace)
    #expect(revealed.status == 1)
    #expect(revealed.shown.contains(secret))
    let refused = try terminal.run("leakgate scan --reveal a.env", in: workspace, environment: ["CI": "true"])
    #expect(refused.status == 2)
    #expect(!refused.shown.contains(secret))
  }

  @Test func `a scan of over a second shows its progress and takes it away again`() throws {
    let terminal = try Terminal(columns: 60)
    let line = "(sleep 2.5; echo done) | leakgate scan - 2>&1"
    let (status, shown) = try terminal.run(line, in: workspace)
    #expect(status == 0)
    #expect(shown.contains("\r\u{1B}[Kscanning: 1 artifact, "))
    let end = try #require(shown.range(of: "\r\u{1B}[K", options: .backwards))
    #expect(shown[end.upperBound...].contains("clean"))
    #expect(
      !(try terminal.run("(sleep 2.5; echo done) | leakgate scan -q - 2>&1", in: workspace).shown.contains("scanning")))
  }
}
