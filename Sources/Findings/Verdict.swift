/// The outcome of a command, with its exit status.
///
/// One table for every command (docs/architecture.md, law 2): `clean` is the only verdict that exits 0.
package enum Verdict: String, Sendable, CaseIterable {
  /// Everything asked for was read to its end and nothing was found.
  case clean
  /// At least one unsuppressed finding.
  case leaking
  /// Usage, configuration, rules or environment are wrong.
  case invalid
  /// Something asked for was not read, or not to its end.
  case incomplete
  /// LeakGate itself failed.
  case fault

  /// The exit status of the process.
  package var status: Int32 {
    switch self {
    case .clean: 0
    case .leaking: 1
    case .invalid: 2
    case .incomplete: 3
    case .fault: 4
    }
  }

  /// The verdict that stands where several hold: fault, invalid, leaking, incomplete, clean in this order.
  package static func worst(_ verdicts: some Sequence<Verdict>) -> Verdict {
    let order: [Verdict] = [.fault, .invalid, .leaking, .incomplete]
    let seen = Set(verdicts)
    return order.first(where: seen.contains) ?? .clean
  }
}
