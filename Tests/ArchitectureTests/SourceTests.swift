import Testing

@Suite struct SourceTests {
  @Test func `no file is longer than the limit`() throws {
    try expectNone(SourceRules.lengthViolations(in: Repository.swiftFiles(in: "Sources")))
  }

  @Test func `every unsafe has a comment that says why it is safe`() throws {
    try expectNone(SourceRules.safetyViolations(in: Repository.swiftFiles(in: "Sources")))
  }

  @Test func `a file that is too long is seen, unless a tool wrote it`() {
    let long = String(repeating: "let a = 1\n", count: 401)
    let fits = String(repeating: "let a = 1\n", count: 400)
    let files = [
      SourceFile(path: "Sources/A/Long.swift", text: long), SourceFile(path: "Sources/A/Fits.swift", text: fits),
      SourceFile(path: "Sources/A/Generated/Long.swift", text: long),
    ]
    #expect(SourceRules.lengthViolations(in: files) == ["Sources/A/Long.swift: 401 lines, 400 are the limit"])
  }

  @Test(arguments: [
    "unsafe call()",
    "// SAFETY: too far away\na\nb\nc\nd\ne\nf\nunsafe call()",
    "// SAFETY: of another paragraph\nunsafe first()\n\nunsafe second()",
    "// the word SAFETY is not enough\nlet a = unsafe call()",
    "nonisolated(unsafe) var a = 1",
    "// SAFETY: of the first\nfunc first() {\n  a\n}\nfunc second() {\n  b\n  c\n  unsafe call()\n}",
  ])
  func `an unsafe without its comment is seen`(_ text: String) {
    let found = SourceRules.safetyViolations(in: [SourceFile(path: "Sources/A/A.swift", text: text)])
    #expect(found.count == 1)
    #expect(found.allSatisfy { $0.hasSuffix("unsafe without a // SAFETY: comment") })
  }

  @Test(arguments: [
    "// SAFETY: a reason\nunsafe call()",
    "unsafe call()  // SAFETY: a reason",
    "// SAFETY: a reason\na\nb\nc\nd\ne\nunsafe call()\nf\nunsafe other()",
    "  // SAFETY: of all of it\n  enum A {\n    a\n\n    b\n    c\n    d\n    e\n    unsafe call()\n  }",
    "// SAFETY: of both\nif a {\n  a\n  b\n  c\n  d\n} else {\n  e\n  unsafe call()\n}",
    "// not unsafe\n\"unsafe\"\nunsafely()\nwithunsafe()\n@unsafe func f() {}",
  ])
  func `an unsafe with its comment, or a word that only looks like it, is let go`(_ text: String) {
    #expect(SourceRules.safetyViolations(in: [SourceFile(path: "Sources/A/A.swift", text: text)]) == [])
  }
}
