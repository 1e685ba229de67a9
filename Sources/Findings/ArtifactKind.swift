/// What the name of an artifact says of how keys and values are written in it: the same bytes are judged differently under
/// names of different kinds.
package enum ArtifactKind: UInt8, Sendable {
  /// Source code of a language in which strings are quoted, and a bare word is a name.
  case code
  /// Text for people: Markdown and the like.
  case document
  case other

  package init(_ path: [UInt8]) {
    self = .other
    guard let dot = path.lastIndex(of: UInt8(ascii: ".")), path.count - dot <= 10 else { return }
    let ending = String(decoding: path[(dot + 1)...], as: UTF8.self).lowercased()
    if Self.codeEndings.contains(ending) { self = .code }
    if Self.documentEndings.contains(ending) { self = .document }
  }

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
