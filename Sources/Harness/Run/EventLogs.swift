import Findings
import Reports

/// The event logs the backend Case leaves: JSON lines below its folders.
enum EventLogs {
  /// The folders of a run directory that hold them.
  private static let folders = [CaseConfig.folder, BackendWork.folder]

  /// The bytes of each log in the run directory.
  static func read(in run: RunDirectory) throws(HarnessError) -> [[UInt8]] {
    var logs: [[UInt8]] = []
    for folder in folders where SystemPath(run.path(of: folder)).kind(followingLinks: false) == .folder {
      for entry in try FolderListing.entries(of: run.path(of: folder)) where entry.kind == .file {
        let name = [UInt8](folder.utf8) + [UInt8(ascii: "/")] + entry.name
        guard LogNames.isLog(String(decoding: name, as: UTF8.self)) else { continue }
        do throws(HarnessError) {
          logs.append(try SystemPath(run.path + [UInt8(ascii: "/")] + name).contents(limit: 256 << 20))
        } catch {
          throw HarnessError(.incomplete, "cannot read an event log of the backend: \(error.message)")
        }
      }
    }
    return logs
  }
}
