import Testing

@Suite struct ImportTests {
  @Test func `every import is in the table of the architecture page`() throws {
    let rules = try ImportRules(page: Repository.text("docs/architecture.md"))
    let files = try Repository.swiftFiles(in: "Sources")
    expectNone(rules.violations(in: files))
  }

  @Test func `every room of the table is a folder`() throws {
    let rules = try ImportRules(page: Repository.text("docs/architecture.md"))
    #expect(rules.allowed.count > 5)
    #expect(rules.allowed.keys.sorted().filter { !Repository.holds("Sources/\($0)") } == [])
  }

  @Test func `nothing in Sources imports Foundation`() throws {
    let foundations: Set = [
      "CoreFoundation", "Foundation", "FoundationEssentials", "FoundationInternationalization", "FoundationNetworking",
    ]
    let guilty = try Repository.swiftFiles(in: "Sources").filter { file in
      ImportRules.imports(of: file).contains { foundations.contains($0.module) }
    }
    #expect(guilty.map(\.path) == [])
  }

  private static let page = """
    <!-- rooms: made up -->
    | room | holds | imports of ours | outside |
    |---|---|---|---|
    | `Low` | bytes | — | `Crypto` |
    | `High` | all | `Low` | — |
    <!-- end of rooms -->
    | `Other` | | `Low` | |
    """

  @Test(arguments: [
    ("import High", "Low must not import High"),
    ("@testable import High", "Low must not import High"),
    ("  package import High", "Low must not import High"),
    ("@_exported public import struct High.Thing", "Low must not import High"),
    ("import Foundation", "Low must not import Foundation"),
  ])
  func `an import that the table does not have is seen`(_ line: String, _ message: String) throws {
    let rules = try ImportRules(page: Self.page)
    let file = SourceFile(path: "Sources/Low/A.swift", text: "// a comment\n\(line)\n")
    #expect(rules.violations(in: [file]) == ["Sources/Low/A.swift:2: \(message)"])
  }

  @Test(arguments: [
    "import Crypto", "import Glibc", "// import High", "let text = \"import High\"", "  /// import High",
    "let text = \"\"\"\n  import High\n  \"\"\"",
  ])
  func `what the table has, and text that is no import, is let go`(_ text: String) throws {
    let rules = try ImportRules(page: Self.page)
    #expect(rules.violations(in: [SourceFile(path: "Sources/Low/A.swift", text: text)]) == [])
  }

  @Test func `a room that is not in the table is seen`() throws {
    let rules = try ImportRules(page: Self.page)
    let file = SourceFile(path: "Sources/Other/A.swift", text: "")
    #expect(rules.violations(in: [file]) == ["Sources/Other/A.swift: room Other is not in the table"])
  }

  @Test func `a page without the table is an error`() {
    #expect(throws: MarkdownTable.Missing.self) { try ImportRules(page: "# Architecture") }
  }
}
