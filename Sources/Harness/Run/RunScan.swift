import Artifacts
import Detection
import Findings
import Reports
import Scanning

/// The scan of everything a run left.
enum RunScan {
  /// Scans a run directory, the names in it included, under the engine's policy.
  ///
  /// - Parameters:
  ///   - entries: what there is, where it was listed already.
  ///   - onlooker: gives each file, by its absolute path, somebody who looks on.
  static func scan(
    _ run: RunDirectory, engine: Engine, jobs: Int = ScanRequest.processors,
    _ entries: [FolderListing.Entry]? = nil, onlooker: (@Sendable (ArtifactName) -> (any Onlooker)?)? = nil,
    finding: (Finding) -> Void = { _ in }
  ) -> ScanResult {
    var request = ScanRequest(inputs: [.path(ArtifactName(bytes: run.path))])
    request.policy = engine.options.policy
    request.jobs = jobs
    request.onlooker = onlooker
    var result = Scan(request: request, engine: engine).run { event in
      if case .finding(let found) = event { finding(found) }
    }
    do throws(HarnessError) {
      let entries = if let entries { entries } else { try FolderListing.entries(of: run.path) }
      searchNames(of: entries, SecretSearch(engine: engine), &result, finding)
    } catch {
      result.ledger.gaps.append(CoverageLedger.Gap(artifact: ArtifactName(bytes: run.path), reason: error.message))
    }
    return result
  }

  /// Judges the names of files and folders, as those of a repository are.
  private static func searchNames(
    of entries: [FolderListing.Entry], _ search: SecretSearch, _ result: inout ScanResult, _ tell: (Finding) -> Void
  ) {
    var folder: [UInt8]?
    for entry in entries {
      // What stands in a folder's name is told once, not for everything in it.
      if let folder, entry.name.starts(with: folder) { continue }
      let (findings, failures) = search.search(entry.name)
      if !findings.isEmpty, entry.kind == .folder { folder = entry.name + [UInt8(ascii: "/")] }
      for var found in findings {
        found.artifact = ArtifactName(bytes: entry.name)
        found.facts.append("it stands in the name itself")
        tell(found)
      }
      result.findings += findings.count
      for reason in failures {
        result.ledger.gaps.append(CoverageLedger.Gap(artifact: ArtifactName(bytes: entry.name), reason: reason))
      }
    }
  }
}
