/// Collects the bytes of records and hands them to a sink in large pieces.
///
/// Appending cannot fail; only the end of a record can, so a reporter has one place for errors per record. Memory stays
/// within the capacity as long as single records are small, however many there are.
package final class ReportBuffer {
  /// Bytes collected before they are handed on: a few pipe capacities (64 KiB, pipe(7)).
  private static let capacity = 128 << 10

  private var bytes: [UInt8] = []
  private let sink: any ReportSink

  package init(sink: any ReportSink) {
    self.sink = sink
    // Reserved with room to spare, so that no reallocation leaves a copy of a revealed secret behind.
    bytes.reserveCapacity(2 * Self.capacity)
  }

  /// Adds one byte.
  package func append(_ byte: UInt8) { bytes.append(byte) }

  /// Adds bytes as they are.
  package func append(contentsOf more: some Collection<UInt8>) { bytes.append(contentsOf: more) }

  /// Adds the UTF-8 form of a text as it is.
  package func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

  /// Marks the end of a record: the bytes leave when there are many, or when a person watches.
  package func endRecord() throws(ReportError) {
    if bytes.count >= Self.capacity || sink.isInteractive { try flush() }
  }

  /// Hands all bytes on and makes the sink's content stand.
  package func commit() throws(ReportError) {
    try flush()
    try sink.commit()
  }

  private func flush() throws(ReportError) {
    guard !bytes.isEmpty else { return }
    defer {
      // Wiped, as a revealed secret may be among them (docs/architecture.md, law 6).
      for index in bytes.indices { bytes[index] = 0 }
      bytes.removeAll(keepingCapacity: true)
    }
    try sink.write(bytes.span)
  }
}
