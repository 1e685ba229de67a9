/// Holds what the files of a run say against each other.
struct EvidenceRules {
  let facts: RunFacts
  let searches: HarnessSearches
  let survey: ArtifactSurvey
  /// Whether the trace tells of the end already.
  let hasEnded: Bool
  private(set) var evidence: [Evidence] = []
  /// What could not be checked: an artifact's name and a clause.
  private(set) var gaps: [(name: String, reason: String)] = []
  /// What the reader should know that is no contradiction.
  private(set) var notes: [String] = []

  init(_ facts: RunFacts, _ searches: HarnessSearches, _ survey: ArtifactSurvey, hasEnded: Bool = true) {
    self.facts = facts
    self.searches = searches
    self.survey = survey
    self.hasEnded = hasEnded
  }

  var logs: LogFacts { survey.logs }

  /// Applies every rule; `moment` is that of the audit.
  mutating func check(at moment: Timestamp) {
    // Without a report there is nothing to hold against anything; the survey says what is missing.
    guard facts.report != nil else {
      if facts.run.has(RunReport.name) { complain(.report, "it is not one JSON object") }
      return
    }
    if !facts.isOwn {
      note("the report is of another make: it is held against what docs/harness.md has of LeakGate's own")
    }
    checkForm()
    checkOwnForm()
    checkTimes(at: moment)
    checkAdmission(at: moment)
    checkPair()
    checkStart()
    checkMarkers()
    checkTrace()
    checkDigests()
    switch facts.status {
    case .pass: checkPass()
    case .fail: checkFail()
    case .blocked: checkBlocked()
    case nil: break
    }
  }

  mutating func complain(_ kind: Evidence.Kind, _ detail: String, in artifact: String = "report.json") {
    let found = Evidence(kind: kind, artifact: artifact, detail: detail)
    if !evidence.contains(found) { evidence.append(found) }
  }

  /// Complains of what a report of LeakGate's own does not do. Under another schema it may mean something else: there it counts
  /// as not checked, which is no pass either.
  mutating func complainIfOwn(_ kind: Evidence.Kind, _ detail: String, in artifact: String = "report.json") {
    if facts.isOwn { return complain(kind, detail, in: artifact) }
    gaps.append((artifact, "not checked, as the report has another schema: \(detail)"))
  }

  mutating func note(_ text: String) { notes.append(text) }

  // MARK: The form of the report

  private mutating func checkForm() {
    for name in ["schema", "run_id", "status", "backend", "started_at", "ended_at"]
    where facts.text(name)?.isEmpty ?? true {
      complain(.report, "\(name) is missing or no text")
    }
    for name in [
      "failure_class", "failure_reason", "case_model_provider", "case_model", "case_model_admission_status",
      "admission_digest",
    ] {
      guard let node = facts.report?[name] else {
        complain(.report, "\(name) is missing")
        continue
      }
      if !node.isNull && node.string == nil { complain(.report, "\(name) is neither a text nor null") }
    }
    if facts.hasStarted == nil { complain(.report, "case_process_started is missing or neither true nor false") }
    if facts.report?["markers"]?.array == nil { complain(.report, "markers is missing or no list") }
    for name in ["baseline", "secret_scan"] where facts.report?[name] == nil { complain(.report, "\(name) is missing") }
    if let backend = facts.text("backend"), ![HarnessRun.backend, FakeBackend.name].contains(backend) {
      complain(.vocabulary, "backend is neither \(HarnessRun.backend) nor \(FakeBackend.name)")
    }
    if facts.run.has("argv.json"), facts.command.isEmpty {
      complain(.report, "it holds no command line", in: "argv.json")
    }
    if let status = facts.text("status"), RunReport.Status(rawValue: status) == nil {
      complain(.vocabulary, "status is none of pass, fail, blocked")
    }
    if facts.text("case_model_admission_status") == nil || facts.admission == nil {
      complain(.vocabulary, "case_model_admission_status is none of \(Self.words(AdmissionStatus.self))")
    }
    let classes = (facts.report?["failures"]?.array ?? []).compactMap { $0["class"]?.string }
    for word in classes + [facts.text("failure_class")].compactMap(\.self) where FailureClass(rawValue: word) == nil {
      complain(.vocabulary, "failure_class is none of \(Self.words(FailureClass.self))")
    }
  }

  private static func words<Word: RawRepresentable & CaseIterable>(_: Word.Type) -> String
  where Word.RawValue == String {
    Word.allCases.map(\.rawValue).joined(separator: ", ")
  }

  private mutating func checkTimes(at moment: Timestamp) {
    for name in ["started_at", "ended_at"] {
      if let text = facts.text(name), Timestamp(text) == nil { complain(.report, "\(name) is no moment of RFC 3339") }
    }
    if let started = facts.started, let ended = facts.ended, ended < started {
      complain(.report, "the run ended before it started")
    }
    if let ended = facts.ended, ended > moment { complain(.report, "the run ended in the future") }
  }

  // MARK: Admission and pair

  private mutating func checkAdmission(at moment: Timestamp) {
    guard facts.admission == .admitted else {
      if facts.hasStarted == true { complain(.process, "the backend was started though its pair was not admitted") }
      if facts.status != .blocked { complain(.status, "the pair was not admitted, yet the run is not blocked") }
      if !facts.markers.contains(.notAdmitted) { complain(.markers, "\(Marker.notAdmitted.rawValue) is missing") }
      if logs.outputBytes > 0 { complain(.output, "the backend left output though its pair was not admitted") }
      return
    }
    let name = "admission.json"
    guard let bytes = facts.admissionBytes else {
      return complain(.missing, "the record that admitted the pair is not there", in: name)
    }
    if facts.text("admission_digest") != Digest.text(bytes) {
      complain(.admission, "admission_digest is not that of the record")
    }
    guard let started = facts.started else { return }
    guard let record = AdmissionRecord.read(bytes, at: started).record else {
      return complain(.admission, "the record was not valid when the run started", in: name)
    }
    if !record.admits(at: started) { complain(.admission, "the record did not admit when the run started", in: name) }
    if record.reviewTrigger.isPast(at: moment) { note("the admission record has expired since the run") }
    if facts.pair != record.pair { complain(.pair, "the pair of the report is not the record's") }
    if facts.hasStarted == true { checkProvider(of: record) }
  }

  /// Whether the provider could be reached as preflight asks for it.
  private mutating func checkProvider(of record: AdmissionRecord) {
    let name = "environment.json"
    if record.needsBridge, facts.value(of: .authBridge) != "1" {
      complain(.process, "the backend was started without the auth bridge", in: name)
    }
    if record.isLocal {
      let url = facts.value(of: .localBaseURL)
      if let problem = url.map(LocalAddress.problem) ?? "is missing" {
        complain(.process, "\(HarnessVariable.localBaseURL.rawValue) \(problem)", in: name)
      }
      if facts.piConfig == nil {
        complainIfOwn(.missing, "the isolated configuration of the local provider is not there", in: CaseConfig.piName)
      }
    }
    if !(facts.environment?["names"]?.array?.contains { $0.string == "CASE_DATA_DIR" } ?? false) {
      complainIfOwn(.process, "the backend was not told where its configuration is", in: name)
    }
  }

  private mutating func checkPair() {
    guard let pair = facts.pair else {
      if facts.admission == .admitted { complain(.pair, "the report names no exact pair") }
      return
    }
    if facts.hasStarted == true || facts.status == .pass {
      if let config = facts.config {
        if let problem = CaseConfig.problem(in: config, for: pair) { complain(.pair, problem, in: CaseConfig.name) }
      } else {
        complain(.missing, "the isolated configuration is not there", in: CaseConfig.name)
      }
      if let problem = CaseConfig.piProblem(in: facts.piConfig, for: pair, baseURL: facts.value(of: .localBaseURL)) {
        complain(.pair, problem, in: CaseConfig.piName)
      }
      if let problem = CaseConfig.problem(inArguments: facts.command, for: pair) {
        complain(.pair, problem, in: "argv.json")
      }
    }
    for (variable, expected) in [(HarnessVariable.provider, pair.provider), (.model, pair.model)] {
      guard let value = facts.value(of: variable) else {
        complain(.pair, "\(variable.rawValue) is missing", in: "environment.json")
        continue
      }
      if !value.isExactly(expected) {
        complain(.pair, "\(variable.rawValue) is not the report's", in: "environment.json")
      }
    }
    checkObserved(pair)
  }

  private mutating func checkObserved(_ pair: ModelPair) {
    let provider = facts.text("case_model_observed_provider")
    let model = facts.text("case_model_observed_model")
    if (provider == nil) != (model == nil) { complain(.pair, "half of the observed pair is missing") }
    let other = logs.observed.first(otherThan: pair)
    if other != nil { complain(.pair, "the backend's logs tell of another pair than the report's", in: "backend") }
    if provider != nil, logs.observed.pairs.isEmpty {
      complainIfOwn(.pair, "the report tells which pair was used, no log does")
    }
    guard let provider, let model else {
      if !logs.observed.pairs.isEmpty { complain(.pair, "the logs tell which pair was used, the report does not") }
      return
    }
    if other == nil, !provider.isExactly(pair.provider) || !model.isExactly(pair.model) {
      complain(.pair, "the observed pair is not the pair of the report")
    }
  }

  // MARK: Start and markers

  private mutating func checkStart() {
    guard facts.hasStarted == false else {
      // A run whose backend printed nothing there leaves it empty.
      let name = LogNames.output[1]
      if facts.hasStarted == true, !facts.run.has(name) {
        complainIfOwn(.missing, "the backend's errors are not there", in: name)
      }
      return
    }
    if logs.outputBytes > 0 { complain(.output, "the backend left output though it was not started") }
    if facts.text("case_model_observed_provider") != nil {
      complain(.process, "a pair was observed though nothing was started")
    }
    if let diff = facts.report?["diff"], !diff.isNull { complain(.diff, "there is a diff though nothing was started") }
    if logs.trace.events["process_started"] != nil {
      complain(.process, "the trace tells of a start, the report does not", in: Trace.name)
    }
  }

  private mutating func checkMarkers() {
    let listed = Set(facts.report?["markers"]?.array?.compactMap(\.string) ?? [])
    for name in listed where Marker(rawValue: name) == nil {
      complain(.vocabulary, "a marker is none of those there are")
    }
    let known = Set(listed.compactMap(Marker.init))
    for marker in known.subtracting(facts.markers).sorted(by: Self.ascending) {
      complain(.markers, "\(marker.rawValue) is reported and not there")
    }
    for marker in facts.markers.subtracting(known).sorted(by: Self.ascending) {
      complain(.markers, "\(marker.rawValue) is there and not reported")
    }
    for name in facts.unknownMarkers { complain(.markers, "it is no marker there is", in: name) }
    if facts.markers.contains(.agentProtocol) != facts.failureClasses.contains(.agentProtocol) {
      complain(.markers, "\(Marker.agentProtocol.rawValue) and \(FailureClass.agentProtocol.rawValue) belong together")
    }
    if facts.text("failure_class") == FailureClass.agentProtocol.rawValue,
      facts.text("failure_reason") != FailureClass.agentProtocol.reason
    {
      complain(.markers, "the failure reason is not that of \(FailureClass.agentProtocol.rawValue)")
    }
    if let reason = facts.text("failure_reason").flatMap(BlockReason.init), !facts.markers.contains(reason.marker) {
      complain(.markers, "the reason asks for \(reason.marker.rawValue)")
    }
  }

  private static func ascending(_ left: Marker, _ right: Marker) -> Bool { left.rawValue < right.rawValue }
}
