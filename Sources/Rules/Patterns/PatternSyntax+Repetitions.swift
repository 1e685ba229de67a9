/// What text keeps a pattern busy is made of.
extension PatternSyntax {
  /// The sets of bytes the pattern repeats, in the order they stand, each once.
  package var repeatedSets: [ByteSet] {
    var sets: [ByteSet] = []
    root.visit(isRepeated: false) { set, isRepeated in if isRepeated, !sets.contains(set) { sets.append(set) } }
    return sets
  }

  /// The bytes the pattern asks for one by one, each once; of a letter in either case one of the two.
  package var literalBytes: [UInt8] {
    var all = ByteSet()
    root.visit(isRepeated: false) { set, _ in if set.count <= 2, let byte = set.bytes.first { all.insert(byte) } }
    return all.bytes
  }
}

extension PatternNode {
  /// Calls for every set of bytes in the order they stand, with whether more than one of it may match in a row.
  fileprivate func visit(isRepeated: Bool, _ body: (ByteSet, Bool) -> Void) {
    switch self {
    case .set(let set): body(set, isRepeated)
    case .sequence(let nodes), .alternation(let nodes): for node in nodes { node.visit(isRepeated: isRepeated, body) }
    case .capture(let node, _), .look(let node, _): node.visit(isRepeated: isRepeated, body)
    case .repetition(let node, _, let max, _): node.visit(isRepeated: isRepeated || max != 1, body)
    case .empty, .assertion: break
    }
  }
}
