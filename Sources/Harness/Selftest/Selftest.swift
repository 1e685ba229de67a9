package import Detection
import Findings
import Reports

/// Runs every negative gate of the harness route against a stand-in backend.
package struct Selftest {
  /// What came of one gate.
  package struct Outcome: Sendable {
    package var gate: String
    package var expected: String
    package var got: String
    package var passed: Bool { got == expected }
  }

  /// One gate: what is changed in a run that would pass, and what has to come of it.
  struct Gate: Sendable {
    var name: String
    var expected: String
    var change: @Sendable (inout SelftestRun) throws(HarnessError) -> Void
    var judge: @Sendable (inout SelftestRun) throws(HarnessError) -> String
  }

  private let folder: RunDirectory
  private let searches: HarnessSearches
  private let engine: Engine
  private let keeper: [UInt8]

  /// - Parameters:
  ///   - folder: an empty folder the runs are made in.
  ///   - keeper: the path of this program.
  package init(in folder: RunDirectory, _ searches: HarnessSearches, engine: Engine, keeper: [UInt8]) {
    self.folder = folder
    self.searches = searches
    self.engine = engine
    self.keeper = keeper
  }

  /// Runs all gates, telling each as it ends.
  package func perform<E: Error>(tell: (Outcome) throws(E) -> Void) throws(E) {
    for (index, gate) in (Self.admission + Self.backend + Self.audit).enumerated() {
      let got: String
      do throws(HarnessError) {
        var run = try SelftestRun(folder, number: index, searches, engine, keeper: keeper)
        try gate.change(&run)
        got = try gate.judge(&run)
      } catch {
        got = "error: \(error.message)"
      }
      try tell(Outcome(gate: gate.name, expected: gate.expected, got: got))
    }
  }
}
