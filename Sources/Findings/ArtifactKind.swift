/// What the name of an artifact says of how keys and values are written in it: the same bytes are judged differently under
/// names of different kinds.
package enum ArtifactKind: UInt8, Sendable {
  /// Source code of a language in which strings are quoted, and a bare word is a name.
  case code
  /// Text for people: Markdown and the like.
  case document
  /// The texts of a program by language: messages, forms and labels.
  case catalog
  case other

  package init(_ path: [UInt8]) {
    self = .other
    guard let dot = path.lastIndex(of: UInt8(ascii: ".")), path.count - dot <= 12 else { return }
    let ending = String(decoding: path[(dot + 1)...], as: UTF8.self).lowercased()
    if Self.codeEndings.contains(ending) {
      self = .code
    } else if Self.documentEndings.contains(ending) {
      self = .document
    } else if Self.catalogEndings.contains(ending) || Self.isInCatalog(path[..<dot]) {
      self = .catalog
    }
  }

  /// Whether a folder on the way, or the first word of the file's own name, says that texts lie there: `locales/de.json`,
  /// `res/values-de/strings.xml`, `messages_de.properties`.
  private static func isInCatalog(_ path: ArraySlice<UInt8>) -> Bool {
    var names = path.split(separator: UInt8(ascii: "/"))
    if let own = names.popLast()?.split(whereSeparator: { "_-.".utf8.contains($0) }).first { names.append(own) }
    // Asked of every name of a repository: most are told by their length and first letter.
    return names.contains { name in
      (3...12).contains(name.count) && "lintms".utf8.contains(name[name.startIndex] | 0x20)
        && catalogNames.contains(String(decoding: name, as: UTF8.self).lowercased())
    }
  }

  private static let catalogEndings: Set<String> = [
    "po", "pot", "mo", "arb", "strings", "stringsdict", "resx", "xliff", "xlf", "ftl",
  ]

  private static let catalogNames: Set<String> = [
    "locale", "locales", "i18n", "l10n", "lang", "langs", "language", "languages", "translation", "translations", "nls",
    "messages", "strings",
  ]

  private static let documentEndings: Set<String> = [
    "md", "markdown", "rst", "txt", "adoc", "asciidoc", "org", "tex", "html", "htm",
  ]

  private static let codeEndings: Set<String> = [
    "c", "cc", "cpp", "cxx", "h", "hh", "hpp", "m", "mm", "cs", "java", "kt", "kts", "scala", "groovy", "gradle", "go",
    "rs", "swift", "py", "pyi", "pyx", "rb", "php", "js", "jsx", "mjs", "cjs", "ts", "tsx", "vue", "svelte", "dart",
    "lua",
    "pl", "pm", "r", "jl", "ex", "exs", "erl", "hs", "ml", "mli", "clj", "cljs", "fs", "vb", "sql", "proto", "tf",
    "hcl",
    "cls", "pas", "d", "nim", "zig", "v", "sol", "coffee", "cr", "elm", "f90", "asm", "s", "ipynb", "bzl", "gni", "moo",
    "mumps", "lisp", "el", "scm", "tcl", "adb", "ads", "cu", "cl", "glsl", "wgsl",
  ]
}
