/// Which artifacts of a run tell which pair was used.
enum LogNames {
  /// The backend's two streams.
  static let output = ["backend/case-stdout.log", "backend/case-stderr.log"]

  /// All in the folder of the backend but what is in the form of a marker; its events under any further suffix, as of a packed one.
  static func isLog(_ name: String) -> Bool {
    let parts = name.lowercased().split(separator: "/")
    if name == Trace.name { return true }
    guard parts.count > 1, let last = parts.last, let first = parts.first else { return false }
    if first == "backend" { return !last.hasSuffix(".txt") }
    return last.contains(".jsonl") && (first == CaseConfig.folder || parts.dropLast().contains(".case"))
  }
}
