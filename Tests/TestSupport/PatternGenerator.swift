/// Makes patterns and texts over a small alphabet, so that random texts hold matches, near misses and overlaps.
package struct PatternGenerator {
  package var random: SeededRandom

  package init(seed: UInt64) { random = SeededRandom(seed: seed) }

  private static let letters = Array("abkK_1- \n=")
  private static let words = ["abk", "kab", "ab_1", "k1-a", "aaa", "bkKab", "1ab=", "K_K", "abkab1"]

  /// A bounded pattern that usually holds a literal of three bytes or more.
  package mutating func pattern() -> String {
    var parts: [String] = []
    if random.oneIn(5) { parts.append(random.pick(["\\b", "(?<![a-k])", "(?<=[ =])", "(?m)^", "(?<=ab|k)"])) }
    if random.oneIn(3) { parts.append(atom() + quantifier()) }
    parts.append(random.oneIn(8) ? "" : anchor())
    for _ in 0..<Int.random(in: 0...3, using: &random) { parts.append(atom() + quantifier()) }
    var text = parts.joined()
    if random.oneIn(2) { text += "(?<secret>\(atom())\(random.pick(["{2,6}", "{1,3}", "{3}", "{2,4}?"])))" }
    if random.oneIn(4) { text += atom() + quantifier() }
    if random.oneIn(5) { text += random.pick(["\\b", "(?![a-k])", "(?=[ =])", "(?m:$)", "(?!ab|k1)", "$"]) }
    return random.oneIn(4) ? "(?i)" + text : text
  }

  private mutating func anchor() -> String {
    switch Int.random(in: 0..<6, using: &random) {
    case 0: "(?:\(random.pick(Self.words))|\(random.pick(Self.words)))"
    case 1: "(?i:\(random.pick(Self.words)))"
    case 2: "\(random.pick(Self.words))[_-]?\(random.pick(Self.words))"
    case 3: "(?:\(random.pick(Self.words))){1,2}"
    case 4: "(?:\(atom()){0,3}\(random.pick(Self.words))|\(random.pick(Self.words))\(atom()))"
    default: random.pick(Self.words)
    }
  }

  private mutating func atom() -> String {
    random.pick([
      "[ab]", "[a-k]", "[0-9]", "[^ \\n]", "[ab1_]", "\\w", ".", "a", "(?:ab|k)", "[kK]", "-", "[a-z0-9_=-]",
    ])
  }

  private mutating func quantifier() -> String {
    random.pick(["", "?", "{2}", "{0,3}", "{1,4}", "{0,2}?", "{1,3}+", "{2,9}"])
  }

  /// Text of about the given length.
  package mutating func text(_ length: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < length {
      if random.oneIn(3) {
        let word = random.pick(Self.words)
        bytes += Array((random.oneIn(3) ? word.uppercased() : word).utf8)
      } else {
        for _ in 0..<Int.random(in: 1...4, using: &random) { bytes += Array(String(random.pick(Self.letters)).utf8) }
      }
      if random.oneIn(12) { bytes += Array(String(repeating: String(random.pick(Self.letters)), count: 8).utf8) }
    }
    return bytes
  }
}
