import Artifacts
import Detection
import Findings
import Scanning

/// The scan of everything a run left.
enum RunScan {
  /// Scans a run directory under the engine's policy.
  static func scan(
    _ run: RunDirectory, engine: Engine, jobs: Int = ScanRequest.processors,
    finding: (Finding) -> Void = { _ in }
  ) -> ScanResult {
    var request = ScanRequest(inputs: [.path(ArtifactName(bytes: run.path))])
    request.policy = engine.options.policy
    request.jobs = jobs
    return Scan(request: request, engine: engine).run { event in
      if case .finding(let found) = event { finding(found) }
    }
  }
}
