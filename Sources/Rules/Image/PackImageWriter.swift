internal import Findings

extension PackImage {
  /// The image of a pack.
  ///
  /// - Complexity: linear in the size of the pack.
  package init(_ pack: RulePack) {
    var writer = PackImageWriter(pack)
    self.init(bytes: writer.image())
  }

  /// The image as text, for the generated source file.
  package var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// Writes a pack image.
private struct PackImageWriter {
  private let pack: RulePack
  private var bytes: [UInt8] = []
  private var sets: [ByteSet] = []
  private var fragments: [[UInt8]]

  init(_ pack: RulePack) {
    self.pack = pack
    // As they stand in compiled patterns, in case their spelling is changed on the way.
    fragments = ContextPattern.fragments.map { fragment in
      Array(((try? PatternSyntax(parsing: fragment).text) ?? fragment).utf8)
    }
    for rule in pack.rules {
      let sets = [rule.shape.run?.alphabet, rule.shape.runOn].compactMap(\.self) + rule.shape.following
      for set in sets where !self.sets.contains(set) {
        self.sets.append(set)
      }
    }
  }

  mutating func image() -> [UInt8] {
    text(pack.title)
    text(pack.digest)
    number(sets.count)
    for set in sets { text(set.hexText) }
    number(fragments.count)
    for fragment in fragments { field(escaped(fragment)) }
    allowlists(pack.allowlists)
    number(pack.rules.count)
    endLine(mark: true)
    let details = pack.rules.indices.map { detailsLine(pack.details(at: $0)) }
    for (rule, line) in zip(pack.rules, details) {
      write(rule)
      number(line.count)
      endLine(mark: false)
    }
    let header = [UInt8](repeating: 0, count: PackImage.headerLength)
    let whole = header + bytes + details.joined()
    let checksum = PackImage.checksum(of: ImageBytes(whole))
    return Array(PackImage.kind.utf8) + checksum + [0x0A] + whole[header.count...]
  }

  // MARK: Fields

  private mutating func field(_ content: [UInt8]) {
    bytes += content
    bytes.append(0x09)
  }

  private mutating func text(_ text: String) { field(escaped(Array(text.utf8))) }
  private mutating func number(_ number: Int) { field(Array(String(number).utf8)) }
  private mutating func number(_ number: Int?) { field(Array((number.map { String($0) } ?? "-").utf8)) }

  private mutating func texts(_ texts: [String]) {
    number(texts.count)
    for text in texts { self.text(text) }
  }

  /// The tab of the last field becomes the end of the line.
  private mutating func endLine(mark: Bool) {
    if mark { field([UInt8(ascii: ".")]) }
    bytes[bytes.count - 1] = 0x0A
  }

  /// Control characters and what is no UTF-8 as `` `xHH ``, the escape character twice.
  private func escaped(_ content: [UInt8]) -> [UInt8] {
    let isText = String(validating: content, as: UTF8.self) != nil
    return content.flatMap { byte in
      switch byte {
      case UInt8(ascii: "`"): [byte, byte]
      case 0x20...0x7E: [byte]
      case 0x80... where isText: [byte]
      default: Array("`x".utf8) + byte.hexDigits
      }
    }
  }

  /// A pattern, with the pieces many patterns share by their numbers.
  private func escapedPattern(_ pattern: String) -> [UInt8] {
    var rest = Array(pattern.utf8)[...]
    var result: [UInt8] = []
    var plain: [UInt8] = []
    while let byte = rest.first {
      if let index = fragments.firstIndex(where: rest.starts(with:)), index < 10 {
        result += escaped(plain) + Array("`\(index)".utf8)
        plain = []
        rest = rest.dropFirst(fragments[index].count)
      } else {
        plain.append(byte)
        rest = rest.dropFirst()
      }
    }
    return result + escaped(plain)
  }

  // MARK: Records

  private mutating func allowlists(_ lists: [Allowlist]) {
    number(lists.count)
    for list in lists {
      text(list.summary)
      text(list.condition.rawValue)
      text(list.target.rawValue)
      texts(list.patterns)
      texts(list.paths)
      texts(list.stopwords)
      texts(list.rules)
    }
  }

  private mutating func write(_ rule: Rule) {
    text(rule.id)
    field(escapedPattern(rule.pattern))
    number(rule.secretGroup)
    write(rule.shape)
    text(rule.entropy.map { String($0) } ?? "")
    text(rule.proof?.kind.rawValue ?? "")
    if let proof = rule.proof {
      number(proof.bodyGroup)
      number(proof.checkGroup)
    }
    number(Int(rule.confidence.rawValue))
    number(Int(rule.severity.rawValue))
    text(rule.path ?? "")
    allowlists(rule.allowlists)
    number(rule.required.count)
    for half in rule.required {
      text(half.id)
      number(half.withinLines)
      number(half.withinColumns)
    }
    number(rule.isReported ? 1 : 0)
  }

  private mutating func write(_ shape: PatternShape) {
    number(shape.lookbehind)
    number(shape.maximumLength)
    number(shape.lookahead)
    number(shape.anchors.count)
    for anchor in shape.anchors {
      number(anchor.isExact ? 1 : 0)
      field(escaped(anchor.bytes))
    }
    number(shape.following.count)
    for set in shape.following { number(sets.firstIndex(of: set)) }
    number(shape.anchorOffset.lowerBound)
    number(shape.anchorOffset.upperBound)
    number(shape.run.flatMap { sets.firstIndex(of: $0.alphabet) })
    if let run = shape.run {
      number(run.count)
      number(run.distance.lowerBound)
      number(run.distance.upperBound)
    }
    number(shape.runOn.flatMap(sets.firstIndex(of:)))
    text(shape.secretPrefix)
  }

  private func detailsLine(_ details: RuleDetails) -> [UInt8] {
    var line = self
    line.bytes = []
    line.text(details.summary)
    line.text(details.remediation)
    line.texts(details.references)
    line.texts(details.tags)
    line.text(details.since)
    line.texts(details.aliases)
    line.texts(details.examples)
    line.texts(details.counterexamples)
    line.endLine(mark: true)
    return line.bytes
  }
}

extension ByteSet {
  /// 64 lower-case hex digits, 16 for each word.
  fileprivate var hexText: String {
    [words.0, words.1, words.2, words.3].map { word in
      let digits = String(word, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }
}
