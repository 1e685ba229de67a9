import Findings

/// What workers tell the thread that delivers.
enum Message: Sendable {
  case event(ScanEvent)
  /// Something is wrong with what was asked for: a full one-line message.
  case problem(String)
  /// This and what comes after it was not read to its end, because the scan was cancelled.
  case unread(ArtifactName)
}
