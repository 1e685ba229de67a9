import ArgumentParser
import Findings
import Reports

/// A path or pattern as it was given, byte for byte.
struct PathArgument: ExpressibleByArgument, Equatable, Sendable {
  let bytes: [UInt8]

  init(bytes: [UInt8]) { self.bytes = bytes }

  init?(argument: String) {
    guard !argument.isEmpty else { return nil }
    bytes = RawArgument.bytes(argument)
  }

  var name: ArtifactName { ArtifactName(bytes: bytes) }

  /// Whether it stands for standard input or output.
  var isDash: Bool { bytes == [UInt8(ascii: "-")] }

  var defaultValueDescription: String { name.text }
}

extension ReportFormat: ExpressibleByArgument {}
extension Policy: ExpressibleByArgument {}
