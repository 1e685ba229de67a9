import Findings

/// A hook of git that LeakGate can stand in (githooks(5)).
enum Hook: String, CaseIterable {
  case preCommit = "pre-commit"
  /// A merge that git commits by itself runs this one in place of pre-commit.
  case preMergeCommit = "pre-merge-commit"
  case commitMessage = "commit-msg"
  case prePush = "pre-push"
  case preReceive = "pre-receive"

  /// The line by which a hook of ours is known.
  static let mark = "# LeakGate hook"
  /// What the hook that was there before is called from then on.
  static let keptSuffix = ".before-leakgate"

  /// What is judged.
  private func command(_ governed: [PathArgument]) -> String {
    let patterns = governed.map { " --governed=\(Self.quoted($0.bytes))" }.joined()
    return switch self {
    case .preCommit, .preMergeCommit: "git staged --base-suppressions" + patterns
    case .commitMessage: #"git message "$1""#
    case .prePush: #"git pre-push --remote "$1" --base-suppressions"# + patterns
    case .preReceive: "git pre-receive --base-suppressions" + patterns
    }
  }

  /// Whether it knows what is governed.
  var judgesGoverned: Bool { self != .commitMessage }

  /// Whether git tells the hook something on standard input.
  private var readsInput: Bool { self == .prePush || self == .preReceive }
  /// Whether that may be nothing: git runs pre-push for a push of what is there already.
  private var mayReadNothing: Bool { self == .prePush }

  /// The script: the hook that was there first, as it may still change what is staged, then LeakGate.
  ///
  /// It refuses wherever it cannot run the program, and hands its status on.
  /// - Parameter governed: patterns of governed documents, for what is staged, pushed or received.
  func script(program: [UInt8], governed: [PathArgument]) -> String {
    let feed = readsInput ? #"printf '%s\n' "$input" | "# : ""
    return """
      #!/bin/sh
      \(Self.mark) (\(rawValue)), made by 'leakgate hook install'; 'leakgate hook uninstall' removes it.
      \(readsInput ? "input=$(cat)\n" : "")before="$0\(Self.keptSuffix)"
      if [ -x "$before" ]; then
        \(feed)"$before" "$@" || exit $?
      fi
      gate=\(Self.quoted(program))
      [ -x "$gate" ] || gate=$(command -v leakgate) || {
        echo "leakgate: refused: the \(rawValue) hook is installed, but the program is not there or may not be run" >&2
        echo "leakgate: install it again, or remove the hook: $0" >&2
        exit 2
      }
      \(mayReadNothing ? #"[ -n "$input" ] || exit 0"# + "\n" : "")\(feed)"$gate" \(command(governed))
      status=$?
      [ $status -eq 0 ] || echo "leakgate: refused by the \(rawValue) hook (status $status)" >&2
      exit $status

      """
  }

  /// Whether a text is the script, for whatever program and patterns.
  func wrote(_ text: String) -> Bool {
    let written = text.split(separator: "\n", omittingEmptySubsequences: false)
    let expected = script(program: [], governed: []).split(separator: "\n", omittingEmptySubsequences: false)
    return written.count == expected.count
      && zip(written, expected).allSatisfy { own, known in
        if own == known { return true }
        if known == "gate=''" { return own.hasPrefix("gate=") && Self.isQuoted(own.dropFirst(5)) }
        let option = known + " --governed="
        return known.hasSuffix(command([])) && own.hasPrefix(option)
          && Self.isQuoted(
            own.dropFirst(option.count).split(separator: "' --governed='", omittingEmptySubsequences: false).joined())
      }
  }

  /// Whether a text is one word as `quoted` writes it.
  private static func isQuoted(_ text: some StringProtocol) -> Bool {
    let parts = String(text).split(separator: #"'\''"#, omittingEmptySubsequences: false).joined()
    return parts.count >= 2 && parts.first == "'" && parts.last == "'" && !parts.dropFirst().dropLast().contains("'")
  }

  /// A word of sh(1) that stands for the bytes.
  private static func quoted(_ bytes: [UInt8]) -> String {
    let parts = String(decoding: bytes, as: UTF8.self).split(separator: "'", omittingEmptySubsequences: false)
    return "'" + parts.joined(separator: #"'\''"#) + "'"
  }
}
