import Findings
import Testing

/// The name of an artifact tells how keys and values are written in it.
struct ArtifactKindTests {
  @Test(arguments: [
    ("src/main.GO", ArtifactKind.code), ("locales/index.ts", .code), ("README.md", .document),
    ("i18n/notes.txt", .document),
    ("locales/de.json", .catalog), ("app/src/main/res/values-de/strings.xml", .catalog),
    ("Messages_pt_BR.properties", .catalog),
    ("LC_MESSAGES/app.po", .catalog), ("Base.lproj/Main.strings", .catalog), ("lib/I18N/x.yml", .catalog),
    ("trace.jsonl", .other), ("run/messenger.json", .other), ("language", .other), ("local/en.json", .other),
    ("-", .other),
    ("", .other), ("messages", .other), ("a.b/messages", .other),
  ])
  func `a name is of one kind`(_ path: String, _ kind: ArtifactKind) {
    #expect(ArtifactKind(Array(path.utf8)) == kind, "\(path)")
  }
}
