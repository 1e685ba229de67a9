/// What is wrong with a pattern, and where.
package struct PatternSyntaxError: Error, Equatable {
  /// Offset in the pattern, in UTF-8 bytes.
  package var offset: Int
  /// One lower-case clause.
  package var reason: String

  package init(offset: Int, reason: String) {
    self.offset = offset
    self.reason = reason
  }
}

/// A PCRE2 pattern with what the engine must know before it may be used: which bytes it reads, how far, and around what.
///
/// The accepted language is PCRE2's (pcre2pattern(3)) without the constructs that make a match depend on more than a
/// bounded neighbourhood or that PCRE2 itself may resolve in ways a window could change: back references, recursion,
/// conditions, callouts, control verbs, `\K`, `\G`, `\C`, `\R`, `\X`, Unicode properties. `\A`, `\Z` and `\z` are
/// rewritten, since they would take the edge of a window for the edge of the artifact.
package struct PatternSyntax: Sendable {
  let root: PatternNode
  /// The pattern as given.
  private let source: [UInt8]
  /// Rewritten pieces of `source`, in ascending order.
  private var edits: [PatternEdit]
  /// Quantifiers without an upper bound: where they stand and what bounds them.
  private let unbounded: [PatternParser.Unbounded]
  /// Number of capture groups.
  package let groupCount: Int
  /// Named groups with their numbers.
  package let groupNames: [String: Int]

  /// - Complexity: linear in the length of the pattern.
  package init(parsing pattern: String) throws(PatternSyntaxError) {
    var parser = PatternParser(pattern)
    root = try parser.parse()
    source = Array(pattern.utf8)
    edits = parser.edits
    unbounded = parser.unbounded
    groupCount = parser.groupCount
    groupNames = parser.groupNames
  }

  /// Offsets of the quantifiers without an upper bound (`*`, `+`, `{n,}`).
  package var unboundedQuantifiers: [Int] { unbounded.map(\.range.lowerBound) }

  /// The pattern to compile.
  package var text: String {
    var result: [UInt8] = []
    var from = 0
    for edit in edits.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
      result += source[from..<edit.range.lowerBound]
      result += Array(edit.replacement.utf8)
      from = edit.range.upperBound
    }
    result += source[from...]
    return String(decoding: result, as: UTF8.self)
  }

  /// The same pattern with every unbounded quantifier bounded.
  ///
  /// A quantifier whose least count is above the limit is bounded to that count.
  package func bounded(to limit: Int) throws(PatternSyntaxError) -> PatternSyntax {
    guard !unbounded.isEmpty else { return self }
    var copy = self
    copy.edits += unbounded.map { quantifier in
      PatternEdit(
        range: quantifier.range,
        replacement: "{\(quantifier.min),\(max(limit, quantifier.min))}"
      )
    }
    return try PatternSyntax(parsing: copy.text)
  }

  /// What the engine knows of the matches.
  ///
  /// - Parameter secretGroup: number of the group that holds the secret, 0 for the whole match.
  /// - Throws: when a length is unbounded or above `PatternSyntax.greatestReach`.
  package func shape(secretGroup: Int) throws(PatternSyntaxError) -> PatternShape {
    let context = root.context
    guard let length = root.width.max, let before = context.before, let after = context.after,
      length + before + after <= Self.greatestReach
    else {
      throw PatternSyntaxError(
        offset: unbounded.first?.range.lowerBound ?? 0,
        reason: "a match can be longer than \(Self.greatestReach) bytes; bound its quantifiers"
      )
    }
    let anchors = PatternAnchors(of: root)
    let secret = secretGroup == 0 ? root : root.group(secretGroup) ?? root
    return PatternShape(
      lookbehind: before, maximumLength: length, lookahead: after, anchors: anchors.literals,
      following: anchors.following, anchorOffset: anchors.offset, run: anchors.run,
      runOn: PatternTail(of: root, secret: secret).runOn,
      secretPrefix: secret.literalPrefix
    )
  }

  /// Greatest number of bytes a match and what decides about it may span; the scan window is sized for it.
  package static let greatestReach = 65_536
}

/// A piece of a pattern's source and what stands in its place.
struct PatternEdit: Sendable {
  var range: Range<Int>
  var replacement: String
}
