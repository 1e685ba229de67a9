/// What the files of a run say, as far as the rules of evidence look at it.
struct RunFacts {
  let run: RunDirectory
  /// The report, `nil` where there is none that is an object.
  let report: JSONNode?
  let admissionBytes: [UInt8]?
  let config: [UInt8]?
  /// The isolated Pi configuration of a local provider, `nil` where there is none.
  let piConfig: [UInt8]?
  let environment: JSONNode?
  let command: [[UInt8]]
  /// The end of the backend's output: enough for the answer of an agent.
  let stdout: [UInt8]?
  let baseline: JSONNode?
  let baselineBytes: [UInt8]?
  /// The end of the baseline's output.
  let baselineOutput: [UInt8]?
  /// The report for people.
  let page: [UInt8]?
  /// Markers that are there.
  let markers: Set<Marker>
  /// Names of files below `backend` that look like markers and are none.
  let unknownMarkers: [String]

  /// - Parameter report: the report where it is not written yet.
  init(_ run: RunDirectory, report written: [UInt8]? = nil) throws(HarnessError) {
    self.run = run
    let bytes: [UInt8]? = if let written { written } else { try Self.bytes("report.json", run) }
    report = Self.json(bytes).flatMap { $0.object == nil ? nil : $0 }
    admissionBytes = try Self.bytes("admission.json", run)
    config = try Self.bytes(CaseConfig.name, run)
    piConfig = try Self.bytes(CaseConfig.piName, run)
    environment = Self.json(try Self.bytes("environment.json", run))
    let lines = Self.json(try Self.bytes("argv.json", run))?.array ?? []
    command = lines.flatMap { ($0.array ?? []).compactMap(\.string).map { Array($0.utf8) } }
    stdout = run.tail(of: LogNames.output[0], count: BackendOutput.tailLimit)
    baselineBytes = try Self.bytes("baseline/report.json", run)
    baselineOutput = run.tail(of: "\(FakeBackend.folder)/\(LogNames.output[0])", count: BackendOutput.tailLimit)
    page = try Self.bytes("report.md", run)
    baseline = Self.json(baselineBytes)
    markers = Set(Marker.allCases.filter { run.has($0.rawValue) })
    let known = Marker.allCases.map(\.rawValue)
    unknownMarkers =
      run.has("backend")
      ? try FolderListing.entries(of: run.path(of: "backend"))
        .map { "backend/" + String(decoding: $0.name, as: UTF8.self) }
        .filter { $0.lowercased().hasSuffix(".txt") && !known.contains($0) } : []
  }

  /// The bytes of a small artifact; what is too large, or no file, counts as not there: the survey says so.
  private static func bytes(_ name: String, _ run: RunDirectory) throws(HarnessError) -> [UInt8]? {
    do throws(HarnessError) {
      return try run.read(name, limit: 256 << 20)
    } catch {
      return nil
    }
  }

  private static func json(_ bytes: [UInt8]?) -> JSONNode? {
    guard let bytes else { return nil }
    return try? JSONReader.read(bytes, limit: 64 << 20)
  }

  /// A text of the report.
  func text(_ name: String) -> String? { report?[name]?.string }

  /// What a variable of the harness was, as the run recorded it.
  func value(of variable: HarnessVariable) -> String? {
    (environment?["values"] ?? environment)?[variable.rawValue]?.string
  }

  /// The pair the report names.
  var pair: ModelPair? {
    guard let provider = text("case_model_provider"), let model = text("case_model") else { return nil }
    return ModelPair(provider: provider, model: model)
  }

  var status: RunReport.Status? { text("status").flatMap(RunReport.Status.init) }
  var admission: AdmissionStatus? { text("case_model_admission_status").flatMap(AdmissionStatus.init) }
  var started: Timestamp? { text("started_at").flatMap { Timestamp($0) } }
  var ended: Timestamp? { text("ended_at").flatMap { Timestamp($0) } }
  var hasStarted: Bool? { report?["case_process_started"]?.bool }

  /// Whether the report is LeakGate's own, so that it is known what its digests are of.
  var isOwn: Bool { text("schema") == RunReport.schema }

  /// The classes of all failures the report names.
  var failureClasses: Set<FailureClass> {
    let listed = report?["failures"]?.array?.compactMap { $0["class"]?.string } ?? []
    return Set((listed + [text("failure_class")].compactMap(\.self)).compactMap(FailureClass.init))
  }
}
