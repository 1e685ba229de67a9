/// A record of what was decided about the provider of real runs. It approves nothing by itself: only an admission does.
package struct DecisionRecord: Sendable, Equatable {
  /// What was decided.
  package enum Status: String, Sendable, CaseIterable {
    case notDecided = "not_decided"
    case externalProviderApproved = "external_provider_approved"
    case localProviderRequired = "local_provider_required"
  }

  /// The kind of provider it is about.
  package enum ProviderClass: String, Sendable, CaseIterable {
    case externalAnthropic = "external_anthropic"
    case externalOpenAICodex = "external_openai_codex"
    case localCaseCompatible = "local_case_compatible"

    /// The one provider of an external class.
    var provider: String? {
      switch self {
      case .externalAnthropic: "anthropic"
      case .externalOpenAICodex: "openai-codex"
      case .localCaseCompatible: nil
      }
    }
  }

  package var status: Status
  package var providerClass: ProviderClass
  /// The pair, `nil` while there is none.
  package var pair: ModelPair?
  package var approvalSource: String
  package var credentialSourceClass: String
  package var allowedNetworkClass: String
  package var reviewTrigger: ReviewTrigger

  /// The sentence that every decision has for its effect.
  package static let effect =
    "CTO-WORK-020 remains blocked until admitted provider/model and real Stage 2 pass report exist"
  /// Characters a reference to evidence may have: more is copied evidence.
  static let greatestReference = 512

  /// What there is in the bytes of a record's file.
  package static func read(_ bytes: [UInt8]) -> RecordReading<DecisionRecord> {
    switch MemberReader.make(bytes, limit: AdmissionRecord.greatestSize) {
    case .failure(let problem): return .invalid([problem])
    case .success(var reader): return read(&reader)
    }
  }

  private static func read(_ reader: inout MemberReader) -> RecordReading<DecisionRecord> {
    let status: Status? = reader.word("decision_status")
    let providerClass: ProviderClass? = reader.word("provider_class")
    let provider = reader.exactID("provider", mayBeEmpty: true)
    let model = reader.exactID("model", mayBeEmpty: true)
    let approval = reader.text("approval_source", mayBeEmpty: status == .notDecided)
    let credential = reader.text("credential_source_class")
    let network = reader.text("allowed_network_class")
    let trigger = reader.reviewTrigger()
    reader.checkSources()
    let effect = reader.text("effect")
    if !effect.isEmpty, !effect.isExactly(Self.effect) {
      reader.complain(about: "effect", "is not the sentence '\(Self.effect)'")
    }
    reader.checkSchemaVersion()
    reader.refuseTheRest()
    if let status, let providerClass { reader.checkPair(provider, model, status, providerClass) }
    guard reader.problems.isEmpty, let status, let providerClass else { return .invalid(reader.problems) }
    return .valid(
      DecisionRecord(
        status: status, providerClass: providerClass, pair: ModelPair(provider: provider, model: model),
        approvalSource: approval, credentialSourceClass: credential, allowedNetworkClass: network,
        reviewTrigger: trigger))
  }
}

extension DecisionRecord {
  /// Where this decision and an admission say different things, one clause each.
  ///
  /// Two records for one pair must agree in everything both tell; a record for another pair only contradicts a decision
  /// that names a pair.
  package func contradictions(to admission: AdmissionRecord) -> [String] {
    guard admission.isAdmitted else { return [] }
    if status == .notDecided { return ["nothing is decided, yet \(admission.pair.text) is admitted"] }
    var clauses: [String] = []
    if let pair, pair != admission.pair {
      clauses.append("the decision is for \(pair.text), the admission for \(admission.pair.text)")
    }
    if let provider = providerClass.provider, provider != admission.pair.provider {
      clauses.append(
        "the decision is for \(providerClass.rawValue), the admitted provider is \(admission.pair.provider)")
    }
    if (providerClass == .localCaseCompatible) != admission.isLocal {
      clauses.append("the decision is for \(providerClass.rawValue), the admitted network class says otherwise")
    }
    if !credentialSourceClass.isExactly(admission.credentialSourceClass) {
      clauses.append("credential_source_class differs")
    }
    if !allowedNetworkClass.isExactly(admission.allowedNetworkClass) {
      clauses.append("allowed_network_class differs")
    }
    return clauses
  }
}

extension RecordCheck<DecisionRecord> {
  /// The check with every contradiction to an admission among its problems.
  package func held(against admissions: [AdmissionRecord]) -> RecordCheck {
    guard let decision = reading.record else { return self }
    let place = TextPlace(of: 0, in: [])
    let problems = admissions.flatMap(decision.contradictions).map { RecordProblem(reason: $0, place: place) }
    var check = self
    if !problems.isEmpty { check.reading = .invalid(problems) }
    return check
  }
}

extension MemberReader {
  fileprivate mutating func checkSources() {
    let name = "evidence_sources"
    guard let node = node(name) else { return complain(about: name, "is missing") }
    guard let elements = node.array else {
      return complain(about: name, "is \(node.value.kind), not a list of references")
    }
    for element in elements {
      guard let text = element.string, !Self.isBlank(text) else {
        return complain(about: name, "holds something that is no text")
      }
      if text.contains(where: \.isNewline) || text.count > DecisionRecord.greatestReference {
        return complain(about: name, "holds copied evidence; name where it is")
      }
    }
  }

  /// The rules between status, class and pair.
  fileprivate mutating func checkPair(
    _ provider: String, _ model: String, _ status: DecisionRecord.Status, _ kind: DecisionRecord.ProviderClass
  ) {
    if provider.isEmpty != model.isEmpty {
      complain(about: provider.isEmpty ? "provider" : "model", "is empty while the other half of the pair is not")
    }
    let isFilled = !provider.isEmpty || !model.isEmpty
    switch status {
    case .notDecided:
      if isFilled { complain(about: "provider", "is filled while nothing is decided") }
    case .externalProviderApproved:
      if !isFilled { complain(about: "provider", "is empty though a provider is approved") }
      if kind == .localCaseCompatible {
        complain(about: "provider_class", "is local though an external provider is approved")
      }
    case .localProviderRequired:
      if kind != .localCaseCompatible {
        complain(about: "provider_class", "is external though a local provider is required")
      }
    }
    guard !provider.isEmpty else { return }
    if let own = kind.provider, own != provider {
      complain(about: "provider", "is not \(own), the provider of \(kind.rawValue)")
    }
    let external = DecisionRecord.ProviderClass.allCases.compactMap(\.provider)
    if kind == .localCaseCompatible, external.contains(provider) {
      complain(about: "provider", "is an external one in a decision for a local one")
    }
  }
}
