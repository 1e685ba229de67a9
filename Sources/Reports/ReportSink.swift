/// Where the bytes of a report go.
package protocol ReportSink: AnyObject {
  /// Whether a person watches, so that records should not wait in a buffer.
  var isInteractive: Bool { get }

  /// Writes all the bytes, in order.
  func write(_ bytes: Span<UInt8>) throws(ReportError)

  /// Makes what was written stand; until then, nothing may be seen of it where that can be helped.
  func commit() throws(ReportError)
}
