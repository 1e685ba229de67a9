/// How the secret ends: whether it may run on behind the pattern's bound.
struct PatternTail {
  /// The alphabet the secret runs on in where its last, greedy quantifier reached its bound; `nil` where its end is fixed.
  var runOn: ByteSet?

  /// - Parameters:
  ///   - root: the whole pattern.
  ///   - secret: the group that holds the secret, or the whole pattern.
  init(of root: PatternNode, secret: PatternNode) {
    guard Self.endsWithSecret(root, secret) else { return }
    for element in secret.elements.reversed() {
      switch element {
      case .empty, .look, .assertion: continue
      case .repetition(.set(let set), let min, let max?, let isGreedy):
        // A mark like `==` may or may not end the value; what stands before it decides.
        if min == 0, max <= 2 { continue }
        if isGreedy, max > min { runOn = set }
        return
      case .repetition(_, min: 0, max: _, isGreedy: _): continue
      default: return
      }
    }
  }

  /// Whether nothing is consumed behind the secret.
  private static func endsWithSecret(_ root: PatternNode, _ secret: PatternNode) -> Bool {
    guard case .capture(_, let number) = secret else { return true }
    func consumesBehind(_ node: PatternNode) -> Bool? {
      switch node {
      case .capture(let inner, let own): return own == number ? false : consumesBehind(inner)
      case .sequence(let nodes):
        var found: Bool?
        for node in nodes {
          if found != nil { found = found! || (node.width.max ?? 1) > 0 } else { found = consumesBehind(node) }
        }
        return found
      default: return node.group(number) == nil ? nil : true
      }
    }
    return consumesBehind(root) == false
  }
}

extension PatternNode {
  /// The literal text every match of the node starts with, at most 32 bytes of it.
  var literalPrefix: String {
    var prefix: [UInt8] = []
    for element in elements {
      if case .set(let set) = element, set.count == 1, prefix.count < 32, let byte = set.bytes.first,
        (0x21...0x7E).contains(byte)
      {
        prefix.append(byte)
      } else if case .look = element {
        continue
      } else if case .assertion = element {
        continue
      } else {
        break
      }
    }
    return String(decoding: prefix, as: UTF8.self)
  }
}
