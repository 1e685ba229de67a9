package import Detection

/// Scans what a request names with an engine.
package struct Scan: Sendable {
  private let request: ScanRequest
  private let engine: Engine

  package init(request: ScanRequest, engine: Engine) {
    self.request = request
    self.engine = engine
  }

  /// Runs the scan, delivering its events on the calling thread in the order of the walk.
  ///
  /// Blocks until all workers have ended. What `deliver` throws ends the scan and is thrown on.
  /// - Parameters:
  ///   - progress: kept up to date for a display; costs a few atomic operations per artifact.
  ///   - cancellation: ends the scan early; the result then says so.
  package func run<E: Error>(
    progress: ScanProgress? = nil, cancellation: ScanCancellation = ScanCancellation(),
    deliver: (ScanEvent) throws(E) -> Void
  ) throws(E) -> ScanResult {
    let (engine, chunkSize) = (engine, request.detectorChunkSize)
    let run = ScanRun(request: request, progress: progress, cancellation: cancellation) {
      Detector(engine: engine, chunkSize: chunkSize)
    }
    return try run.run(deliver: deliver)
  }
}
