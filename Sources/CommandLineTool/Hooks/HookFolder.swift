import Artifacts
import Findings
import Reports

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The folder git takes a repository's hooks from.
struct HookFolder {
  /// What stands where a hook belongs.
  enum State: Equatable {
    case absent
    case ours
    /// Ours, but it does not guard: why not.
    case weak(String)
    case foreign

    /// Whether the hook is one that LeakGate wrote.
    var isOurs: Bool {
      switch self {
      case .ours, .weak: true
      case .absent, .foreign: false
      }
    }

    /// Whether it is ours and does not guard.
    var isWeak: Bool { isOurs && self != .ours }
  }

  let path: [UInt8]

  /// - Throws: `CommandError` where there is no repository.
  init(of repository: [UInt8]?) throws(CommandError) {
    do throws(ArtifactError) {
      path = try GitRepository(at: repository).hooksFolder()
    } catch {
      throw .invalid(error.reason)
    }
  }

  var name: String { ArtifactName(bytes: path).text }

  func place(of hook: Hook, kept: Bool = false) -> PathArgument {
    PathArgument(bytes: path + Array("/\(hook.rawValue)\(kept ? Hook.keptSuffix : "")".utf8))
  }

  func state(of hook: Hook) -> State {
    let place = place(of: hook)
    guard SystemPath(place.bytes).kind(followingLinks: false) != nil else { return .absent }
    guard case .success(let bytes) = FileContents.read(place.bytes) else { return .foreign }
    let text = String(decoding: bytes, as: UTF8.self)
    guard text.prefix(200).contains(Hook.mark) else { return .foreign }
    // git passes over a hook that may not be run, with a hint at most (githooks(5)).
    guard SystemPath(place.bytes).mayRun else { return .weak("git passes it over: the file is not executable") }
    return hook.wrote(text) ? .ours : .weak("it was changed since")
  }

  /// Puts a hook of ours in its place; one of others is kept beside it and run first.
  ///
  /// - Parameters:
  ///   - governed: patterns of governed documents.
  ///   - renews: whether one of ours is written anew.
  func install(
    _ hook: Hook, program: [UInt8], governed: [PathArgument], renews: Bool
  ) throws(CommandError) {
    SystemPath(path).makeFolder()
    let (place, kept) = (place(of: hook), place(of: hook, kept: true))
    switch state(of: hook) {
    case .absent: break
    case .ours, .weak:
      guard renews else { throw .invalid("\(place.name.text) is installed already; --force writes it anew") }
      SystemPath(place.bytes).remove()
    case .foreign:
      guard SystemPath(place.bytes).kind(followingLinks: false) != .folder else {
        throw .invalid("\(place.name.text) is a folder, where git looks for a program; move it away first")
      }
      guard SystemPath(kept.bytes).kind(followingLinks: false) == nil else {
        throw .invalid("\(kept.name.text) is there already and would be overwritten; move it away first")
      }
      guard SystemPath(place.bytes).rename(to: SystemPath(kept.bytes)) else {
        throw .fault("cannot move \(place.name.text): \(systemReason(errno))")
      }
    }
    try TextFile.create(hook.script(program: program, governed: governed), at: place.bytes, mode: 0o755)
    // open(2) leaves away what the umask says; a hook that may not be run would be passed over.
    guard SystemPath(place.bytes).setMode(0o755) else {
      throw .fault("cannot make \(place.name.text) executable: \(systemReason(errno))")
    }
  }

  /// Takes a hook of ours away and puts the one that was there before back.
  ///
  /// - Returns: whether there was one of ours.
  func uninstall(_ hook: Hook) throws(CommandError) -> Bool {
    guard state(of: hook).isOurs else { return false }
    let (place, kept) = (SystemPath(place(of: hook).bytes), SystemPath(place(of: hook, kept: true).bytes))
    guard place.remove() else {
      throw .fault("cannot remove \(self.place(of: hook).name.text): \(systemReason(errno))")
    }
    if kept.kind(followingLinks: false) != nil, !kept.rename(to: place) {
      throw .fault("cannot put \(self.place(of: hook, kept: true).name.text) back: \(systemReason(errno))")
    }
    return true
  }
}
