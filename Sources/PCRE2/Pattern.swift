internal import CPCRE2
import Synchronization

/// A compiled pattern over bytes (pcre2api(3)); immutable, shared by all workers.
///
/// Compiled with `PCRE2_NEVER_UTF` and `PCRE2_NEVER_UCP`: classes are ASCII, a byte is a character. Lines end at LF for
/// `.`, `^` and `$` (docs/decisions). Machine code is made at the first call of `optimize()`, since it takes longer than a
/// few matches do.
@safe package final class Pattern: Sendable {
  /// How a pattern is compiled.
  package struct Options: OptionSet, Sendable {
    package let rawValue: UInt32
    package init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Matches only where the search starts. Given here since machine code ignores it at match time (pcre2jit(3)).
    package static let anchored = Options(rawValue: PCRE2_ANCHORED)
    /// Lets a match be given a last place to start at (`pcre2_set_offset_limit`).
    package static let limitsOffset = Options(rawValue: PCRE2_USE_OFFSET_LIMIT)
  }

  // SAFETY: pcre2_code is not written to after init but by optimize(), which runs under `jit`'s lock and publishes the
  // machine code before it says that it is there; matching only reads it (pcre2api(3), MULTITHREADING).
  nonisolated(unsafe) let code: OpaquePointer
  private let jit = Mutex(false)
  private let machineCode = Atomic(false)

  /// Number of capture groups.
  package let captureCount: Int

  /// - Throws: PCRE2's reason and the offset in the pattern.
  /// - Complexity: linear in the length of the pattern and its repetition counts.
  package init(_ text: String, options: Options = []) throws(PatternError) {
    // SAFETY: the context is used by this one compilation and freed at its end.
    let context = unsafe pcre2_compile_context_create_8(nil)
    defer { unsafe pcre2_compile_context_free_8(context) }
    unsafe pcre2_set_newline_8(context, UInt32(PCRE2_NEWLINE_LF))
    var number: Int32 = 0
    var offset = 0
    let flags = PCRE2_NEVER_UTF | PCRE2_NEVER_UCP | PCRE2_NEVER_BACKSLASH_C | options.rawValue
    let bytes = Array(text.utf8)
    // SAFETY: the pattern is given with its length; PCRE2 copies what it keeps of it.
    let compiled = unsafe bytes.withUnsafeBufferPointer { buffer in
      unsafe pcre2_compile_8(buffer.baseAddress, buffer.count, flags, &number, &offset, context)
    }
    guard let compiled = unsafe compiled else {
      throw PatternError(code: number, offset: offset, reason: message(for: number))
    }
    unsafe code = compiled
    var count: UInt32 = 0
    // SAFETY: PCRE2_INFO_CAPTURECOUNT writes one uint32_t (pcre2_pattern_info(3)).
    _ = unsafe pcre2_pattern_info_8(compiled, UInt32(PCRE2_INFO_CAPTURECOUNT), &count)
    captureCount = Int(count)
  }

  // SAFETY: nobody else holds the code; match data does not refer to it after a match.
  deinit { unsafe pcre2_code_free_8(code) }

  /// Makes machine code where this machine allows it (pcre2_jit_compile(3)); later calls do nothing.
  ///
  /// Where it is not available matching works the same, slower.
  package func optimize() {
    jit.withLock { isTried in
      guard !isTried else { return }
      isTried = true
      // SAFETY: serialised by the lock; matches in flight use the interpreter's code, which stays as it is.
      if unsafe pcre2_jit_compile_8(code, UInt32(PCRE2_JIT_COMPLETE)) == 0 {
        machineCode.store(true, ordering: .releasing)
      }
    }
  }

  /// Whether matches run as machine code.
  package var isOptimized: Bool { machineCode.load(ordering: .acquiring) }
}
