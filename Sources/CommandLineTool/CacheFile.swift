import Artifacts
import Findings
import Reports
import Rules

/// Where the cache of clean blobs lies.
enum CacheFile {
  /// The cache for a build, pack and policy; `nil` where the user has no folder for such things.
  ///
  /// Below XDG_CACHE_HOME, else below `.cache` of HOME (XDG Base Directory Specification). Each build, pack and policy has a
  /// file of its own, so that nothing is trusted across them.
  static func blobs(for pack: RulePack, policy: Policy) -> CleanBlobs? {
    let home = Environment.bytes("HOME").map { $0 + Array("/.cache".utf8) }
    guard let folder = Environment.bytes("XDG_CACHE_HOME") ?? home, folder.first == UInt8(ascii: "/"),
      let build = ProcessSetup.build()
    else { return nil }
    SystemPath(folder).makeFolder()
    let own = folder + Array("/leakgate".utf8)
    guard SystemPath(own).makeFolder() else { return nil }
    let name = "/clean-\(build)-\(policy.rawValue)-\(pack.digest)"
    let blobs = CleanBlobs(path: own + Array(name.utf8))
    if let complaint = blobs.complaint { Messages.complain(complaint) }
    return blobs
  }
}
