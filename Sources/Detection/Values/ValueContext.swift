/// A value with all that is known of where it stands.
struct ValueContext {
  var name: KeyName
  var pair: KeyValue
  /// The name as written.
  var key: [UInt8]
  /// The value as written, at most `KeyReach.value` bytes of it.
  var value: [UInt8]
  /// The bytes behind the value, as far as they matter.
  var after: [UInt8]
  /// Whether the artifact's name is that of source code, in which a bare word is a name.
  var isCode: Bool

  init(_ pair: KeyValue, name: KeyName, in bytes: ByteView, isCode: Bool) {
    self.name = name
    self.pair = pair
    self.isCode = isCode
    key = bytes.copy(pair.key)
    value = bytes.copy(pair.value)
    after = bytes.copy(pair.value.upperBound..<(pair.value.upperBound + 24))
  }

  /// Whether the value may be a piece of a program: it is not quoted, nor does it stand within a quoted string.
  var mayBeExpression: Bool {
    let isJoined = pair.form == .query || pair.form == .user || pair.form == .option || pair.form == .element
    guard isCode, !pair.isQuoted, !isJoined else { return false }
    guard let next = after.first, !next.isQuote, next != UInt8(ascii: "\\") else { return after.isEmpty }
    // A string of settings goes on: another name and its sign follow.
    let rest = after.dropFirst().drop { $0.isNameByte }
    return !(next == 0x20 && rest.first == UInt8(ascii: "="))
  }

  /// Whether an artifact's name ends as source code of a language does in which strings are quoted.
  static func isCode(_ path: [UInt8]) -> Bool {
    guard let dot = path.lastIndex(of: UInt8(ascii: ".")), path.count - dot <= 8 else { return false }
    return codeEndings.contains(String(decoding: path[(dot + 1)...].map(\.lowercased), as: UTF8.self))
  }

  private static let codeEndings: Set<String> = [
    "c", "cc", "cpp", "cxx", "h", "hh", "hpp", "m", "mm", "cs", "java", "kt", "kts", "scala", "groovy", "gradle", "go",
    "rs", "swift", "py", "pyi", "pyx", "rb", "php", "js", "jsx", "mjs", "cjs", "ts", "tsx", "vue", "svelte", "dart",
    "lua",
    "pl", "pm", "r", "jl", "ex", "exs", "erl", "hs", "ml", "mli", "clj", "cljs", "fs", "vb", "sql", "proto", "tf",
    "hcl",
    "cls", "pas", "d", "nim", "zig", "v", "sol", "coffee", "cr", "elm", "f90", "asm", "s", "ipynb", "bzl", "gni", "moo",
    "mumps", "lisp", "el", "scm", "tcl", "adb", "ads", "cu", "cl", "glsl", "wgsl", "toml",
  ]
}
