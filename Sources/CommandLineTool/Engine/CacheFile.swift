import Artifacts
import Findings
import Reports
import Rules

/// Where what one run leaves for the next lies.
///
/// Below XDG_CACHE_HOME, else below `.cache` of HOME (XDG Base Directory Specification). Each build has files of its own, so
/// that nothing is trusted across builds.
enum CacheFile {
  /// What was found clean under a pack, policy and limits; `nil` where the user has no folder for such things.
  static func blobs(for pack: RulePack, under options: SearchOptions) -> CleanBlobs? {
    let limits = "\(options.maxDepth)-\(options.layers.maxLayerBytes)-\(options.layers.maxLayerEntries)"
    guard let path = path("clean", "\(options.policy.rawValue)-\(limits)-\(pack.digest)") else { return nil }
    let blobs = CleanBlobs(path: path)
    if let complaint = blobs.complaint { Messages.complain(complaint) }
    return blobs
  }

  /// How the paths of what git told of commits begin; no rule or policy has a part in that.
  static var commits: [UInt8]? { path("commits", "") }

  private static func path(_ kind: String, _ rest: String) -> [UInt8]? {
    let home = Environment.bytes("HOME").map { $0 + Array("/.cache".utf8) }
    guard let folder = Environment.bytes("XDG_CACHE_HOME") ?? home, folder.first == UInt8(ascii: "/"),
      let build = ProcessSetup.build()
    else { return nil }
    SystemPath(folder).makeFolder()
    let own = folder + Array("/leakgate".utf8)
    guard SystemPath(own).makeFolder() else { return nil }
    return own + Array("/\(kind)-\(build)-\(rest)".utf8)
  }
}
