/// Takes the known members out of the one object a record is, and notes everything that is not as it should be.
struct MemberReader {
  private let bytes: [UInt8]
  private let members: [JSONMember]
  private var taken: Set<String> = []
  private(set) var problems: [RecordProblem] = []

  /// `nil`, with the problem, where the bytes are not one JSON object.
  static func make(_ bytes: [UInt8], limit: Int) -> Result<MemberReader, RecordProblem> {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      let reason = "it is not JSON: it begins with a byte order mark; save it as UTF-8 without one"
      return .failure(RecordProblem(reason: reason, place: TextPlace(of: 0, in: bytes)))
    }
    do throws(JSONError) {
      let node = try JSONReader.read(bytes, limit: limit)
      guard let members = node.object else {
        let reason = "it is \(node.value.kind); a record is one object"
        return .failure(RecordProblem(reason: reason, place: TextPlace(of: node.offset, in: bytes)))
      }
      return .success(MemberReader(bytes: bytes, members: members))
    } catch {
      var place = TextPlace(of: 0, in: [])
      (place.line, place.column) = (error.line, error.column)
      return .failure(RecordProblem(reason: "it is not JSON: \(error.reason)", place: place))
    }
  }

  private init(bytes: [UInt8], members: [JSONMember]) {
    self.bytes = bytes
    self.members = members
  }

  /// Notes a problem with a member, or with the whole where there is no such member.
  mutating func complain(about name: String?, _ reason: String) {
    let member = members.first { member in name.map { member.name.isExactly($0) } ?? false }
    let place = TextPlace(of: member?.node.offset ?? 0, in: bytes)
    problems.append(RecordProblem(field: name, reason: reason, place: place))
  }

  /// The member as it is; marks it as known.
  mutating func node(_ name: String) -> JSONNode? {
    taken.insert(name)
    return members.first { $0.name.isExactly(name) }?.node
  }

  /// A text that has to be there; empty, with a problem, where it is not.
  mutating func text(_ name: String, mayBeEmpty: Bool = false) -> String {
    guard let node = node(name) else {
      complain(about: name, "is missing")
      return ""
    }
    guard let text = node.string else {
      complain(about: name, "is \(node.value.kind), not a string")
      return ""
    }
    let isBlank = Self.isBlank(text)
    if isBlank, !(mayBeEmpty && text.isEmpty) { complain(about: name, "is empty") }
    return isBlank ? "" : text
  }

  /// Whether nothing of a text can be seen: blanks, control characters and such as have no width.
  static func isBlank(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy {
      $0.properties.isWhitespace || [.control, .format].contains($0.properties.generalCategory)
    }
  }

  /// A text that has to be one of some words.
  mutating func word<Word: RawRepresentable & CaseIterable>(_ name: String) -> Word? where Word.RawValue == String {
    let before = problems.count
    let text = text(name)
    if problems.count > before { return nil }
    if let word = Word.allCases.first(where: { $0.rawValue.isExactly(text) }) { return word }
    complain(about: name, "is none of \(Word.allCases.map(\.rawValue).joined(separator: ", "))")
    return nil
  }

  /// Names every member that nobody has taken.
  mutating func refuseTheRest() {
    for member in members where !taken.contains(member.name) {
      let place = TextPlace(of: member.nameOffset, in: bytes)
      problems.append(RecordProblem(field: member.name, reason: "is no member of this record", place: place))
    }
  }
}
extension RecordProblem: Error {}
