/// A record that admits one pair of provider and model to real runs of the backend.
///
/// The record is the authority; what the environment asks for is only a request. It holds no secret, only the class of one.
package struct AdmissionRecord: Sendable, Equatable {
  /// `admitted`, or any other word: then the pair is not admitted.
  package var status: String
  package var pair: ModelPair
  package var credentialSourceClass: String
  package var allowedNetworkClass: String
  package var approvalSource: String
  package var admissionTimestamp: Timestamp
  package var reviewTrigger: ReviewTrigger

  /// Bytes a record may have.
  package static let greatestSize = 1 << 20

  package var isAdmitted: Bool { status.isExactly("admitted") }

  /// Whether the record admits its pair at a moment.
  package func admits(at moment: Timestamp) -> Bool {
    isAdmitted && admissionTimestamp <= moment && !reviewTrigger.isPast(at: moment)
  }

  /// Whether the provider runs on the allowed local network.
  package var isLocal: Bool { allowedNetworkClass.lowercased().hasPrefix("local") }

  /// Whether the provider's credentials reach the backend by the auth bridge alone.
  package var needsBridge: Bool { pair.provider == "openai-codex" }

  /// What there is in the bytes of a record's file.
  ///
  /// - Parameters:
  ///   - moment: a record from behind it is refused.
  /// - Returns: the record where nothing is wrong with it, else all that is.
  package static func read(_ bytes: [UInt8], at moment: Timestamp) -> RecordReading<AdmissionRecord> {
    switch MemberReader.make(bytes, limit: greatestSize) {
    case .failure(let problem): return .invalid([problem])
    case .success(var reader): return read(&reader, at: moment)
    }
  }

  private static func read(_ reader: inout MemberReader, at moment: Timestamp) -> RecordReading<AdmissionRecord> {
    let status = reader.text("status")
    let provider = reader.exactID("provider")
    let model = reader.exactID("model")
    let credential = reader.text("credential_source_class")
    let network = reader.text("allowed_network_class")
    let approval = reader.text("approval_source")
    let written = reader.text("admission_timestamp")
    let timestamp = Timestamp(written)
    if !written.isEmpty {
      if let timestamp {
        if timestamp > moment { reader.complain(about: "admission_timestamp", "lies in the future") }
      } else {
        reader.complain(about: "admission_timestamp", "is no date and time as RFC 3339 has it")
      }
    }
    let trigger = reader.reviewTrigger()
    reader.checkExpectations()
    reader.checkSchemaVersion()
    reader.refuseTheRest()
    guard reader.problems.isEmpty, let timestamp, let pair = ModelPair(provider: provider, model: model) else {
      return .invalid(reader.problems)
    }
    return .valid(
      AdmissionRecord(
        status: status, pair: pair, credentialSourceClass: credential, allowedNetworkClass: network,
        approvalSource: approval, admissionTimestamp: timestamp, reviewTrigger: trigger))
  }
}

/// What reading a record comes to.
package enum RecordReading<Record: Sendable & Equatable>: Sendable, Equatable {
  case valid(Record)
  /// At least one problem.
  case invalid([RecordProblem])

  /// The record, `nil` where it is not valid.
  package var record: Record? { if case .valid(let record) = self { record } else { nil } }
  /// What is wrong with it.
  package var problems: [RecordProblem] { if case .invalid(let problems) = self { problems } else { [] } }
}

/// When a record has to be looked at again.
package enum ReviewTrigger: Sendable, Equatable {
  /// From this moment on the record has expired.
  case moment(Timestamp)
  /// A condition only people can tell.
  case condition

  package func isPast(at moment: Timestamp) -> Bool {
    if case .moment(let end) = self { moment >= end } else { false }
  }
}

extension MemberReader {
  /// An exact id of a provider or model.
  mutating func exactID(_ name: String, mayBeEmpty: Bool = false) -> String {
    let id = text(name, mayBeEmpty: mayBeEmpty)
    if !id.isEmpty, let problem = ModelPair.problem(in: id) { complain(about: name, problem) }
    return id
  }

  /// A free text, or a date (whose last second still counts) or moment of RFC 3339.
  ///
  /// What is written like a date but is none is refused: as free text it would never expire.
  mutating func reviewTrigger() -> ReviewTrigger {
    let text = text("review_trigger")
    if let moment = Timestamp(text) ?? Timestamp(endOfDate: text) { return .moment(moment) }
    if !text.isEmpty, Self.beginsLikeDate(text) || !text.contains(where: { $0.isLetter && !"TtZz".contains($0) }) {
      complain(about: "review_trigger", "is neither a date as RFC 3339 has it nor a text")
    }
    return .condition
  }

  /// Whether a text begins with a year, a month and a day.
  private static func beginsLikeDate(_ text: String) -> Bool {
    let parts = text.split(omittingEmptySubsequences: false) { "-/.".contains($0) }.prefix(3)
    return parts.count == 3 && parts[0].count == 4 && parts.prefix(2).allSatisfy { $0.allSatisfy(\.isNumber) }
      && parts[2].first?.isNumber ?? false
  }

  mutating func checkExpectations() {
    let name = "evidence_expectations"
    guard let node = node(name) else { return }
    let texts = node.array ?? [node]
    if texts.isEmpty || texts.contains(where: { $0.string.map(Self.isBlank) ?? true }) {
      complain(about: name, "is neither a text nor a list of texts")
    }
  }

  mutating func checkSchemaVersion() {
    guard let node = node("schema_version") else { return }
    if node.integer == 1 || node.string.map({ $0.isExactly("1") }) ?? false { return }
    complain(about: "schema_version", "is not 1, the only version there is")
  }
}
