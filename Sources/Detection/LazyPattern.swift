import PCRE2
import Rules
import Synchronization

/// A pattern that is compiled when it is first needed, once for all workers.
final class LazyPattern: Sendable {
  private let text: PatternText
  private let options: Pattern.Options
  private let compiled = Mutex<Result<Pattern, PatternError>?>(nil)

  init(_ text: PatternText, options: Pattern.Options) {
    self.text = text
    self.options = options
  }

  /// The compiled pattern.
  ///
  /// - Throws: PCRE2's reason, again at each call.
  func pattern() throws(PatternError) -> Pattern {
    let result = compiled.withLock { compiled in
      if let compiled { return compiled }
      let result: Result<Pattern, PatternError>
      do throws(PatternError) {
        result = .success(try Pattern(text.text, options: options))
      } catch {
        result = .failure(error)
      }
      compiled = result
      return result
    }
    return try result.get()
  }
}
