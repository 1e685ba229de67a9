/// The embedded form of a rule pack: text that is read at start-up without parsing TOML or patterns.
///
///     leakgate-pack 1 0123456789abcdef      kind, version, checksum of everything behind this line
///     title  digest  byte sets  fragments  allowlists  number of rules
///     a line for each rule                  what the engine needs, and how long the rule's details are
///     a line for each rule                  its details, read only when they are asked for
///
/// Fields end with a tab, the last of a line with a line feed. Text is as it is but for control characters, bytes that
/// are not UTF-8, and the long pieces patterns share, which are escaped with a backtick; so the image can stand in a
/// Swift string literal and be read in a diff.
package struct PackImage: Sendable {
  let bytes: ImageBytes
  /// Where the details of each rule are.
  private(set) var details: [Range<Int>] = []

  static let kind = "leakgate-pack 1 "
  /// 16 hex digits and a line feed.
  static let headerLength = kind.utf8.count + 17

  /// An image of those bytes; checked when it is read.
  package init(bytes: [UInt8]) { self.bytes = ImageBytes(bytes) }

  /// The image in a string literal.
  package init(_ text: StaticString) { bytes = ImageBytes(text) }

  /// What people read about the rule at that index.
  ///
  /// - Throws: `RulesError.image` where there is no such rule or the text is damaged.
  /// - Complexity: linear in the length of that rule's details.
  package func details(at index: Int) throws(RulesError) -> RuleDetails {
    guard details.indices.contains(index) else { throw .image("no rule \(index)") }
    var reader = PackImageReader(bytes, in: details[index])
    let result = RuleDetails(
      summary: try reader.string(), remediation: try reader.string(), references: try reader.strings(),
      tags: try reader.strings(), since: try reader.string(), aliases: try reader.strings(),
      examples: try reader.strings(), counterexamples: try reader.strings()
    )
    try reader.expectMark()
    return result
  }

  /// The pack in the image; its details stay there until they are asked for.
  ///
  /// - Throws: `RulesError.image` where anything but a whole image of this version is found.
  /// - Complexity: linear in the size of the image.
  package func pack() throws(RulesError) -> RulePack {
    guard bytes.count >= Self.headerLength, bytes.starts(with: Self.kind.utf8) else {
      throw .image("this is no rule pack of version 1")
    }
    let stated = bytes[Self.kind.utf8.count..<(Self.headerLength - 1)]
    guard bytes[Self.headerLength - 1] == UInt8(ascii: "\n"), Self.checksum(of: bytes).elementsEqual(stated) else {
      throw .image("the checksum is wrong: the image is damaged")
    }
    var reader = PackImageReader(bytes, in: Self.headerLength..<bytes.count)
    let title = try reader.string()
    let digest = try reader.string()
    try reader.readTables()
    let allowlists = try reader.allowlists()
    let count = try reader.count()
    try reader.expectMark()
    var rules: [Rule] = []
    // With room for those of key names: a pack of this size is not moved for a handful.
    rules.reserveCapacity(count + 16)
    var lengths: [Int] = []
    lengths.reserveCapacity(count)
    for _ in 0..<count {
      rules.append(try reader.rule())
      lengths.append(try reader.count())
    }
    var image = self
    image.details = try reader.ranges(of: lengths)
    return RulePack(
      title: title, rules: rules, allowlists: allowlists, digest: digest, detailsSource: .image(image)
    )
  }

  /// 16 hex digits over everything behind the header.
  ///
  /// FNV-1a (Fowler, Noll, Vo) by words of eight bytes, four sums side by side, since each step of one waits for the step before: it
  /// guards against damage, not against intent, and must cost next to nothing at every start.
  static func checksum(of bytes: ImageBytes) -> [UInt8] {
    func add(_ word: UInt64, to sum: inout UInt64) {
      sum = (sum ^ word) &* 0x0000_0100_0000_01B3
      sum ^= sum >> 29
    }
    let basis: UInt64 = 0xCBF2_9CE4_8422_2325
    var sums = (basis, basis, basis, basis)
    let end = bytes.count - (bytes.count - headerLength) % 32
    for place in stride(from: headerLength, to: end, by: 32) {
      add(bytes.word(at: place), to: &sums.0)
      add(bytes.word(at: place + 8), to: &sums.1)
      add(bytes.word(at: place + 16), to: &sums.2)
      add(bytes.word(at: place + 24), to: &sums.3)
    }
    var sum = sums.0
    for byte in bytes[end...] { add(UInt64(byte), to: &sum) }
    for word in [sums.1, sums.2, sums.3, UInt64(bytes.count)] { add(word, to: &sum) }
    return stride(from: 56, through: 0, by: -8).flatMap { UInt8(truncatingIfNeeded: sum >> UInt64($0)).hexDigits }
  }
}
