import Artifacts
import Findings

/// Turns the patterns of the command line into globs.
enum Patterns {
  /// The globs in the order they were given.
  ///
  /// - Throws: `CommandError` naming the option and the pattern that cannot be understood.
  static func compiled(_ patterns: [PathArgument], option: String) throws(CommandError) -> [Glob] {
    var globs: [Glob] = []
    for pattern in patterns {
      do throws(ArtifactError) {
        globs.append(try Glob(pattern.name.text))
      } catch {
        throw .invalid("\(option): \(error.reason)")
      }
    }
    return globs
  }
}
