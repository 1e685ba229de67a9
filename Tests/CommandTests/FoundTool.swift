import Foundation

/// Programs that some tests hold LeakGate against.
enum FoundTool {
  static let tar = isThere("tar")
  static let python = isThere("python3")
  static let sevenZip = isThere("7zz")

  private static func isThere(_ name: String) -> Bool {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").contains {
      FileManager.default.isExecutableFile(atPath: "\($0)/\(name)")
    }
  }
}
