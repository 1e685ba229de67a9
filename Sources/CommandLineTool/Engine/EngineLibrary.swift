import PCRE2

/// The pattern engine this build runs on, for people.
enum EngineLibrary {
  static var description: String {
    "PCRE2 \(Library.version), \(Library.hasJIT ? "with" : "without") machine code (JIT)"
  }
}
