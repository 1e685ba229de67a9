extension [Finding] {
  /// The bytes these were found in, each secret redacted; of secrets that reach into each other nothing is left, and the
  /// label is that of the first.
  ///
  /// - Complexity: linear in the number of bytes, with the findings sorted.
  package func masked(_ bytes: [UInt8]) -> [UInt8] {
    var shown: [UInt8] = []
    var end = 0
    for finding in sorted(by: { $0.location.start < $1.location.start }) {
      let start = Swift.min(finding.location.start, bytes.count)
      if start >= end { shown += bytes[end..<start] + Array<UInt8>(finding.redacted.utf8) }
      end = Swift.max(end, start, Swift.min(finding.location.end, bytes.count))
    }
    return shown + bytes[end...]
  }
}
