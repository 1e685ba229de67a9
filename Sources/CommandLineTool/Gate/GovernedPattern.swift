import Artifacts
import Findings
import Rules

/// A pattern of governed documents, letters of ASCII in either case.
///
/// On file systems that do not tell cases apart a new `.SOT/a.md` takes the place of `.sot/a.md`.
struct GovernedPattern {
  private let exact: Glob
  private let folded: Glob

  /// As it was given.
  var text: String { exact.text }

  /// - Throws: `CommandError` naming the pattern that cannot be understood.
  static func compiled(_ patterns: [PathArgument]) throws(CommandError) -> [GovernedPattern] {
    let exact = try Patterns.compiled(patterns, option: "--governed")
    var all: [GovernedPattern] = []
    for glob in exact {
      do throws(ArtifactError) {
        let text = String(decoding: folded(Array(glob.text.utf8)), as: UTF8.self)
        all.append(GovernedPattern(exact: glob, folded: try Glob(text)))
      } catch {
        throw .invalid("--governed: \(error.reason)")
      }
    }
    return all
  }

  /// Whether the pattern matches a path or a folder above it.
  func covers(_ path: [UInt8], isFolder: Bool = false) -> Bool {
    exact.covers(path.span, isFolder: isFolder) || folded.covers(Self.folded(path).span, isFolder: isFolder)
  }

  /// Whether it may match what lies below a path.
  func mayMatch(below path: [UInt8]) -> Bool {
    exact.mayMatch(below: path) || folded.mayMatch(below: Self.folded(path))
  }

  private static func folded(_ path: [UInt8]) -> [UInt8] {
    path.map(\.asciiLowercased)
  }
}
