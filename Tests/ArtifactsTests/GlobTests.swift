import Artifacts
import Testing

@Suite struct GlobTests {
  @Test(arguments: [
    ("node_modules", "a/node_modules", true), ("node_modules", "node_modules", true),
    ("node_modules", "node_modules2", false), ("*.lock", "a/b/yarn.lock", true), ("*.lock", "yarn.lock.md", false),
    ("a/b", "a/b", true), ("a/b", "x/a/b", false), ("/b", "b", true), ("/b", "a/b", false),
    ("a/*", "a/b", true), ("a/*", "a/b/c", false), ("a/**", "a/b/c", true), ("a/**", "a", false),
    ("**/b", "b", true), ("**/b", "x/y/b", true), ("**/b", "x/yb", false), ("a/**/b", "a/b", true),
    ("a/**/b", "a/x/y/b", true), ("a/**/b", "ab", false), ("a**b", "axxb", true), ("a/x**", "a/x/b", false),
    ("?", "a", true), ("?", "ab", false), ("[a-c]x", "bx", true), ("[!a-c]x", "bx", false), ("[^a-c]x", "dx", true),
    ("[]x]", "]", true), ("[a\\]]", "]", true), ("\\*", "*", true), ("\\*", "a", false), ("\\!a", "!a", true),
    ("*", ".hidden", true), ("a?b", "a/b", false), ("x/a[/]b", "x/a/b", false), ("**", "a/b", true),
    ("a//b", "a/b", true), ("-x", "-x", true), ("a{b,c}", "ab", false),
  ])
  func `matches as gitignore does`(_ pattern: String, _ path: String, _ expected: Bool) throws {
    #expect(try Glob(pattern).matches(path) == expected)
  }

  @Test func `a trailing slash matches folders only`() throws {
    let glob = try Glob("build/")
    #expect(glob.matches("a/build", isFolder: true))
    #expect(!glob.matches("a/build"))
    #expect(glob.covers("a/build/x"))
  }

  @Test func `a folder that matches covers what is in it`() throws {
    #expect(try Glob("vendor").covers("a/vendor/b/c"))
    #expect(try Glob("a/vendor").covers("a/vendor/b/c"))
    #expect(try !Glob("vendor/b/c").covers("a/vendor/b/c"))
  }

  @Test(arguments: ["", "/", "!a", "[a", "[", "[a-", "a\\", "[z-a]", "[[:alpha:]]", "[é]", "a\0b"])
  func `a pattern that cannot be read is refused with its text`(_ pattern: String) {
    let error = failure(of: pattern)
    guard case .invalidPattern(pattern, _) = error else {
      Issue.record("\(pattern): \(String(describing: error))")
      return
    }
  }

  private func failure(of pattern: String) -> ArtifactError? {
    do throws(ArtifactError) {
      _ = try Glob(pattern)
      return nil
    } catch {
      return error
    }
  }

  @Test func `patterns made to blow up backtracking stay cheap`() throws {
    let glob = try Glob(
      "**/" + String(repeating: "*a", count: 40) + "/**/" + String(repeating: "*a*/", count: 20) + "b")
    #expect(!glob.matches(String(repeating: String(repeating: "a", count: 100) + "/", count: 30)))
  }

  @Test func `equals a naive matcher on random patterns and paths`() throws {
    var random = SystemRandomNumberGenerator()
    let parts = ["a", "b", "*", "**", "?", "/", "[ab]", "[!a]", "\\*", "ab", "/**/", "**/", "/*"]
    let letters = Array("aab*".utf8)
    var matched = 0
    for _ in 0..<20_000 {
      let pattern = (0..<Int.random(in: 1...6, using: &random)).map { _ in parts.randomElement(using: &random) ?? "" }
        .joined()
      guard let glob = try? Glob(pattern) else { continue }
      let path = (0..<Int.random(in: 1...4, using: &random)).map { _ in
        (0..<Int.random(in: 1...3, using: &random)).map { _ in letters.randomElement(using: &random) ?? 0 }
      }
      let isFolder = Bool.random(using: &random)
      let expected = NaiveGlob(pattern).matches(path, isFolder: isFolder)
      let found = glob.matches(Array(path.joined(separator: [UInt8(ascii: "/")])).span, isFolder: isFolder)
      #expect(found == expected, "\(pattern) on \(path.map { String(decoding: $0, as: UTF8.self) })")
      if found { matched += 1 }
    }
    #expect(matched > 1000)
  }
}

extension Glob {
  fileprivate func matches(_ path: String, isFolder: Bool = false) -> Bool {
    matches(Array(path.utf8).span, isFolder: isFolder)
  }

  fileprivate func covers(_ path: String) -> Bool { covers(Array(path.utf8).span) }
}

/// gitignore(5) word for word: components matched by recursion, `**` by trying every number of them.
private struct NaiveGlob {
  private let components: [[UInt8]]
  private let isAnchored: Bool
  private let isForFolders: Bool

  init(_ pattern: String) {
    var rest = Substring(pattern)
    isForFolders = rest.hasSuffix("/")
    while rest.hasSuffix("/") { rest.removeLast() }
    isAnchored = rest.contains("/")
    components = rest.split(separator: "/").map { Array($0.utf8) }
  }

  func matches(_ path: [[UInt8]], isFolder: Bool) -> Bool {
    if isForFolders && !isFolder { return false }
    if isAnchored { return match(components[...], path[...]) }
    return path.last.map { match(components[0][...], $0[...]) } ?? false
  }

  private func match(_ pattern: ArraySlice<[UInt8]>, _ path: ArraySlice<[UInt8]>) -> Bool {
    guard let first = pattern.first else { return path.isEmpty }
    if first == Array("**".utf8) {
      // At the end it stands for what is inside, so for at least one component.
      if pattern.count == 1 { return !path.isEmpty }
      return (0...path.count).contains { match(pattern.dropFirst(), path.dropFirst($0)) }
    }
    guard let component = path.first else { return false }
    return match(first[...], component[...]) && match(pattern.dropFirst(), path.dropFirst())
  }

  private func match(_ pattern: ArraySlice<UInt8>, _ text: ArraySlice<UInt8>) -> Bool {
    guard let first = pattern.first else { return text.isEmpty }
    switch first {
    case UInt8(ascii: "*"): return (0...text.count).contains { match(pattern.dropFirst(), text.dropFirst($0)) }
    case UInt8(ascii: "?"): return !text.isEmpty && match(pattern.dropFirst(), text.dropFirst())
    case UInt8(ascii: "["):
      guard let byte = text.first, let end = pattern.firstIndex(of: UInt8(ascii: "]")) else { return false }
      let inside = pattern[(pattern.startIndex + 1)..<end]
      let isNegated = inside.first == UInt8(ascii: "!")
      return inside.contains(byte) != isNegated && match(pattern[(end + 1)...], text.dropFirst())
    case UInt8(ascii: "\\"):
      return text.first == pattern.dropFirst().first && match(pattern.dropFirst(2), text.dropFirst())
    default: return text.first == first && match(pattern.dropFirst(), text.dropFirst())
    }
  }
}
