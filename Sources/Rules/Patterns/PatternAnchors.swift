/// The literals of which every match of a pattern holds at least one, and where in the match they stand.
///
/// Literal pieces that stand beside each other are joined, alternatives and small classes multiplied out; of all sets of
/// literals that every match needs, the one whose literals are expected to be rarest in text is taken.
struct PatternAnchors {
  var literals: [PatternShape.Anchor] = []
  /// Least and greatest distance from the start of the match to the start of the literal.
  var offset: ClosedRange<Int> = 0...0
  /// What the bytes right behind the literal must be.
  var following: [ByteSet] = []
  var run: PatternShape.RequiredRun?

  /// Fewer bytes are met too often to save work.
  static let leastLength = 3
  /// More literals or longer ones are not multiplied out.
  private static let greatestCount = 64
  private static let greatestLength = 32

  init(of root: PatternNode) {
    let elements = root.elements
    guard let best = Self.best(in: elements), best.offset.max <= PatternSyntax.greatestReach else { return }
    literals = Array(Set(best.literals.map(\.anchor))).sorted { left, right in
      left.bytes.lexicographicallyPrecedes(right.bytes) || (left.bytes == right.bytes && left.isExact && !right.isExact)
    }
    offset = best.offset.min...best.offset.max
    if best.tail.max == 0 { following = Self.following(in: elements, from: best.next) }
    run = Self.run(in: elements, from: best.next, behind: best.tail)
  }

  /// A literal under construction: bytes in lower case where both cases match.
  struct Literal: Hashable {
    var bytes: [UInt8] = []
    var folds: [Bool] = []

    func appending(_ other: Literal) -> Literal { Literal(bytes: bytes + other.bytes, folds: folds + other.folds) }

    var anchor: PatternShape.Anchor {
      let isExact = !folds.contains(true)
      // The automaton folds a whole literal or none of it.
      return PatternShape.Anchor(bytes: isExact ? bytes : bytes.map(\.asciiLowercased), isExact: isExact)
    }

    /// Expected number of times it stands in a byte of text: a word by how common words hold it, everything else by a
    /// coarse model of what text is made of.
    var frequency: Double {
      let model = bytes.reduce(1) { $0 * Self.probability(of: $1) }
      guard bytes.count > 3, bytes.allSatisfy(\.isASCIILetter) else { return max(1e-7, model) }
      return max(1e-7, min(model, 4e-6), CommonWords.share(of: bytes.map(\.asciiLowercased)))
    }

    private static func probability(of byte: UInt8) -> Double {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"): 0.15
      case 0x20, UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "="), UInt8(ascii: ":"),
        UInt8(ascii: "/"):
        0.05
      default: 0.02
      }
    }
  }

  /// A set of literals of which a match needs one, with the literals' offset from where the elements start.
  private struct Candidate {
    var literals: [Literal]
    var offset: (min: Int, max: Int)
    /// Index of the first element that stands wholly behind the literals.
    var next: Int
    /// Distance from the end of the literal to that element.
    var tail: (min: Int, max: Int) = (0, 0)

    /// Lower is better: rare literals first, then few of them, then those whose match starts are few.
    var cost: Double {
      literals.reduce(0) { $0 + $1.frequency + 2e-6 } * Double(1 + (offset.max - offset.min) / 8)
    }

    var isUsable: Bool { literals.allSatisfy { $0.bytes.count >= PatternAnchors.leastLength } }
  }

  /// Literals that stand beside each other, joined as far as they are few.
  private struct Run {
    var literals = [Literal()]
    var offset = (min: 0, max: 0)
  }

  private static func best(in elements: [PatternNode]) -> Candidate? {
    var candidates: [Candidate] = []
    var offset = (min: 0, max: 0)
    // The longest run, alternatives multiplied out, and the run since the last alternative.
    var joined = Run()
    var plain = Run()
    func close(_ run: Run, before index: Int) {
      candidates.append(Candidate(literals: run.literals, offset: run.offset, next: index))
    }
    for (index, element) in elements.enumerated() {
      let width = element.width
      guard let greatest = width.max else { return nil }
      let behind = (min: offset.min + width.min, max: offset.max + greatest)
      let exact = literals(of: element)
      if exact?.count != 1, let inner = inner(of: element) {
        candidates.append(
          Candidate(
            literals: inner.literals, offset: (offset.min + inner.offset.min, offset.max + inner.offset.max),
            next: index + 1, tail: inner.tail
          )
        )
      }
      if let exact, let product = product(joined.literals, exact) {
        joined.literals = product
      } else {
        close(joined, before: index)
        joined = exact.map { Run(literals: $0, offset: offset) } ?? Run(offset: behind)
      }
      if let exact, exact.count == 1, let product = product(plain.literals, exact) {
        plain.literals = product
      } else {
        close(plain, before: index)
        plain = Run(offset: behind)
      }
      offset = behind
    }
    close(joined, before: elements.count)
    close(plain, before: elements.count)
    return candidates.filter(\.isUsable).min { $0.cost < $1.cost }
  }

  /// The best candidate inside an element; its `tail` reaches to the end of the element.
  private static func inner(of element: PatternNode) -> Candidate? {
    switch element {
    case .alternation(let branches):
      var all: [Literal] = []
      var offset = (min: Int.max, max: 0)
      var tail = (min: Int.max, max: 0)
      for branch in branches {
        guard let best = best(ofWhole: branch) else { return nil }
        all += best.literals
        offset = (min(offset.min, best.offset.min), max(offset.max, best.offset.max))
        tail = (min(tail.min, best.tail.min), max(tail.max, best.tail.max))
      }
      return all.count <= greatestCount * 4 ? Candidate(literals: all, offset: offset, next: 0, tail: tail) : nil
    case .repetition(let node, let min, let max?, _):
      guard min > 0, var best = best(ofWhole: node), let width = node.width.max else { return nil }
      best.tail.max += width * (max - 1)
      return best
    case .capture(let node, _):
      return best(ofWhole: node)
    default:
      return nil
    }
  }

  /// The best candidate of a node, its `tail` reaching to the node's end.
  private static func best(ofWhole node: PatternNode) -> Candidate? {
    let elements = node.elements
    guard var best = best(in: elements) else { return nil }
    for element in elements[best.next...] {
      guard let greatest = element.width.max else { return nil }
      best.tail = (best.tail.min + element.width.min, best.tail.max + greatest)
    }
    best.next = 0
    return best
  }

  /// All strings a node matches, `nil` where they are too many or too long.
  private static func literals(of node: PatternNode) -> [Literal]? {
    switch node {
    case .empty, .look, .assertion: return [Literal()]
    case .set(let set): return literals(of: set)
    case .capture(let node, _): return literals(of: node)
    case .sequence(let nodes):
      var all: [Literal] = [Literal()]
      for node in nodes {
        guard let next = literals(of: node), let joined = product(all, next) else { return nil }
        all = joined
      }
      return all
    case .alternation(let nodes):
      var all: [Literal] = []
      for node in nodes {
        guard let next = literals(of: node), all.count + next.count <= greatestCount else { return nil }
        all += next
      }
      return all
    case .repetition(let node, let min, let max, _):
      guard let max, max <= 8, let once = literals(of: node) else { return nil }
      var all: [Literal] = []
      var times: [Literal] = [Literal()]
      for count in 0...max {
        if count >= min { all += times }
        if count < max {
          guard let next = product(times, once) else { return nil }
          times = next
        }
      }
      return all.count <= greatestCount ? all : nil
    }
  }

  private static func literals(of set: ByteSet) -> [Literal]? {
    guard set.count <= 8 else { return nil }
    var seen = Set<UInt8>()
    return set.bytes.compactMap { byte in
      let isFolded = byte.isASCIILetter && set.contains(byte ^ 0x20)
      let bytes = isFolded ? byte.asciiLowercased : byte
      return seen.insert(bytes).inserted ? Literal(bytes: [bytes], folds: [isFolded]) : nil
    }
  }

  private static func product(_ left: [Literal], _ right: [Literal]) -> [Literal]? {
    guard left.count * right.count <= greatestCount else { return nil }
    let all = left.flatMap { start in right.map { start.appending($0) } }
    return all.allSatisfy { $0.bytes.count <= greatestLength } ? all : nil
  }

  /// The sets of the bytes that every match has from an element on.
  ///
  /// Beyond the first two only letters and digits, of which no usual escape makes several bytes.
  private static func following(in elements: [PatternNode], from first: Int) -> [ByteSet] {
    var sets: [ByteSet] = []
    for (index, element) in elements.enumerated().dropFirst(first) {
      switch element {
      case .empty, .look, .assertion: continue
      case .set(let set): sets.append(set)
      case .repetition(.set(let set), let min, let max, _):
        sets += Array(repeating: set, count: Swift.min(min, PatternShape.greatestFollowing))
        if min == max { break }
        // One more of them, or what follows the last.
        if let next = following(in: elements, from: index + 1).first { sets.append(set.union(next)) }
        return sharp(sets)
      case .alternation(let branches):
        let all = branches.map { following(in: $0.elements, from: 0) }
        guard let one = all.first else { return sharp(sets) }
        return sharp(sets + all.dropFirst().reduce(one) { zip($0, $1).map { $0.union($1) } })
      default: return sharp(sets)
      }
      if sets.count >= PatternShape.greatestFollowing { break }
    }
    return sharp(sets)
  }

  /// The sets as far as they tell something that holds however the text is escaped.
  private static func sharp(_ sets: [ByteSet]) -> [ByteSet] {
    let end = sets.indices.first { $0 >= 2 && !sets[$0].isSubset(of: ByteSet.lettersAndDigits) } ?? sets.count
    return Array(sets.prefix(min(end, PatternShape.greatestFollowing)))
  }

  /// The longest run of one alphabet that every match holds behind the anchor, with its distance from the anchor's end.
  private static func run(
    in elements: [PatternNode], from first: Int, behind tail: (min: Int, max: Int)
  ) -> PatternShape.RequiredRun? {
    var best: PatternShape.RequiredRun?
    var distance = tail
    for element in elements[first...] {
      guard let greatest = element.width.max, distance.max <= 1024 else { break }
      if case .repetition(.set(let set), let count, _, _) = element, count >= 8, set.count <= 128 {
        if count > best?.count ?? 0 {
          best = PatternShape.RequiredRun(alphabet: set, count: count, distance: distance.min...distance.max)
        }
      }
      distance = (distance.min + element.width.min, distance.max + greatest)
    }
    return best
  }
}

extension UInt8 {
  var isASCIILetter: Bool { (self | 0x20) >= 0x61 && (self | 0x20) <= 0x7A }
  /// The byte, a letter of ASCII in lower case.
  package var asciiLowercased: UInt8 { self >= 0x41 && self <= 0x5A ? self | 0x20 : self }
}
