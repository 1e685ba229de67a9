/// A pattern as a tree over bytes.
indirect enum PatternNode: Sendable {
  /// Matches nothing and consumes nothing: an empty branch, a comment, an option setting.
  case empty
  /// One byte out of a set.
  case set(ByteSet)
  case sequence([PatternNode])
  case alternation([PatternNode])
  /// A capture group with its number.
  case capture(PatternNode, number: Int)
  /// `min` to `max` times; no `max` is unbounded.
  case repetition(PatternNode, min: Int, max: Int?, isGreedy: Bool)
  /// A lookahead or lookbehind.
  case look(PatternNode, isAhead: Bool)
  /// A condition on the bytes next to a place: `\b`, `^`, `$`, with how many bytes on each side it reads.
  case assertion(before: Int, after: Int)

  /// Whether a quantifier behind the node's text repeats the whole of it.
  var isSingle: Bool {
    switch self {
    case .sequence, .empty: false
    default: true
    }
  }

  /// Least and greatest number of bytes a match of the node consumes; no greatest is unbounded.
  var width: (min: Int, max: Int?) {
    switch self {
    case .empty, .look, .assertion: return (0, 0)
    case .set: return (1, 1)
    case .capture(let node, _): return node.width
    case .sequence(let nodes):
      return nodes.reduce((0, 0)) { sum, node in
        let width = node.width
        return (Self.capped(sum.min + width.min), Self.sum(sum.max, width.max))
      }
    case .alternation(let nodes):
      let widths = nodes.map(\.width)
      let greatest = widths.contains { $0.max == nil } ? nil : widths.compactMap(\.max).max() ?? 0
      return (widths.map(\.min).min() ?? 0, greatest)
    case .repetition(let node, let min, let max, _):
      let width = node.width
      let least = Self.product(width.min, min) ?? Self.limit
      guard let max else { return (least, width.max == 0 ? 0 : nil) }
      return (least, width.max.flatMap { Self.product($0, max) })
    }
  }

  /// Beyond this a width is as good as unbounded; keeps products from overflowing.
  private static let limit = 1 << 30

  private static func capped(_ value: Int) -> Int { Swift.min(value, limit) }

  private static func sum(_ left: Int?, _ right: Int?) -> Int? {
    guard let left, let right, left + right <= limit else { return nil }
    return left + right
  }

  private static func product(_ left: Int, _ right: Int) -> Int? {
    let (value, overflow) = left.multipliedReportingOverflow(by: right)
    return overflow || value > limit ? nil : value
  }

  /// Greatest numbers of bytes before and behind the node's own match that decide about it; `nil` is unbounded.
  ///
  /// Conservative: a lookaround counts wholly, wherever in the match it stands.
  var context: (before: Int?, after: Int?) {
    switch self {
    case .empty, .set: return (0, 0)
    case .assertion(let before, let after): return (before, after)
    case .capture(let node, _), .repetition(let node, _, _, _): return node.context
    case .sequence(let nodes), .alternation(let nodes):
      return nodes.reduce((0, 0)) { reach, node in
        let context = node.context
        return (Self.greatest(reach.0, context.before), Self.greatest(reach.1, context.after))
      }
    case .look(let node, let isAhead):
      let inner = node.context
      let width = node.width.max
      return isAhead ? (inner.before, Self.sum(width, inner.after)) : (Self.sum(width, inner.before), inner.after)
    }
  }

  private static func greatest(_ left: Int?, _ right: Int?) -> Int? {
    guard let left, let right else { return nil }
    return Swift.max(left, right)
  }

  /// The top level of the pattern as one list: sequences and captures opened, everything else as it is.
  var elements: [PatternNode] {
    switch self {
    case .sequence(let nodes): nodes.flatMap(\.elements)
    case .capture(let node, _): node.elements
    case .empty: []
    default: [self]
    }
  }

  /// The capture group of that number, `nil` where there is none.
  func group(_ number: Int) -> PatternNode? {
    switch self {
    case .capture(let node, let own): own == number ? self : node.group(number)
    case .sequence(let nodes), .alternation(let nodes):
      nodes.lazy.compactMap { $0.group(number) }.first
    case .repetition(let node, _, _, _), .look(let node, _): node.group(number)
    case .empty, .set, .assertion: nil
    }
  }
}
