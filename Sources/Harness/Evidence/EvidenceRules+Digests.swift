extension EvidenceRules {
  /// Makes the digests of the report again from what they are of.
  mutating func checkDigests() {
    let task = WorkSnapshot(survey, below: "task")
    if !task.files.isEmpty {
      let digest = RunReport.taskDigest(of: Array(task.files.values))
      let isTold = facts.failureClasses.contains(.baselineMismatch)
      if !isTold, facts.report?["task_digest"]?.string != digest {
        complainIfOwn(.report, "task_digest is not that of the files in task")
      }
    } else if facts.status == .pass {
      complainIfOwn(.missing, "the files of the task are not there", in: "task")
    }
    guard let diff = facts.report?["diff"], let files = diff["files"]?.array else { return }
    if files.contains(where: { !Self.isWork($0.string ?? "") }) {
      complainIfOwn(.diff, "it names what is no file of the work")
    }
    let work = WorkSnapshot(survey, below: "work")
    let changes = realNames(of: files.compactMap(\.string), in: work)
    if diff["sha256"]?.string != work.digest(of: changes) {
      complainIfOwn(.diff, "its digest is not that of the files in work")
    }
    // That something was removed cannot be told from what is left.
    if facts.status == .pass, !changes.contains(where: { work.files[$0] != nil }) {
      complainIfOwn(.diff, "none of the files it names is there", in: "work")
    }
  }

  /// Whether a path leads to a file in the folder of the work that counts as work.
  private static func isWork(_ path: String) -> Bool {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    return ![".git", ".case"].contains(parts[0]) && !parts.contains { ["", ".", ".."].contains($0) }
  }

  /// The names of changed files: the report shows them with secrets redacted, its digest is over what they are.
  private func realNames(of shown: [String], in work: WorkSnapshot) -> [String] {
    let others = shown.filter { work.files[$0] == nil }
    if others.isEmpty { return shown }
    let redacted = work.files.keys.filter { others.contains(searches.artifact.masked($0)) }
    let removed = others.filter { name in !redacted.contains { searches.artifact.masked($0) == name } }
    return (shown.filter { work.files[$0] != nil } + redacted + removed)
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Members every report of LeakGate's own has, whatever became of the run.
  mutating func checkOwnForm() {
    guard let report = facts.report else { return }
    for name in ["task_digest", "agent_result", "exit_status", "diff"] where report[name] == nil {
      complainIfOwn(.report, "\(name) is missing")
    }
    if report["redacted"]?.integer == nil { complainIfOwn(.report, "redacted is missing or no number") }
    for name in ["failures", "reasons"] where report[name]?.array == nil {
      complainIfOwn(.report, "\(name) is missing or no list")
    }
    if hasEnded, let text = facts.text("status"), let page = facts.page, !page.isEmpty,
      !page.contains(RunReport.statusLine(text).utf8)
    {
      complainIfOwn(.report, "it tells another status than report.json", in: "report.md")
    }
    let name = "environment.json"
    guard let environment = facts.environment, environment["values"]?.object != nil else {
      return complainIfOwn(.report, "it holds no object values", in: name)
    }
    for member in ["names", "roots"] {
      guard let list = environment[member]?.array, list.allSatisfy({ $0.string != nil }) else {
        complainIfOwn(.report, "\(member) is missing or no list of texts", in: name)
        continue
      }
    }
  }

  /// What the report says of the baseline beyond its status, held against the baseline's own report.
  mutating func checkComparison(_ own: JSONNode, _ other: JSONNode) {
    if own["backend"]?.string != other["backend"]?.string {
      complainIfOwn(.baseline, "the baseline's backend is not that of its report")
    }
    if own["diff_sha256"]?.string != other["diff"]?["sha256"]?.string || own["diff_sha256"] == nil {
      complainIfOwn(.baseline, "diff_sha256 is not that of the baseline's report")
    }
    let work = WorkSnapshot(survey, below: "\(FakeBackend.folder)/work")
    let files = other["diff"]?["files"]?.array?.compactMap(\.string) ?? []
    if other["diff"]?["sha256"]?.string != work.digest(of: files) {
      complainIfOwn(.baseline, "the digest of its diff is not that of the files in work", in: "baseline/report.json")
    }
    if facts.baselineOutput.map(AgentResult.read) != AgentResult.answered(.completed) {
      complainIfOwn(
        .baseline, "the baseline did not answer that it completed the task", in: "baseline/backend/case-stdout.log")
    }
    if own["report_digest"]?.string == nil { complainIfOwn(.baseline, "report_digest is missing") }
    for name in ["same_task", "both_completed", "both_changed_files"]
    where own["comparison"]?[name]?.bool != true {
      complainIfOwn(.baseline, "the comparison does not say \(name)")
    }
  }
}
