package import Findings
import Reports

/// What is asked to run, as far as admission looks at it.
package struct PreflightRequest: Sendable {
  /// A file of the task.
  package struct TaskFile: Sendable {
    package var name: ArtifactName
    package var bytes: [UInt8]

    package init(name: ArtifactName, bytes: [UInt8]) {
      self.name = name
      self.bytes = bytes
    }
  }

  /// The environment of the harness.
  package var environment: EnvironmentList
  /// The backend's command line; empty where it is not known.
  package var command: [[UInt8]] = []
  package var tasks: [TaskFile] = []
  /// Names of variables handed over beyond the allowed ones: credentials the backend needs.
  package var passedNames: [String] = []
  /// Folders the run may not touch.
  package var paths: PathRule
  package var moment: Timestamp

  package init(environment: EnvironmentList, paths: PathRule, moment: Timestamp) {
    self.environment = environment
    self.paths = paths
    self.moment = moment
  }
}

/// Why a run is blocked, with what is particular to it.
package struct Block: Sendable, Equatable {
  package var reason: BlockReason
  /// A clause without any secret, `nil` where the reason says it all.
  package var detail: String?

  /// The reason and, behind a colon, the detail.
  package var text: String { reason.rawValue + (detail.map { ": \($0)" } ?? "") }
}

/// What preflight came to.
package struct PreflightOutcome: Sendable {
  package var admission: AdmissionStatus = .admitted
  /// All reasons, in the order of the table of docs/harness.md.
  package var blocks: [Block] = []
  /// The requested pair as it was given, secrets redacted.
  package var provider: String?
  package var model: String?
  /// The record, where it is valid.
  package var record: AdmissionRecord?
  /// The record's bytes, where it is valid.
  package var recordBytes: [UInt8]?
  /// `sha256:…` of the record's file, where it could be read.
  package var digest: String?

  /// Whether the run may start.
  package var isReady: Bool { blocks.isEmpty }

  /// The markers of all reasons, in their order, each once.
  package var markers: [Marker] {
    blocks.reduce(into: []) { markers, block in
      if !markers.contains(block.reason.marker) { markers.append(block.reason.marker) }
    }
  }
}

/// The gate before a run: exactly the admitted pair, or nothing is started.
package struct Preflight {
  private let request: PreflightRequest
  private let run: RunDirectory
  private let governed: SecretSearch
  private let artifact: SecretSearch
  private var outcome = PreflightOutcome()
  /// An isolated Pi configuration that was not written, as a secret is in it.
  private var withheld: [UInt8] = []

  package init(_ request: PreflightRequest, in run: RunDirectory, _ searches: HarnessSearches) {
    self.request = request
    self.run = run
    governed = searches.governed
    artifact = searches.artifact
  }

  /// Checks everything, writes the isolated configuration where the pair is admitted, and the markers.
  ///
  /// - Throws: where the run directory cannot be written or read.
  package consuming func check() throws(HarnessError) -> PreflightOutcome {
    checkAdmission()
    if outcome.admission == .admitted, let record = outcome.record { try checkProvider(record) }
    try checkInput()
    // What an earlier look found and is put right would speak against the run.
    for marker in Marker.allCases where marker.isOfPreflight && !outcome.markers.contains(marker) {
      SystemPath(run.path(of: marker.rawValue)).remove()
    }
    for marker in outcome.markers {
      let lines = outcome.blocks.filter { $0.reason.marker == marker }.map { $0.text + "\n" }
      try run.write(Array(lines.joined().utf8), to: marker.rawValue)
    }
    return outcome
  }

  private mutating func block(_ reason: BlockReason, _ detail: String? = nil) {
    if let status = reason.admission, outcome.admission == .admitted { outcome.admission = status }
    outcome.blocks.append(Block(reason: reason, detail: detail))
  }

  // MARK: The record

  private mutating func checkAdmission() {
    let environment = request.environment
    let provider = environment[.provider]
    let model = environment[.model]
    outcome.provider = provider.map { artifact.masked($0) }
    outcome.model = model.map { artifact.masked($0) }
    let record = readRecord()
    if let record {
      outcome.record = record
      if !record.isAdmitted { block(.recordNotAdmitted) }
      if record.reviewTrigger.isPast(at: request.moment) { block(.recordExpired) }
    }
    guard let provider, let model else { return block(.noRequestedPair) }
    if let record, ModelPair(provider: provider, model: model) != record.pair { block(.pairMismatch) }
  }

  private mutating func readRecord() -> AdmissionRecord? {
    guard let path = request.environment[HarnessVariable.admissionFile.rawValue] else {
      block(.admissionNotNamed)
      return nil
    }
    let file = SystemPath(path)
    guard file.kind(followingLinks: true) != nil else {
      block(.admissionMissing)
      return nil
    }
    let bytes: [UInt8]
    do throws(HarnessError) {
      // The caller may name it through links; what is opened in the end has to be a file.
      guard let resolved = file.resolved(), resolved.kind(followingLinks: false) == .file else {
        throw HarnessError(.invalid, "it is not a file")
      }
      bytes = try resolved.contents(limit: AdmissionRecord.greatestSize)
    } catch {
      block(.admissionInvalid, error.message)
      return nil
    }
    let check = RecordCheck(bytes, named: ArtifactName(bytes: path), secrets: governed) {
      AdmissionRecord.read($0, at: request.moment)
    }
    outcome.digest = check.digest
    guard let record = check.record else {
      for problem in check.problems { block(.admissionInvalid, problem.text) }
      return nil
    }
    outcome.recordBytes = bytes
    return record
  }

  // MARK: The provider

  private mutating func checkProvider(_ record: AdmissionRecord) throws(HarnessError) {
    let environment = request.environment
    if record.needsBridge, environment[.authBridge].map({ $0.isExactly("1") }) != true {
      block(.authUnavailable)
    }
    var baseURL: String?
    if record.isLocal {
      let variable = HarnessVariable.localBaseURL
      if let url = environment[variable] {
        if let problem = LocalAddress.problem(in: url) {
          block(.localConfigMissing, "\(variable.rawValue) \(problem)")
        } else {
          baseURL = url
        }
      } else {
        block(.localConfigMissing, "\(variable.rawValue) is not set")
      }
    }
    try checkConfig(record.pair, baseURL: baseURL)
    if let problem = CaseConfig.problem(inArguments: request.command, for: record.pair) {
      block(.argumentMismatch, problem)
    }
    for name in request.passedNames {
      guard let value = request.environment[name] else { continue }
      if let problem = CaseConfig.problem(inVariable: name, value, for: record.pair) {
        block(.argumentMismatch, "--pass-env \(artifact.masked(name)): \(problem)")
      }
    }
  }

  /// Writes the isolated configuration where there is none, and checks the one that is there.
  private mutating func checkConfig(_ pair: ModelPair, baseURL: String?) throws(HarnessError) {
    if let folder = request.environment["CASE_DATA_DIR"],
      SystemPath(folder).resolved()?.bytes != run.path(of: CaseConfig.folder)
    {
      block(.configMismatch, "CASE_DATA_DIR is not \(CaseConfig.folder) of the run directory")
    }
    if let problem = try isolationProblem() { return block(.configMismatch, problem) }
    if !run.has(CaseConfig.name) { try run.write(CaseConfig.text(for: pair), to: CaseConfig.name) }
    if let baseURL, !run.has(CaseConfig.piName) {
      let text = CaseConfig.piText(for: pair, baseURL: baseURL)
      // A blocked run leaves no secret of its input either.
      if isLeaking(text) { withheld = text } else { try run.write(text, to: CaseConfig.piName) }
    }
    if let bytes = read(CaseConfig.name), let problem = CaseConfig.problem(in: bytes, for: pair) {
      block(.configMismatch, problem)
    }
    if let problem = CaseConfig.piProblem(in: read(CaseConfig.piName), for: pair, baseURL: baseURL) {
      block(.configMismatch, "\(CaseConfig.piName): \(problem)")
    }
  }

  /// What in the folders of the configuration may lead out of them, or configure what nobody looks at.
  private func isolationProblem() throws(HarnessError) -> String? {
    for folder in [CaseConfig.folder, CaseConfig.piFolder] where run.has(folder) {
      if SystemPath(run.path(of: folder)).kind(followingLinks: false) != .folder { return "\(folder) is no folder" }
    }
    guard run.has(CaseConfig.piFolder) else { return nil }
    let names = try FolderListing.names(in: run.path(of: CaseConfig.piFolder))
    let known = CaseConfig.piName.split(separator: "/").last.map { Array($0.utf8) }
    return names.contains { $0 != known } ? "\(CaseConfig.piFolder) holds more than the isolated configuration" : nil
  }

  /// The bytes of a configuration; blocks the run where it is there and cannot be read.
  private mutating func read(_ name: String) -> [UInt8]? {
    do throws(HarnessError) {
      return try run.read(name)
    } catch {
      block(.configMismatch, error.message)
      return nil
    }
  }

  // MARK: The input

  /// Whether a secret, or the value of a variable that is handed over by name, stands in the bytes.
  private func isLeaking(_ bytes: [UInt8]) -> Bool {
    let passed = request.passedNames.compactMap { request.environment[$0] }.filter { $0.count >= 4 }
    return artifact.holdsSecret(bytes) || passed.contains { bytes.firstRange(of: $0) != nil }
  }

  /// Looks for secrets and foreign paths in all that the run is given.
  private mutating func checkInput() throws(HarnessError) {
    var parts: [(name: String, bytes: [UInt8])] = []
    // Where things are on this machine; only a target must not be among them.
    var places: [(name: String, bytes: [UInt8])] = []
    // As words of one line, where options and their values stand side by side, and each by itself.
    for separator in [" ", "\n"] {
      parts.append(("the command line", Array(request.command.joined(separator: separator.utf8))))
    }
    for task in request.tasks {
      let name = "the task file \(artifact.masked(task.name.text))"
      places.append((name, task.name.bytes))
      parts.append((name, task.bytes))
    }
    for name in [CaseConfig.name, CaseConfig.piName] {
      if let bytes = try? run.read(name) { parts.append((name, bytes)) }
    }
    parts.append((CaseConfig.piName, withheld))
    for entry in request.environment.allowed().entries where !request.passedNames.contains(entry.name) {
      places.append(("the variable \(artifact.masked(entry.name))", Array("\(entry.name)=".utf8) + entry.value))
    }
    let paths = request.paths.adding(root: run.path)
    var seen: Set<String> = []
    for (index, (name, bytes)) in (parts + places).enumerated() where !bytes.isEmpty {
      if isLeaking(bytes), seen.insert("secret \(name)").inserted { block(.secretInInput, name) }
      let isForeign = index < parts.count ? !paths.mentions(in: bytes).isEmpty : paths.mentionsTarget(in: bytes)
      if isForeign, seen.insert("path \(name)").inserted {
        block(.foreignPathInInput, name)
      }
    }
  }
}
