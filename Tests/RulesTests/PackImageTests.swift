import Findings
import Testing

@testable import Rules

@Suite("Pack images")
struct PackImageTests {
  /// A pack in which every field takes odd values, different ones for every seed.
  private func pack(seed: UInt64, rules count: Int) -> RulePack {
    var generator = SeededGenerator(seed: seed)
    func flip() -> Bool { generator.next(below: 2) == 0 }
    func text() -> String {
      let odd = [
        "", "a", "`", "`0", "\t", "\n", "\r\n", "\\", "\"\"\"#", "é", "\u{0}", "\u{7F}", ContextPattern.left, "-", ".",
      ]
      return (0..<generator.next(below: 4)).map { _ in odd[generator.next(below: odd.count)] }.joined()
    }
    func texts() -> [String] { (0..<generator.next(below: 3)).map { _ in text() } }
    func set() -> ByteSet { ByteSet((0..<5).map { _ in UInt8(truncatingIfNeeded: generator.next()) }) }
    func allowlists() -> [Allowlist] {
      (0..<generator.next(below: 2)).map { _ in
        Allowlist(
          summary: text(), condition: flip() ? .any : .all, target: flip() ? .match : .line, patterns: texts(),
          paths: texts(), stopwords: texts(), rules: texts()
        )
      }
    }
    let rules = (0..<count).map { index in
      var rule = Rule(
        id: "rule-\(index)", pattern: text() + ContextPattern.Gap.assignment.pattern + text(), secretGroup: index % 3,
        shape: PatternShape(
          lookbehind: generator.next(below: 99), maximumLength: generator.next(below: 70_000), lookahead: index,
          anchors: (0..<generator.next(below: 3)).map { _ in
            PatternShape.Anchor(
              bytes: (0..<4).map { _ in UInt8(truncatingIfNeeded: generator.next()) }, isExact: flip())
          },
          anchorOffset: index...(index + generator.next(below: 9)),
          run: flip() ? nil : PatternShape.RequiredRun(alphabet: set(), count: 8, distance: 0...index),
          runOn: flip() ? nil : set(), secretPrefix: text()
        )
      )
      rule.entropy = flip() ? nil : Double(generator.next(below: 80)) / 10
      let kinds = Rule.Proof.Kind.allCases
      rule.proof =
        flip() ? nil : Rule.Proof(kinds[generator.next(below: kinds.count)], bodyGroup: 2, checkGroup: index % 4)
      rule.confidence = Confidence.allCases[index % 3]
      rule.severity = Severity.allCases[index % 4]
      rule.path = flip() ? nil : "p" + text()
      rule.allowlists = allowlists()
      rule.required =
        flip() ? [] : [Rule.Requirement(id: text(), withinLines: flip() ? nil : index, withinColumns: nil)]
      rule.isReported = flip()
      return rule
    }
    let details = rules.map { _ in
      RuleDetails(
        summary: text(), remediation: text(), references: texts(), tags: texts(), since: text(), aliases: texts(),
        examples: texts(), counterexamples: texts()
      )
    }
    let lists = allowlists()
    return RulePack(
      title: text(), rules: rules, allowlists: lists, digest: RulePack.digest(of: rules, allowlists: lists),
      detailsSource: .decoded(details)
    )
  }

  private func failure(_ bytes: [UInt8]) -> RulesError? {
    do {
      let pack = try PackImage(bytes: bytes).pack()
      for index in pack.rules.indices { _ = pack.details(at: index) }
      return nil
    } catch {
      return error
    }
  }

  @Test("give back the pack they were made from, whatever is in it")
  func roundTrip() throws {
    for seed in 0..<60 as Range<UInt64> {
      let pack = pack(seed: seed, rules: Int(seed % 7))
      let image = PackImage(pack)
      let read = try PackImage(bytes: Array(image.text.utf8)).pack()
      #expect(read.title == pack.title && read.digest == pack.digest)
      #expect(read.rules == pack.rules)
      #expect(read.allowlists == pack.allowlists)
      #expect(pack.rules.indices.allSatisfy { read.details(at: $0) == pack.details(at: $0) })
    }
  }

  @Test("are text that can stand in a string literal")
  func isText() {
    for seed in 0..<20 as Range<UInt64> {
      let bytes = Array(PackImage(pack(seed: seed, rules: 5)).bytes)
      #expect(String(validating: bytes, as: UTF8.self) != nil)
      #expect(bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 || $0 == 0x0A })
    }
  }

  @Test("do not repeat the long pieces patterns share")
  func sharing() {
    let rule = { (index: Int) in ownRule(["id": "\"acme-t\(index)\"", "context": "[\"acme\"]", "boundary": "\"both\""])
    }
    let one = try? load(rule(0), origin: .own).pack
    let two = try? load(rule(0) + rule(1), origin: .own).pack
    guard let one, let two else { return #expect(Bool(false)) }
    #expect(PackImage(two).bytes.count - PackImage(one).bytes.count < 500)
  }

  @Test("are refused when any byte of them changed, or they were cut off")
  func damage() {
    let bytes = Array(PackImage(pack(seed: 4, rules: 3)).bytes)
    #expect(failure(bytes) == nil)
    for index in bytes.indices {
      var damaged = bytes
      damaged[index] ^= 0x11
      #expect(failure(damaged) != nil, "byte \(index)")
      #expect(failure(Array(bytes[..<index])) != nil, "cut at \(index)")
    }
    #expect(failure(bytes + [0x0A]) != nil)
    #expect(failure([]) != nil)
  }

  @Test("never crash the reader, even with a checksum that is right")
  func malice() {
    var generator = SeededGenerator(seed: 9)
    let bytes = Array(PackImage(pack(seed: 5, rules: 4)).bytes)
    let odd = Array("\t\n`-.0123456789:af".utf8) + [0xFF]
    for _ in 0..<4000 {
      var damaged = bytes
      for _ in 0...generator.next(below: 3) {
        let index = PackImage.headerLength + generator.next(below: damaged.count - PackImage.headerLength)
        switch generator.next(below: 3) {
        case 0: damaged[index] = generator.pick(odd)
        case 1: damaged.remove(at: index)
        default: damaged.insert(generator.pick(odd), at: index)
        }
      }
      damaged.replaceSubrange(
        PackImage.kind.utf8.count..<(PackImage.headerLength - 1), with: PackImage.checksum(of: ImageBytes(damaged)))
      _ = failure(damaged)
    }
  }

  @Test("hold the default pack, whole")
  func defaultPack() throws {
    let pack = try RulePack.default
    #expect(pack.rules.count >= 120)
    let embedded = try PackImage(DefaultPackImage.text).pack()
    #expect(embedded.digest == RulePack.digest(of: embedded.rules, allowlists: embedded.allowlists))
    #expect(pack.digest == RulePack.digest(joining: embedded.digest, KeyRules.pack.digest))
    #expect(Set(pack.rules.map(\.id)).count == pack.rules.count)
    for (index, rule) in pack.rules.enumerated() {
      let details = pack.details(at: index)
      #expect(!details.summary.isEmpty && !details.examples.isEmpty && !details.counterexamples.isEmpty, "\(rule.id)")
      for template in details.examples + details.counterexamples { _ = try Template(parsing: template) }
    }
  }
}
